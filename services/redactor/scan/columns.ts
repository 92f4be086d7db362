// A text written one character a line, as scripts do to slip past a mask; line prefixes of CI systems may stand before.
import { isWordByte, LEAST } from '../encoded/signs.ts';
import { NEWLINE, RETURN, type Span, type View } from './view.ts';

/** A row of more lines is taken for two. */
const LONGEST = 4096;

export interface Columns {
  readonly views: readonly View[];
  /** Where a row begins that may go on behind the text; its end, when none does. */
  readonly open: number;
}

/** Rows of `LEAST` or more lines before `to` that end in a word of one character. */
export function columns(bytes: Uint8Array, to: number): Columns {
  const views: View[] = [];
  let row: number[] = [];
  let first = 0;
  const close = () => {
    if (row.length >= LEAST) views.push(viewOf(bytes, row));
    row = [];
  };
  for (let start = 0; start < to; ) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 || newline >= to ? to : newline;
    const place = lonelyCharacter(bytes, start, end);
    if (place < 0 || row.length === LONGEST) close();
    if (place >= 0) {
      if (row.length === 0) first = start;
      row.push(place);
    }
    start = end + 1;
  }
  const open = row.length > 0 ? first : to;
  close();
  return { views, open };
}

/** Where the last word of the line stands when it is one character long; -1: it is longer, or there is none. */
function lonelyCharacter(bytes: Uint8Array, start: number, end: number): number {
  const last = bytes[end - 1] === RETURN ? end - 2 : end - 1;
  if (last < start || !isWordByte(bytes[last] ?? 0)) return -1;
  return last === start || (bytes[last - 1] ?? 0) <= 0x20 ? last : -1;
}

function viewOf(bytes: Uint8Array, places: readonly number[]): View {
  return {
    bytes: Buffer.from(places.map((place) => bytes[place] ?? 0)),
    original: (start, end) => ({ start: places[start] ?? 0, end: (places[end - 1] ?? 0) + 1 }),
  };
}

/** A span over several lines as one piece a character: what stands between (breaks, prefixes) is no part of it. */
export function piecesOf(view: View, start: number, end: number): readonly Span[] {
  return Array.from({ length: end - start }, (_, index) => view.original(start + index, start + index + 1));
}
