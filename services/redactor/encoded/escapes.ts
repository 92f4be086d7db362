// Characters written as their codes: `%3d` in addresses (RFC 3986), `\u003d` in JSON (RFC 8259), `\x3d` in shells.
import type { View } from '../scan/view.ts';
import { HEX_VALUES } from './signs.ts';

/** What an escape begins with, its two hexadecimal digits aside; also what the prefilter looks for. */
export const ESCAPES: readonly string[] = ['%', '\\u00', '\\x'];
/** As keywords: with the first digit of a printable character, so that `100%` and file names do not count. */
export const ESCAPE_SIGNS: readonly string[] = ESCAPES.flatMap((opening) =>
  [...'234567'].map((digit) => opening + digit),
);

const PERCENT = 0x25;
const BACKSLASH = 0x5c;
const OPENINGS = ESCAPES.map((opening) => Uint8Array.from(opening, (character) => character.charCodeAt(0)));

/** The text of `[from, to)` with every escape replaced by its character; nothing, when there is none. */
export function decodeEscapes(bytes: Uint8Array, from: number, to: number, into: (view: View) => void): void {
  const decoded = Buffer.allocUnsafe(to - from);
  const places = new Int32Array(to - from + 1);
  let length = 0;
  for (let at = from; at < to; length++) {
    const size = sizeOfEscape(bytes, at, to);
    places[length] = at;
    decoded[length] = size === 0 ? (bytes[at] ?? 0) : hexByte(bytes, at + size - 2);
    at += Math.max(1, size);
  }
  places[length] = to;
  if (length === to - from) return;
  into({
    bytes: decoded.subarray(0, length),
    original: (start, end) => ({ start: places[start] ?? to, end: places[end] ?? to }),
  });
}

/** Length of the escape that begins at `at`; 0: none does. */
function sizeOfEscape(bytes: Uint8Array, at: number, to: number): number {
  if (bytes[at] !== PERCENT && bytes[at] !== BACKSLASH) return 0;
  for (const opening of OPENINGS) {
    if (opening.every((byte, index) => bytes[at + index] === byte)) {
      const size = opening.length + 2;
      return at + size <= to && hexByte(bytes, at + opening.length) >= 0 ? size : 0;
    }
  }
  return 0;
}

/** The byte that two digits stand for; negative: they are no digits. */
function hexByte(bytes: Uint8Array, at: number): number {
  const high = HEX_VALUES[bytes[at] ?? 0] ?? -1;
  const low = HEX_VALUES[bytes[at + 1] ?? 0] ?? -1;
  return high < 0 || low < 0 ? -1 : (high << 4) | low;
}
