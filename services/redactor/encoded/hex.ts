// Hexadecimal of text, in either case: as one run, from either digit on, or byte by byte: `67:68`, `67 68`, `0x67, 0x68`.
import type { Sign } from '../scan/keywords.ts';
import type { View } from '../scan/view.ts';
import { areSame, HEX_VALUES, isSeparatorByte, LEAST } from './signs.ts';
import { textStretches } from './stretches.ts';

const ZERO = 0x30;
const SMALL_X = 0x78;

/** `0x67, 0x68`, `0x67,0x68`, `0x67 0x68`: what stands between two bytes of text. */
export const HEX_LIST_SIGNS: readonly Sign[] = [',0x', ', 0x', ' 0x'].flatMap((between) =>
  [...'234567'].map((digit) => ({ text: between + digit, preceded: { alphabet: '0123456789abcdefABCDEF', least: 2 } })),
);

/** Each stretch of text that a run of hexadecimal digits in `[from, to)` holds. */
export function decodeHex(bytes: Uint8Array, from: number, to: number, into: (view: View) => void): void {
  for (let at = from; at < to; ) {
    let end = at;
    while (end < to && digit(bytes, end) >= 0) end++;
    for (let start = at; start < at + 2 && end - start >= LEAST * 2; start++) {
      decode(bytes, start, (end - start) >> 1, 2, into);
    }
    at = end + 1;
  }
}

/** Each stretch of text whose bytes stand one by one in `[from, to)`, always with the same between two. */
export function decodeSpacedHex(bytes: Uint8Array, from: number, to: number, into: (view: View) => void): void {
  for (let at = from; at < to; ) {
    const step = stepAt(bytes, at, to);
    let end = at + step;
    while (step > 0 && isByte(bytes, end, to) && areSame(bytes, at + 2, end + 2 - step, step - 2)) end += step;
    const count = step > 0 ? (end - at) / step : 0;
    if (count >= LEAST) decode(bytes, at, count, step, into);
    // Where the separator changed, the last byte may begin the next row.
    at = count > 1 ? end - step : at + 1;
  }
}

/** How far the byte that begins at `at` is from the next one; 0: it is none, or another does not follow. */
function stepAt(bytes: Uint8Array, at: number, to: number): number {
  if (!isByte(bytes, at, to) || !isSeparatorByte(bytes[at + 2] ?? ZERO)) return 0;
  let next = at + 3;
  if (isSeparatorByte(bytes[next] ?? ZERO)) next++;
  if (bytes[next] === ZERO && ((bytes[next + 1] ?? 0) | 0x20) === SMALL_X) next += 2;
  return isByte(bytes, next, to) ? next - at : 0;
}

function isByte(bytes: Uint8Array, at: number, to: number): boolean {
  return at + 2 <= to && digit(bytes, at) >= 0 && digit(bytes, at + 1) >= 0;
}

function decode(bytes: Uint8Array, start: number, count: number, step: number, into: (view: View) => void): void {
  const decoded = Buffer.allocUnsafe(count);
  for (let index = 0; index < count; index++) {
    decoded[index] = (digit(bytes, start + index * step) << 4) | digit(bytes, start + index * step + 1);
  }
  for (const stretch of textStretches(decoded)) {
    into({
      bytes: decoded.subarray(stretch.start, stretch.end),
      original: (first, last) => ({
        start: start + step * (stretch.start + first),
        end: start + step * (stretch.start + last - 1) + 2,
      }),
    });
  }
}

/** Value of the digit at a place; -1: it is none. */
function digit(bytes: Uint8Array, at: number): number {
  return HEX_VALUES[bytes[at] ?? 0] ?? -1;
}
