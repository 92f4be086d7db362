// Base64 of a gzip stream (RFC 1952): how logs are smuggled out in bulk. All that such a run holds goes, or nothing.
import { constants, gunzipSync } from 'node:zlib';
import type { View } from '../scan/view.ts';
import { base64Bytes, endOfBase64 } from './base64.ts';

/** Base64 of the first three bytes of every gzip stream: magic number and method. As a keyword it is lower case. */
const MAGIC = 'H4sI';
export const GZIP_SIGN: string = MAGIC.toLowerCase();
/** A header and a little content, in characters. */
const LEAST_STREAM = 24;
/** Bytes that are unpacked at most: a bomb is not worth more. */
const MOST = 4 * 1024 * 1024;

const NOTHING = Buffer.alloc(0);

/** What the gzip streams in `[from, to)` hold, also those whose end is missing. Every part stands for the whole run. */
export function decodeGzip(bytes: Uint8Array, from: number, to: number, into: (view: View) => void): void {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = text.indexOf(MAGIC, from, 'latin1'); at >= 0 && at < to; at = text.indexOf(MAGIC, at + 1, 'latin1')) {
    const end = endOfBase64(bytes, at, to);
    const unpacked = end - at < LEAST_STREAM ? NOTHING : unpack(base64Bytes(bytes, at, end));
    if (unpacked.length > 0) into({ bytes: unpacked, original: () => ({ start: at, end }) });
    at = end;
  }
}

function unpack(packed: Uint8Array): Uint8Array {
  try {
    return gunzipSync(packed, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MOST });
  } catch {
    // Looked like a stream and is none, or is larger than what is looked into: nothing is known of it.
    return NOTHING;
  }
}
