// One character at a time: `g h p _`, `g-h-p-_`, `"g","h","p","_"`.
import type { View } from '../scan/view.ts';
import { encodedForms, isSeparatorByte, isWordByte, LEAST, ROWS } from './signs.ts';

/** Fewer different characters are a ruler or a progress bar. */
const DISTINCT = 4;

/**
 * Each text of `LEAST` characters or more that is spelled out in `[from, to)`, always with the same separator of one to
 * three bytes.
 */
export function decodeSpelled(bytes: Uint8Array, from: number, to: number, into: (view: View) => void): void {
  const possible = encodedForms(bytes, from, to);
  for (const { period, phase, bit } of ROWS) if (possible & bit) decodeRows(bytes, from + phase, to, period, into);
}

function decodeRows(bytes: Uint8Array, from: number, to: number, period: number, into: (view: View) => void): void {
  for (let start = from; start + period < to; ) {
    const end = endOfRow(bytes, start, to, period);
    const count = (end - start) / period;
    if (count >= LEAST) emit(bytes, start, count, period, into);
    // Where the separator changed, the last character may begin the next row.
    start = count > 1 ? end - period : start + period;
  }
}

/** Where the character after the last one of the row would stand. */
function endOfRow(bytes: Uint8Array, start: number, to: number, period: number): number {
  let at = start + period;
  if (!isWordByte(bytes[start] ?? 0) || !isSeparator(bytes, start + 1, period - 1)) return at;
  while (at < to && isWordByte(bytes[at] ?? 0) && isSame(bytes, at - period + 1, start + 1, period - 1)) at += period;
  return at;
}

function isSeparator(bytes: Uint8Array, at: number, length: number): boolean {
  for (let index = 0; index < length; index++) if (!isSeparatorByte(bytes[at + index] ?? 0)) return false;
  return true;
}

function isSame(bytes: Uint8Array, one: number, other: number, length: number): boolean {
  for (let index = 0; index < length; index++) if (bytes[one + index] !== bytes[other + index]) return false;
  return true;
}

function emit(bytes: Uint8Array, at: number, characters: number, period: number, into: (view: View) => void): void {
  // At its ends, a row may have taken a letter from a word.
  const start = isSeparatorByte(bytes[at - 1] ?? 0) ? at : at + period;
  const end = at + (characters - 1) * period;
  const count = (end - start) / period + (isSeparatorByte(bytes[end + 1] ?? 0) ? 1 : 0);
  const text = Buffer.from(Array.from({ length: count }, (_, index) => bytes[start + index * period] ?? 0));
  if (count < LEAST || new Set(text).size < DISTINCT) return;
  into({
    bytes: text,
    original: (first, last) => ({ start: start + first * period, end: start + (last - 1) * period + 1 }),
  });
}
