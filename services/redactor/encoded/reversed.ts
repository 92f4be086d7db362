// A text written backwards.
import type { View } from '../scan/view.ts';

/** The text of `[from, to)` from its end to its beginning. */
export function decodeReversed(bytes: Uint8Array, from: number, to: number, into: (view: View) => void): void {
  into({
    bytes: Buffer.from(bytes.subarray(from, to)).reverse(),
    original: (start, end) => ({ start: to - end, end: to - start }),
  });
}

/** A keyword as it stands in a text written backwards. */
export function reversed(text: string): string {
  return [...text].reverse().join('');
}
