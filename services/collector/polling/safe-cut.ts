// Where a text may be cut without cutting a secret: what is behind the cut is redacted as if nothing had been before it.
import type { Redactor } from '../../redactor/redactor.ts';

const NEWLINE = 0x0a;

/** Of some bytes, how many end with a whole line that the redactor has released; 0 where there is none. */
export function createSafeCut(redactor: Redactor): (bytes: Uint8Array) => number {
  return (bytes) => {
    const stream = redactor.stream();
    stream.push(bytes);
    return bytes.subarray(0, stream.boundary.input).lastIndexOf(NEWLINE) + 1;
  };
}
