// Bytes that may be a zip: a server may answer with one where a text is expected, and a file is whatever somebody gives.
import { gathered } from '../../systems/bytes.ts';
import { isArchive, MOST_PACKED } from './archive.ts';
import { refusal } from './problem.ts';

const LEAST = 4;

export type Zipped = { readonly zip: Uint8Array } | { readonly plain: AsyncGenerator<Uint8Array> };

/** Known by its first bytes. A zip is taken into memory as a whole. Rejects with ARCHIVE_REFUSED where it is too large for that. */
export async function zippedOrPlain(bytes: AsyncIterable<Uint8Array>): Promise<Zipped> {
  const rest = bytes[Symbol.asyncIterator]();
  let beginning: Uint8Array = new Uint8Array();
  while (beginning.length < LEAST) {
    const next = await rest.next();
    if (next.done) break;
    beginning = Buffer.concat([beginning, next.value]);
  }
  const plain = rejoined(beginning, rest);
  return isArchive(beginning) ? { zip: await wholeZip(plain) } : { plain };
}

/** Rejects with ARCHIVE_REFUSED where it is too large. */
export async function wholeZip(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const { bytes: zip, isWhole } = await gathered(bytes, 0, MOST_PACKED);
  if (!isWhole) throw refusal('the archive', 'too-large');
  return zip;
}

async function* rejoined(beginning: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (beginning.length > 0) yield beginning;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
