// Where decoded bytes are text: the rest of a run is chance.
import type { Span } from '../scan/view.ts';
import { LEAST } from './signs.ts';

/** A character beyond ASCII takes up to four bytes (UTF-8); so many are taken along between two pieces of text. */
const LONGEST_CHARACTER = 4;

/** Stretches of text that hold `LEAST` bytes of ASCII in a row somewhere. */
export function textStretches(bytes: Uint8Array): readonly Span[] {
  const stretches: Span[] = [];
  let start = 0;
  let row = 0;
  let other = 0;
  let longest = 0;
  for (let at = 0; at <= bytes.length; at++) {
    const byte = bytes[at];
    if (byte !== undefined && isAsciiText(byte)) {
      other = 0;
      longest = Math.max(longest, ++row);
      continue;
    }
    row = 0;
    if (byte !== undefined && byte >= 0x80 && ++other <= LONGEST_CHARACTER) continue;
    if (longest >= LEAST)
      stretches.push({ start, end: byte === undefined ? at : at - Math.min(other, LONGEST_CHARACTER) });
    start = at + 1;
    longest = 0;
    other = 0;
  }
  return stretches;
}

/** Printable, or what a log or an environment holds between: tab, line breaks, NUL, escape. */
function isAsciiText(byte: number): boolean {
  return (
    (byte >= 0x20 && byte < 0x7f) || byte === 0x09 || byte === 0x0a || byte === 0x0d || byte === 0 || byte === 0x1b
  );
}
