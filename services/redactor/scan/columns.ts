// A text written one character a line, as scripts do to slip past a mask; line prefixes of CI systems may stand before,
// colours and the signs of a list (`"g",`) around the character.
import { DISTINCT, isWordByte, LEAST } from '../encoded/signs.ts';
import { ESCAPE, NEWLINE, RETURN, type Span, type View } from './view.ts';

/** A row of more lines is worked through in parts, which overlap by so many. */
const LONGEST = 4096;
const OVERLAP = 512;
/** Prefixes are shorter. */
export const LONGEST_LINE = 2048;
/** A row of more bytes is over: it bounds what an open one holds back. */
const MOST_BYTES = 256 * 1024;
/** Between two characters; more are a gap. */
const BLANK_LINES = 2;

const SPACE = 0x20;
const COMMA = 0x2c;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const BRACKET = 0x5b;
/** How a control sequence that moves nothing ends: erase in line, colour (ECMA-48, section 8.3). */
const ERASE = 0x4b;
const COLOUR = 0x6d;

/**
 * Searches the rows of `LEAST` or more lines before `to` that end in a word of one character. `search` takes a row, gives
 * how far it is sure, in characters. Gives where a row begins that may go on behind the text; `to`, when none does.
 */
export function columns(bytes: Uint8Array, to: number, search: (row: View, sure: number) => number): number {
  let row: number[] = [];
  let lines: number[] = [];
  let blank = 0;
  const close = (sure: number) => {
    const isText = row.length >= LEAST && new Set(row.map((place) => bytes[place])).size >= DISTINCT;
    let done = isText ? search(viewOf(bytes, row), sure) : row.length;
    // No row begins with a space.
    while (bytes[row[done] ?? -1] === SPACE) done++;
    row = row.slice(done);
    lines = lines.slice(done);
  };
  for (let start = 0; start < to; ) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 || newline >= to ? to : newline;
    const place = endsInWord(bytes, start, end)
      ? NO_CHARACTER
      : lonelyCharacter(bytes, start, end, (row.at(-1) ?? 0) - (lines.at(-1) ?? 1));
    if (place >= 0) {
      if (row.length === LONGEST) close(LONGEST - OVERLAP);
      else if (end - (lines[0] ?? start) > MOST_BYTES) close(row.length);
      row.push(place);
      lines.push(start);
      blank = 0;
    } else if (row.length > 0 && (place === NO_CHARACTER || ++blank > BLANK_LINES)) {
      close(row.length);
    }
    start = end + 1;
  }
  const open = lines[0] ?? to;
  close(row.length);
  return open;
}

const NO_CHARACTER = -1;
const BLANK = -2;

/** Bytes that no line ends in which ends in one character, neither the last of it nor the one before. */
const ORDINARY = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte > SPACE && !`"',mK`.includes(String.fromCharCode(byte)) ? 1 : 0,
);

/** What is known of most lines at once. */
function endsInWord(bytes: Uint8Array, start: number, end: number): boolean {
  const last = bytes[end - 1] === RETURN ? end - 2 : end - 1;
  const isWord = ORDINARY[bytes[last] ?? 0] === 1 && ORDINARY[bytes[last - 1] ?? 0] === 1;
  return (isWord && last > start) || end - start >= LONGEST_LINE;
}

/**
 * Where the last word of the line stands when it is one character long. `column`: of the character before, negative when
 * there is none; there, a space is a character too.
 */
function lonelyCharacter(bytes: Uint8Array, start: number, end: number, column: number): number {
  let last = beforeControls(bytes, start, bytes[end - 1] === RETURN ? end - 2 : end - 1);
  if (last < start) return BLANK;
  if (bytes[last] === SPACE) return last - start === column ? last : last - start === column - 1 ? BLANK : NO_CHARACTER;
  if (bytes[last] === COMMA && isQuote(bytes[last - 1]) && last > start + 2) last--;
  const isQuoted = isQuote(bytes[last]) && last >= start + 2 && bytes[last - 2] === bytes[last];
  const place = isQuoted ? last - 1 : last;
  if (!isWordByte(bytes[place] ?? 0)) return NO_CHARACTER;
  const before = beforeControls(bytes, start, isQuoted ? place - 2 : place - 1);
  return before < start || (bytes[before] ?? 0) <= SPACE ? place : NO_CHARACTER;
}

function isQuote(byte: number | undefined): boolean {
  return byte === QUOTE || byte === APOSTROPHE;
}

/** The last byte at or before `at` that is no part of a control sequence. */
function beforeControls(bytes: Uint8Array, start: number, at: number): number {
  let last = at;
  while (last > start && (bytes[last] === COLOUR || bytes[last] === ERASE)) {
    let opening = last - 1;
    while (opening > start && (bytes[opening] ?? 0) >= 0x30 && (bytes[opening] ?? 0) <= 0x3b) opening--;
    if (opening <= start || bytes[opening] !== BRACKET || bytes[opening - 1] !== ESCAPE) break;
    last = opening - 2;
  }
  return last;
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
