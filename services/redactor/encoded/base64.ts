// Base64 and base64url (RFC 4648) of text, wherever the run of characters is cut: all four alignments are tried.
import type { View } from '../scan/view.ts';
import { BASE64_VALUES, encodedForms, LEAST } from './signs.ts';
import { textStretches } from './stretches.ts';

/** Characters that hold `LEAST` bytes. */
const SHORTEST = Math.ceil((LEAST * 8) / 6);

/** Each stretch of text that a run of base64 in `[from, to)` holds. */
export function decodeBase64(bytes: Uint8Array, from: number, to: number, into: (view: View) => void): void {
  for (let at = from; at < to; ) {
    const end = endOfBase64(bytes, at, to);
    if (end - at >= SHORTEST) {
      // Each bit says that text is possible at one of the four alignments.
      const possible = encodedForms(bytes, at, end);
      for (let alignment = 0; alignment < 4; alignment++) {
        if (possible & (1 << alignment)) decode(bytes, at + alignment, end, into);
      }
    }
    at = end + 1;
  }
}

/** Where the run that begins at `at` ends; padding is not part of it. */
export function endOfBase64(bytes: Uint8Array, at: number, to: number): number {
  let end = at;
  while (end < to && (BASE64_VALUES[bytes[end] ?? 0] ?? -1) >= 0) end++;
  return end;
}

function decode(bytes: Uint8Array, start: number, end: number, into: (view: View) => void): void {
  if (end - start < SHORTEST) return;
  const decoded = base64Bytes(bytes, start, end);
  for (const stretch of textStretches(decoded)) {
    into({
      bytes: decoded.subarray(stretch.start, stretch.end),
      original: (first, last) => ({
        start: start + firstCharacter(stretch.start + first),
        end: start + firstCharacter(stretch.start + last - 1) + 2,
      }),
    });
  }
}

/** Of the two characters that hold a byte, the first: three bytes stand in four characters. */
function firstCharacter(byte: number): number {
  return Math.floor(byte / 3) * 4 + (byte % 3);
}

/** The whole bytes of a run of base64 characters. */
export function base64Bytes(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const decoded = Buffer.allocUnsafe(Math.floor(((end - start) * 6) / 8));
  let bits = 0;
  let held = 0;
  let length = 0;
  for (let at = start; at < end; at++) {
    held = ((held << 6) | (BASE64_VALUES[bytes[at] ?? 0] ?? 0)) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    decoded[length++] = (held >> bits) & 0xff;
  }
  return decoded;
}
