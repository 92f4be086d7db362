// Characters written as escapes: `%3d` in addresses (RFC 3986), `\u003d`, `\n`, `\"` in JSON (RFC 8259), `\x3d`, `\$` in
// shells and programs. One level of them: what is escaped twice is decoded twice.
import type { View } from '../scan/view.ts';
import { HEX_VALUES } from './signs.ts';

/** What the prefilter looks for: with the first digit of a printable character, so that `100%` and file names do not count. */
export const ESCAPE_SIGNS: readonly string[] = ['%', '\\u00', '\\x'].flatMap((opening) =>
  [...'234567'].map((digit) => opening + digit),
);

const PERCENT = 0x25;
const PLUS = 0x2b;
const SPACE = 0x20;
const BACKSLASH = 0x5c;
const SMALL_U = 0x75;
const SMALL_X = 0x78;
/** What a backslash and one character stand for, by the character. */
const SHORT: ReadonlyMap<number, number> = new Map([
  ...Array.from('"\'`$/\\', (character): [number, number] => [character.charCodeAt(0), character.charCodeAt(0)]),
  ...Array.from(['n\n', 'r\r', 't\t'], (pair): [number, number] => [pair.charCodeAt(0), pair.charCodeAt(1)]),
]);

/**
 * The text of `[from, to)` with every escape replaced by its character; nothing, when there is none. Where addresses
 * escape, a plus may be a space (https://url.spec.whatwg.org/#concept-urlencoded-parser): then also with spaces.
 */
export function decodeEscapes(bytes: Uint8Array, from: number, to: number, into: (view: View) => void): void {
  const text = new Unescaped(to - from);
  let percent = false;
  let plus = false;
  for (let at = from; at < to; ) {
    const byte = bytes[at] ?? 0;
    const size = byte === PERCENT || byte === BACKSLASH ? decodeOne(bytes, at, to, text) : 0;
    if (size === 0) text.add(byte, at);
    percent ||= byte === PERCENT && size > 0;
    plus ||= byte === PLUS;
    at += Math.max(1, size);
  }
  if (text.length === to - from) return;
  into(text.view(to));
  if (percent && plus) into(text.withSpaces(bytes).view(to));
}

/** Adds the character that is escaped at `at`, and gives how long the escape is; 0: there is none. */
function decodeOne(bytes: Uint8Array, at: number, to: number, text: Unescaped): number {
  if (bytes[at] === PERCENT) return decodeDigits(bytes, at, 1, to, text);
  const kind = at + 1 < to ? (bytes[at + 1] ?? 0) : 0;
  if (kind === SMALL_X) return decodeDigits(bytes, at, 2, to, text);
  if (kind === SMALL_U) return decodeUnit(bytes, at, to, text);
  const short = SHORT.get(kind);
  if (short === undefined) return 0;
  text.add(short, at);
  return 2;
}

/** A byte as two digits, behind an opening. */
function decodeDigits(bytes: Uint8Array, at: number, opening: number, to: number, text: Unescaped): number {
  const size = opening + 2;
  const byte = at + size <= to ? hexAt(bytes, at + opening, 2) : -1;
  if (byte < 0) return 0;
  text.add(byte, at);
  return size;
}

/** A UTF-16 code unit as four digits, or two that are a pair. */
function decodeUnit(bytes: Uint8Array, at: number, to: number, text: Unescaped): number {
  const unit = at + 6 <= to ? hexAt(bytes, at + 2, 4) : -1;
  if (unit < 0) return 0;
  const isHigh = unit >= 0xd800 && unit < 0xdc00 && bytes[at + 6] === BACKSLASH && bytes[at + 7] === SMALL_U;
  const low = isHigh && at + 12 <= to ? hexAt(bytes, at + 8, 4) : -1;
  const isPair = low >= 0xdc00 && low < 0xe000;
  for (const byte of Buffer.from(isPair ? String.fromCharCode(unit, low) : String.fromCharCode(unit))) {
    text.add(byte, at);
  }
  return isPair ? 12 : 6;
}

/** The number that hexadecimal digits stand for; negative: they are none. */
function hexAt(bytes: Uint8Array, at: number, digits: number): number {
  let number = 0;
  for (let index = at; index < at + digits; index++) {
    const digit = HEX_VALUES[bytes[index] ?? 0] ?? -1;
    if (digit < 0) return -1;
    number = number * 16 + digit;
  }
  return number;
}

/** A text in the making, with the place that each byte came from. */
class Unescaped {
  readonly #bytes: Buffer;
  readonly #places: Int32Array;
  length = 0;

  constructor(most: number) {
    this.#bytes = Buffer.allocUnsafe(most);
    this.#places = new Int32Array(most);
  }

  add(byte: number, place: number): void {
    this.#bytes[this.length] = byte;
    this.#places[this.length++] = place;
  }

  /** A copy with spaces for pluses that were not escaped. */
  withSpaces(original: Uint8Array): Unescaped {
    const copy = new Unescaped(this.length);
    for (let index = 0; index < this.length; index++) {
      const place = this.#places[index] ?? 0;
      copy.add(original[place] === PLUS ? SPACE : (this.#bytes[index] ?? 0), place);
    }
    return copy;
  }

  /** `to`: where the escaped text ends. */
  view(to: number): View {
    const { length } = this;
    const places = this.#places;
    return {
      bytes: this.#bytes.subarray(0, length),
      original(start, end) {
        // Several bytes may have come from one escape: all of it goes.
        let behind = end;
        while (behind < length && places[behind] === places[end - 1]) behind++;
        return { start: places[start] ?? to, end: behind < length ? (places[behind] ?? to) : to };
      },
    };
  }
}
