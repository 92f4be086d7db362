// Encoded text that was broken into lines of equal width (`base64` does so at 76 characters): the lines put together.
import { endOfBase64 } from '../encoded/base64.ts';
import { opensStream } from '../encoded/compressed.ts';
import { BASE64_VALUES, nextEncoded } from '../encoded/signs.ts';
import { latin1, NEWLINE, RETURN, type Span, type View } from './view.ts';

/** Nobody breaks lines this narrow. */
const NARROWEST = 16;
/** Words of other texts are not as long. */
const USUAL = 40;
/** Quotes and brackets that the text stands in, behind its last line, are no more. */
const CLOSING = 8;
/** More is two texts. */
const LONGEST = 64 * 1024;
const PADDING = 0x3d;
const SPACE = 0x20;

export interface Wrapped {
  readonly bytes: Uint8Array;
  /** Where a part of `bytes` stands: a piece of each line. */
  pieces(start: number, end: number): readonly Span[];
  /** Behind the last of the lines. */
  readonly end: number;
  /** Where the last of them begins, if it is shorter than the others. */
  readonly last: number | undefined;
  /** It was closed for its length alone: what follows may be more of it. */
  readonly goesOn: boolean;
  /** Where the first line begins that holds nothing before the byte `at` of `bytes`, and how many bytes precede it. */
  lineAfter(at: number): { readonly line: number; readonly bytes: number };
}

/**
 * The text that begins with the last word of the line `[start, end)`; undefined: it is whole within its line. `open`:
 * it may go on behind `to`, where the whole lines end. `closed`: it does not, whatever comes there.
 */
export function wrapped(
  bytes: Uint8Array,
  start: number,
  end: number,
  to: number,
  closed: boolean,
): Wrapped | 'open' | undefined {
  const first = runAtEnd(bytes, start, end);
  const width = first.end - first.start;
  if (width < NARROWEST || !looksEncoded(bytes, first)) return undefined;
  const prefix = levelled(bytes, start, first.start);
  const runs = [first];
  const lines = [start];
  let behind = end;
  let size = width;
  while (size < LONGEST) {
    if (behind >= to && !closed) return 'open';
    if (behind >= to) break;
    const newline = bytes.indexOf(NEWLINE, behind);
    const after = newline < 0 || newline >= to ? to : newline + 1;
    const ended = runAtEnd(bytes, behind, after);
    const next = ended.end > ended.start ? ended : runAtEnd(bytes, behind, after, CLOSING);
    const length = next.end - next.start;
    if (length === 0 || length > width || !prefix.startsWith(levelled(bytes, behind, next.start))) break;
    runs.push(next);
    lines.push(behind);
    size += length;
    behind = after;
    if (length < width || next !== ended) break;
  }
  return runs.length === 1 ? undefined : joined(bytes, runs, lines, behind, size >= LONGEST);
}

/**
 * The base64 characters that a line ends in, padding left out. `end`: behind its line break. `closing`: so many other
 * characters may stand behind them.
 */
function runAtEnd(bytes: Uint8Array, start: number, end: number, closing = 0): Span {
  let last = end;
  if (bytes[last - 1] === NEWLINE) last--;
  if (bytes[last - 1] === RETURN) last--;
  const closed = Math.max(start, last - closing);
  while (last > closed && !isBase64(bytes, last - 1) && (bytes[last - 1] ?? 0) > SPACE) last--;
  const padded = last;
  while (last > start && bytes[last - 1] === PADDING && padded - last < 2) last--;
  let first = last;
  while (first > start && isBase64(bytes, first - 1)) first--;
  return { start: first, end: last };
}

function looksEncoded(bytes: Uint8Array, run: Span): boolean {
  return nextEncoded(bytes, run.start, run.end) >= 0 || opensStream(latin1(bytes, run.start, run.start + NARROWEST));
}

/** What stands before a run, the numbers of its time levelled. */
function levelled(bytes: Uint8Array, start: number, end: number): string {
  return latin1(bytes, start, end).replace(/\d+/g, '0');
}

function joined(
  bytes: Uint8Array,
  runs: readonly Span[],
  lines: readonly number[],
  end: number,
  goesOn: boolean,
): Wrapped {
  const width = (runs[0]?.end ?? 0) - (runs[0]?.start ?? 0);
  return {
    bytes: Buffer.concat(runs.map((run) => bytes.subarray(run.start, run.end))),
    end,
    goesOn,
    last: isShorter(runs, width) ? lines.at(-1) : undefined,
    lineAfter(at) {
      const index = Math.ceil(at / width);
      return { line: lines[index] ?? end, bytes: index * width };
    },
    pieces(from, to) {
      const pieces: Span[] = [];
      let offset = 0;
      for (const run of runs) {
        const length = run.end - run.start;
        const first = Math.max(from - offset, 0);
        const last = Math.min(to - offset, length);
        if (last > first) pieces.push({ start: run.start + first, end: run.start + last });
        offset += length;
      }
      return pieces;
    },
  };
}

function isShorter(runs: readonly Span[], width: number): boolean {
  const last = runs.at(-1);
  return last !== undefined && last.end - last.start < width;
}

/** Encoded texts in `[from, to)` whose line breaks became spaces, as they do in `echo $VALUE`: the words put together. */
export function respaced(bytes: Uint8Array, from: number, to: number): readonly View[] {
  const views: View[] = [];
  for (let at = from + NARROWEST; at < to; at++) {
    if (bytes[at] !== SPACE || !isBase64(bytes, at - 1) || !isBase64(bytes, at - NARROWEST)) continue;
    const text = wordsAround(bytes, from, at, to);
    if (!text) continue;
    views.push(text);
    at = text.original(0, text.bytes.length).end;
  }
  return views;
}

/** The word before the space at `at` and those behind it, each as wide, but for the last one. */
function wordsAround(bytes: Uint8Array, from: number, at: number, to: number): View | undefined {
  let start = at;
  while (start > from && isBase64(bytes, start - 1)) start--;
  const width = at - start;
  const next = width < NARROWEST ? 0 : endOfBase64(bytes, at + 1, to) - at - 1;
  if (next !== width && (next === 0 || next > width || width < USUAL)) return undefined;
  let end = at + 1 + next;
  for (let length = next; length === width && bytes[end] === SPACE; ) {
    length = endOfBase64(bytes, end + 1, to) - end - 1;
    if (length === 0 || length > width) break;
    end += 1 + length;
  }
  const place = (index: number) => start + index + Math.floor(index / width);
  return {
    bytes: Buffer.from(bytes.subarray(start, end).filter((byte) => byte !== SPACE)),
    original: (first, last) => ({ start: place(first), end: place(last - 1) + 1 }),
  };
}

function isBase64(bytes: Uint8Array, at: number): boolean {
  return (BASE64_VALUES[bytes[at] ?? 0] ?? -1) >= 0;
}
