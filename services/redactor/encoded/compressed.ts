// Base64 of a gzip (RFC 1952) or zlib (RFC 1950) stream: how logs are smuggled out in bulk. All that such a run holds
// goes, or nothing.
import { constants, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import type { Sign } from '../scan/keywords.ts';
import type { View } from '../scan/view.ts';
import { base64Bytes, endOfBase64 } from './base64.ts';
import { BASE64_ALPHABET } from './signs.ts';

/** Base64 of the first three bytes of every gzip stream: magic number and method. */
const GZIP = 'H4sI';
/** Base64 of a zlib stream's two bytes of header, at the usual level and the best one, and two bits of what follows. */
const ZLIB = ['eJw', 'eJx', 'eJy', 'eJz', 'eNo', 'eNp', 'eNq', 'eNr'];
/** A header and a little content, in characters. */
const LEAST_STREAM = 24;

/** As keywords they are lower case; those of zlib are so short that they stand in words. */
export const COMPRESSED_SIGNS: readonly Sign[] = [
  { text: GZIP.toLowerCase() },
  ...ZLIB.map((opening) => ({
    text: opening.toLowerCase(),
    follows: { alphabet: BASE64_ALPHABET, least: LEAST_STREAM - opening.length },
  })),
];

/** What is unpacked may be so many times as large as its base64; logs are 3 to 20 times as large. */
export const TIMES = 32;

const OPENING = new RegExp([GZIP, ...ZLIB].join('|'), 'g');
/** Bytes that are unpacked at most. */
const MOST = 4 * 1024 * 1024;
/** What it costs to find out that something is no stream, in bytes that could have been unpacked instead. */
const TRY = 1024;

/**
 * What the streams in `[from, to)` hold, also those whose end is missing. Every part stands for the whole run. `left`:
 * bytes that may still come out; of a stream with more, lines that it has twice are left out, and the end.
 */
export function decodeCompressed(
  bytes: Uint8Array,
  from: number,
  to: number,
  budget: { left: number },
  into: (view: View, name: 'gzip' | 'zlib') => void,
): void {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1');
  let behind = 0;
  for (const { 0: opening, index } of text.matchAll(OPENING)) {
    if (index < behind || budget.left <= 0) continue;
    const start = from + index;
    const end = endOfBase64(bytes, start, to);
    if (end - start < LEAST_STREAM) continue;
    const name = opening === GZIP ? 'gzip' : 'zlib';
    const most = Math.min(budget.left, (end - start) * TIMES);
    const unpacked = withoutRepeats(unpack(base64Bytes(bytes, start, end), name), most);
    budget.left -= Math.max(TRY, end - start, unpacked.length);
    if (unpacked.length === 0) continue;
    into({ bytes: unpacked, original: () => ({ start, end }) }, name);
    behind = end - from;
  }
}

/** Whether a stream begins with these characters. */
export function opensStream(text: string): boolean {
  return text.startsWith(GZIP) || ZLIB.some((opening) => text.startsWith(opening));
}

const NOTHING = Buffer.alloc(0);

/** Whatever comes of it: a stream may be cut off, or have something else behind, which is neither a trailer nor a stream. */
function unpack(packed: Uint8Array, name: 'gzip' | 'zlib'): Buffer {
  const whole = unpackWith(name === 'gzip' ? gunzipSync : inflateSync, packed);
  return whole ?? unpackWith(inflateRawSync, packed.subarray(name === 'gzip' ? gzipHeader(packed) : 2)) ?? NOTHING;
}

/** As much as is unpacked at most: of the largest of halves, quarters … that fits. Undefined: it is no such stream. */
function unpackWith(inflate: typeof inflateSync, packed: Uint8Array): Buffer | undefined {
  for (let size = packed.length; size > 0; size >>= 1) {
    try {
      return inflate(packed.subarray(0, size), { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MOST });
    } catch (error) {
      if (!isTooLarge(error)) return undefined;
    }
  }
  return undefined;
}

/** Bytes before the compressed data: with extra field, name, comment and checksum, where flags say so (RFC 1952, 2.3). */
function gzipHeader(packed: Uint8Array): number {
  const flags = packed[3] ?? 0;
  let size = 10;
  if (flags & 4) size += 2 + (packed[size] ?? 0) + ((packed[size + 1] ?? 0) << 8);
  for (const flag of [8, 16]) if (flags & flag) size = packed.indexOf(0, size) + 1;
  return flags & 2 ? size + 2 : size;
}

/** What compresses that well repeats itself, and to look at one line of a kind is enough. */
function withoutRepeats(text: Buffer, most: number): Uint8Array {
  if (text.length <= most) return text;
  const lines = new Set<string>();
  let left = most;
  for (let start = 0; start < text.length && left > 0; ) {
    const newline = text.indexOf(0x0a, start);
    const end = newline < 0 ? text.length : newline + 1;
    const line = text.toString('latin1', start, Math.min(end, start + left));
    if (!lines.has(line)) left -= line.length;
    lines.add(line);
    start = end;
  }
  return Buffer.from([...lines].join(''), 'latin1');
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}
