// Bytes in chunks of any size. What is not decided yet is kept, in memory alone, and looked at again with more behind it.
import type { Fingerprint } from './marker.ts';
import { Output } from './output.ts';
import type { Boundary, RedactionStream } from './redactor.ts';
import { type Carry, scan, WINDOW } from './scan/scan.ts';
import type { SearchOptions } from './scan/search.ts';

/** What was left open is looked at again when it has grown by this part of its size: else many small chunks were costly. */
const GROWTH = 8;

/** Holds back the last unfinished line up to a window, an open private key, or lines that may belong together. */
export function createStream(options: SearchOptions, fingerprint: Fingerprint): RedactionStream {
  const output = new Output(fingerprint);
  let held: Uint8Array = Buffer.alloc(0);
  let pieces: Uint8Array[] = [];
  let size = 0;
  /** Less is not worth another look. */
  let enough = 0;
  let carry: Carry = 'nothing';
  let given = 0;
  let put = 0;
  let boundary: Boundary = { input: 0, output: 0 };

  function advance(final: boolean): Uint8Array {
    const bytes = held.length === 0 && pieces.length === 1 ? (pieces[0] ?? held) : Buffer.concat([held, ...pieces]);
    const scanned = scan(bytes, final, carry, options);
    const out = output.pass(bytes, 0, scanned.done, scanned.found);
    // A copy: the chunk belongs to whoever gave it.
    held = Buffer.from(bytes.subarray(scanned.done));
    pieces = [];
    size = held.length;
    enough = scanned.done === 0 ? size + Math.ceil(size / GROWTH) : 0;
    carry = scanned.carry;
    given += scanned.done;
    const result = out.length === 1 ? (out[0] ?? held) : Buffer.concat(out);
    put += result.length;
    if (carry === 'nothing') boundary = { input: given, output: put };
    return result;
  }

  return {
    push(chunk) {
      if (chunk.length > 0) pieces.push(chunk);
      size += chunk.length;
      const isWhole = chunk.includes(0x0a) || size >= WINDOW || carry === 'secret';
      return isWhole && size >= enough ? advance(false) : new Uint8Array();
    },
    end: () => advance(true),
    drain: () => output.drain(),
    get boundary() {
      return boundary;
    },
  };
}
