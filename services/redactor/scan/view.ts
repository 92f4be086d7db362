// A text without what a terminal does not show: ANSI control sequences and carriage returns inside or beside a secret
// must not hide it. With the way back to where each byte stood.

export const ESCAPE = 0x1b;
export const RETURN = 0x0d;
export const NEWLINE = 0x0a;

/** A text made from another, and where its bytes came from. */
export interface View {
  readonly bytes: Uint8Array;
  /** Where the text lies that a part of this one was made from; half-open, as the part. */
  original(start: number, end: number): Span;
}

/** Half-open, in bytes. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** ASCII letters that end a sequence without parameters: colour off, erase in line, erase in display, home. */
const BARE_FINALS: ReadonlySet<number> = new Set([...'mKJH'].map((letter) => letter.charCodeAt(0)));
const BRACKET = 0x5b;
const PARENTHESIS = 0x28;
/** `ESC ( B` and `ESC ( 0` choose a character set (ECMA-35, section 14.3.2); `tput sgr0` writes the first one. */
const SETS: ReadonlySet<number | undefined> = new Set([...'B0'].map((character) => character.charCodeAt(0)));

/** The text of `[from, to)` without control sequences and without carriage returns; undefined when it has none. */
export function withoutControls(bytes: Uint8Array, from: number, to: number): View | undefined {
  let control = from;
  while (control < to && bytes[control] !== ESCAPE && bytes[control] !== RETURN) control++;
  if (control === to) return undefined;
  let length = 0;
  const kept = Buffer.allocUnsafe(to - from);
  const places = new Int32Array(to - from + 1);
  for (let at = from; at < to; ) {
    const byte = bytes[at] ?? 0;
    const end = byte === ESCAPE ? endOfSequence(bytes, at, to) : byte === RETURN ? at + 1 : at;
    if (end > at) {
      at = end;
      continue;
    }
    kept[length] = byte;
    places[length++] = at++;
  }
  if (length === to - from) return undefined;
  return {
    bytes: kept.subarray(0, length),
    original: (start, end) => ({ start: places[start] ?? to, end: (places[end - 1] ?? to - 1) + 1 }),
  };
}

/**
 * Where the control sequence that begins at `at` ends; `at` itself, when none does.
 * ECMA-48, section 5.4: ESC, `[`, parameter bytes 30–3F, intermediate bytes 20–2F, one final byte 40–7E. A final `[`
 * is not taken for one: no terminal uses it, and it may be the first character of a marker. Without parameters, only the
 * finals that logs hold are taken (colour off, erase, home): any other letter may be the first one of a secret.
 */
export function endOfSequence(bytes: Uint8Array, at: number, to: number): number {
  if (bytes[at + 1] === PARENTHESIS && at + 2 < to && SETS.has(bytes[at + 2])) return at + 3;
  if (bytes[at + 1] !== BRACKET) return at;
  let end = at + 2;
  while (end < to && isWithin(bytes[end], 0x30, 0x3f)) end++;
  while (end < to && isWithin(bytes[end], 0x20, 0x2f)) end++;
  const final = bytes[end] ?? 0;
  if (end >= to || !isWithin(final, 0x40, 0x7e) || final === BRACKET) return at;
  return end > at + 2 || BARE_FINALS.has(final) ? end + 1 : at;
}

function isWithin(byte: number | undefined, low: number, high: number): boolean {
  return byte !== undefined && byte >= low && byte <= high;
}

/** Bytes as a text of one character each, for regular expressions. */
export function latin1(bytes: Uint8Array, from = 0, to: number = bytes.length): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1');
}
