// Encoded text that was broken into lines of equal width (`base64` does so at 76 characters): the lines put together.
import { BASE64_VALUES, nextEncoded } from '../encoded/signs.ts';
import { latin1, NEWLINE, RETURN, type Span } from './view.ts';

/** Nobody breaks lines this narrow. */
const NARROWEST = 16;
/** More is two texts. */
const LONGEST = 64 * 1024;
const PADDING = 0x3d;
const GZIP = 'H4sI';

export interface Wrapped {
  readonly bytes: Uint8Array;
  /** Where a part of `bytes` stands: a piece of each line. */
  pieces(start: number, end: number): readonly Span[];
  /** Behind the last of the lines. */
  readonly end: number;
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
  if (width < NARROWEST || width % 4 !== 0 || !looksEncoded(bytes, first)) return undefined;
  const prefix = levelled(bytes, start, first.start);
  const runs = [first];
  let behind = end;
  for (let size = width; size < LONGEST; ) {
    if (behind >= to && !closed) return 'open';
    if (behind >= to) break;
    const newline = bytes.indexOf(NEWLINE, behind);
    const after = newline < 0 || newline >= to ? to : newline + 1;
    const next = runAtEnd(bytes, behind, after);
    const length = next.end - next.start;
    if (length === 0 || length > width || !prefix.startsWith(levelled(bytes, behind, next.start))) break;
    runs.push(next);
    size += length;
    behind = after;
    if (length < width) break;
  }
  return runs.length === 1 ? undefined : joined(bytes, runs, behind);
}

/** The base64 characters that a line ends in, padding left out. `end`: behind its line break. */
function runAtEnd(bytes: Uint8Array, start: number, end: number): Span {
  let last = end;
  if (bytes[last - 1] === NEWLINE) last--;
  if (bytes[last - 1] === RETURN) last--;
  const padded = last;
  while (last > start && bytes[last - 1] === PADDING && padded - last < 2) last--;
  let first = last;
  while (first > start && (BASE64_VALUES[bytes[first - 1] ?? 0] ?? -1) >= 0) first--;
  return { start: first, end: last };
}

function looksEncoded(bytes: Uint8Array, run: Span): boolean {
  return nextEncoded(bytes, run.start, run.end) >= 0 || latin1(bytes, run.start, run.start + GZIP.length) === GZIP;
}

/** What stands before a run, the digits of its time levelled. */
function levelled(bytes: Uint8Array, start: number, end: number): string {
  return latin1(bytes, start, end).replace(/\d/g, '0');
}

function joined(bytes: Uint8Array, runs: readonly Span[], end: number): Wrapped {
  const all = Buffer.concat(runs.map((run) => bytes.subarray(run.start, run.end)));
  return {
    bytes: all,
    end,
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
