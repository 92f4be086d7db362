// The prefilter for encoded text: one pass of a few table look-ups and ANDs, whatever the encodings.
//
// Base64 of text: of every four characters one has the top bit of the first byte, one that of the second and one that of
// the third, and text has none of them set. So each character says, for each of the four alignments, whether text is
// still possible there: four bits. Hexadecimal of text: every other digit is 2 to 7: two bits for two alignments, three
// with a separator after each byte. One character at a time with one to four others between: two to five bits. The bits
// of neighbours are ANDed; what is left after a few groups of four is looked at properly.

/** Least length of what is looked for, in decoded bytes: shorter values identify nothing. */
export const LEAST = 8;

/** Fewer different characters, spelled out, are a ruler or a progress bar. */
export const DISTINCT = 4;

const BASE64_BITS = 0b1111;
const HEX_BITS = 0b11 << 4;
const FIRST_ROW_BIT = 6;
/** One character every two to five, from each place on that such a row can begin at, with the bit that says so. */
export const ROWS: readonly { readonly period: number; readonly phase: number; readonly bit: number }[] = [2, 3, 4, 5]
  .flatMap((period) => Array.from({ length: period }, (_, phase) => ({ period, phase })))
  .map((row, index) => ({ ...row, bit: 1 << (FIRST_ROW_BIT + index) }));
const EVERY_OTHER_BITS = bitsOf(ROWS.filter(({ period }) => period === 2));
/** Two digits and a separator, from each of the three places that can be the first. */
const SPACED_HEX = 3;
const FIRST_SPACED_BIT = FIRST_ROW_BIT + ROWS.length;
const SPACED_HEX_BITS = ((1 << SPACED_HEX) - 1) << FIRST_SPACED_BIT;
const LONGER_BITS = bitsOf(ROWS.filter(({ period }) => period > 2)) | SPACED_HEX_BITS;
const THREE_GROUPS = HEX_BITS | EVERY_OTHER_BITS;

const GROUP = 4;
/** All periods fit in. */
const PHASES = 60;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const URL_SAFE = '-_';
/** The characters of both alphabets (RFC 4648, sections 4 and 5). */
export const BASE64_ALPHABET: string = ALPHABET + URL_SAFE;

/** Value of a base64 character of either alphabet, at its code; -1: it is none. */
export const BASE64_VALUES: Int8Array = valuesOf(ALPHABET, URL_SAFE);
/** Value of a hexadecimal digit at its code; -1: it is none. */
export const HEX_VALUES: Int8Array = valuesOf('0123456789abcdef', '');
for (const letter of 'ABCDEF') HEX_VALUES[letter.charCodeAt(0)] = HEX_VALUES[letter.toLowerCase().charCodeAt(0)] ?? -1;

function valuesOf(alphabet: string, alternatives: string): Int8Array {
  const values = new Int8Array(256).fill(-1);
  for (const [value, character] of [...alphabet].entries()) values[character.charCodeAt(0)] = value;
  for (const [index, character] of [...alternatives].entries()) values[character.charCodeAt(0)] = 62 + index;
  return values;
}

/** What a secret is written in, for a text that spells one. */
export function isWordByte(byte: number): boolean {
  return byte > 0x20 && byte < 0x7f;
}

/** What may stand between characters that are written one at a time. */
export function isSeparatorByte(byte: number): boolean {
  const letter = byte | 0x20;
  return byte < 0x80 && !(byte >= 0x30 && byte <= 0x39) && !(letter >= 0x61 && letter <= 0x7a);
}

/** Whether the same bytes stand at two places. */
export function areSame(bytes: Uint8Array, one: number, other: number, length: number): boolean {
  for (let index = 0; index < length; index++) if (bytes[one + index] !== bytes[other + index]) return false;
  return true;
}

/** By phase times 256 plus byte. */
const MASKS = Int32Array.from({ length: PHASES * 256 }, (_, index) => mask(index >> 8, index & 0xff));
const LAST_PHASE = (PHASES - GROUP) * 256;

function bitsOf(rows: typeof ROWS): number {
  return rows.reduce((bits, { bit }) => bits | bit, 0);
}

