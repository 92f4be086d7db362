// One character at a time: `g h p _`, `g-h-p-_`, `"g","h","p","_"`, `['g', 'h', 'p', '_']`.
import { latin1, type View } from '../scan/view.ts';
import { areSame, DISTINCT, encodedForms, isSeparatorByte, isWordByte, LEAST, ROWS } from './signs.ts';

const SPACE = 0x20;
/** Less is not seen by the prefilter. */
const LONG_WORD = new RegExp(`[^ ]{${LEAST}}`);

/**
 * Each text of `LEAST` characters or more that is spelled out in `[from, to)`, always with the same separator of one to
 * four bytes. Inside, behind or before so many others, a space counts as a character too.
 */
export function decodeSpelled(bytes: Uint8Array, from: number, to: number, into: (view: View) => void): void {
  const possible = encodedForms(bytes, from, to);
  for (const { period, phase, bit } of ROWS) if (possible & bit) decodeRows(bytes, from, to, period, phase, into);
}

function decodeRows(
  bytes: Uint8Array,
  from: number,
  to: number,
  period: number,
  phase: number,
  into: (view: View) => void,
): void {
  for (let start = from + phase; start + period < to; ) {
    const end = endOfRow(bytes, start, to, period);
    const count = (end - start) / period;
    if (count >= LEAST) {
      emit(bytes, start, count, period, into);
      // At its ends, a row may have taken a letter from a word.
      const before = start > from && !isSeparatorByte(bytes[start - 1] ?? 0) ? 1 : 0;
      const last = end - period + 1;
      const behind = last < to && !isSeparatorByte(bytes[last] ?? 0) ? 1 : 0;
      if (before + behind > 0) emit(bytes, start + before * period, count - before - behind, period, into);
    }
    // Where the separator changed, the last character may begin the next row.
    start = count > 1 ? end - period : start + period;
  }
}

/** Where the character after the last one of the row would stand. */
function endOfRow(bytes: Uint8Array, start: number, to: number, period: number): number {
  let at = start + period;
  if (!isWordByte(bytes[start] ?? 0) || !isSeparator(bytes, start + 1, period - 1)) return at;
  while (at < to && isInRow(bytes[at] ?? 0) && areSame(bytes, at - period + 1, start + 1, period - 1)) at += period;
  return at;
}

function isInRow(byte: number): boolean {
  return isWordByte(byte) || byte === SPACE;
}

function isSeparator(bytes: Uint8Array, at: number, length: number): boolean {
  for (let index = 0; index < length; index++) if (!isSeparatorByte(bytes[at + index] ?? 0)) return false;
  return true;
}

function emit(bytes: Uint8Array, start: number, count: number, period: number, into: (view: View) => void): void {
  const text = Buffer.from(Array.from({ length: count }, (_, index) => bytes[start + index * period] ?? 0));
  if (new Set(text).size < DISTINCT || !LONG_WORD.test(latin1(text))) return;
  into({
    bytes: text,
    original: (first, last) => ({ start: start + first * period, end: start + (last - 1) * period + 1 }),
  });
}
