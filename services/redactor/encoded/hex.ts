// Hexadecimal of text, in either case, from either digit on.
import type { View } from '../scan/view.ts';
import { HEX_VALUES, LEAST } from './signs.ts';
import { textStretches } from './stretches.ts';

/** Each stretch of text that a run of hexadecimal digits in `[from, to)` holds. */
export function decodeHex(bytes: Uint8Array, from: number, to: number, into: (view: View) => void): void {
  for (let at = from; at < to; ) {
    let end = at;
    while (end < to && (HEX_VALUES[bytes[end] ?? 0] ?? -1) >= 0) end++;
    for (let start = at; start < at + 2 && end - start >= LEAST * 2; start++) decode(bytes, start, end, into);
    at = end + 1;
  }
}

function decode(bytes: Uint8Array, start: number, end: number, into: (view: View) => void): void {
  const decoded = Buffer.allocUnsafe((end - start) >> 1);
  for (let index = 0; index < decoded.length; index++) {
    const high = HEX_VALUES[bytes[start + 2 * index] ?? 0] ?? 0;
    decoded[index] = (high << 4) | (HEX_VALUES[bytes[start + 2 * index + 1] ?? 0] ?? 0);
  }
  for (const stretch of textStretches(decoded)) {
    into({
      bytes: decoded.subarray(stretch.start, stretch.end),
      original: (first, last) => ({
        start: start + 2 * (stretch.start + first),
        end: start + 2 * (stretch.start + last),
      }),
    });
  }
}