function mask(phase: number, byte: number): number {
  let bits = 0;
  const base64 = BASE64_VALUES[byte] ?? -1;
  for (let alignment = 0; alignment < 4 && base64 >= 0; alignment++) {
    const place = (phase + 4 - alignment) % 4;
    const topBit = [32, 8, 2, 0][place] ?? 0;
    if ((base64 & topBit) === 0) bits |= 1 << alignment;
  }
  const hex = HEX_VALUES[byte] ?? -1;
  for (let alignment = 0; alignment < 2 && hex >= 0; alignment++) {
    const isHigh = (phase + alignment) % 2 === 0;
    if (!isHigh || (hex >= 2 && hex <= 7)) bits |= 1 << (4 + alignment);
  }
  for (const { period, phase: first, bit } of ROWS) {
    const isCharacter = phase % period === first;
    if (isCharacter ? isWordByte(byte) : isSeparatorByte(byte)) bits |= bit;
  }
  for (let first = 0; first < SPACED_HEX; first++) {
    const place = (phase + SPACED_HEX - first) % SPACED_HEX;
    const fits = place === 0 ? hex >= 2 && hex <= 7 : place === 1 ? hex >= 0 : isSeparatorByte(byte);
    if (fits) bits |= 1 << (FIRST_SPACED_BIT + first);
  }
  return bits;
}

/** What the bits of a sign mean. */
export const FORMS = {
  base64: BASE64_BITS,
  hex: HEX_BITS,
  spacedHex: SPACED_HEX_BITS,
  spelled: bitsOf(ROWS),
} as const;

/**
 * A place at or after `from` in what may be encoded text of `LEAST` bytes or more; -1: there is none. Some of the places
 * it names turn out to be nothing; it misses none.
 */
export function nextEncoded(bytes: Uint8Array, from: number, to: number): number {
  // What is still possible after the last group, after the last two and after the last three.
  let one = 0;
  let two = 0;
  let three = 0;
  let phase = 0;
  for (let at = from; at + GROUP <= to; at += GROUP) {
    const now = possibleIn(bytes, at, phase);
    const sign = (now & one & BASE64_BITS) | (now & two & THREE_GROUPS) | (now & three & LONGER_BITS);
    if (sign !== 0 && !isRuler(sign, bytes, at)) return at;
    three = now & two;
    two = now & one;
    one = now;
    phase = phase === LAST_PHASE ? 0 : phase + GROUP * 256;
  }
  return -1;
}

/** Which of `FORMS` the text may hold: their bits, all signs taken together. The same loop, which has to be fast twice. */
export function encodedForms(bytes: Uint8Array, from: number, to: number): number {
  let all = 0;
  let one = 0;
  let two = 0;
  let three = 0;
  let phase = 0;
  for (let at = from; at + GROUP <= to; at += GROUP) {
    const now = possibleIn(bytes, at, phase);
    const sign = (now & one & BASE64_BITS) | (now & two & THREE_GROUPS) | (now & three & LONGER_BITS);
    if (sign !== 0 && !isRuler(sign, bytes, at)) all |= sign;
    three = now & two;
    two = now & one;
    one = now;
    phase = phase === LAST_PHASE ? 0 : phase + GROUP * 256;
  }
  return all;
}

function possibleIn(bytes: Uint8Array, at: number, phase: number): number {
  return (
    (MASKS[phase | (bytes[at] ?? 0)] ?? 0) &
    (MASKS[(phase + 256) | (bytes[at + 1] ?? 0)] ?? 0) &
    (MASKS[(phase + 512) | (bytes[at + 2] ?? 0)] ?? 0) &
    (MASKS[(phase + 768) | (bytes[at + 3] ?? 0)] ?? 0)
  );
}

/** `-----`, `=====`: a character that repeats itself spells nothing. */
function isRuler(sign: number, bytes: Uint8Array, at: number): boolean {
  if ((sign & (BASE64_BITS | HEX_BITS)) !== 0) return false;
  return isUniform(bytes, at) || isUniform(bytes, at - GROUP);
}

function isUniform(bytes: Uint8Array, at: number): boolean {
  const first = bytes[at];
  return first === bytes[at + 1] && first === bytes[at + 2] && first === bytes[at + 3] && first !== undefined;
}
