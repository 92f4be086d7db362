// The bytes of one file in a zip, unpacked as they are asked for. They are unpacked twice: once to see that all of it is
// right, then to be given, so that nobody acts on the beginning of a file that turns out to be broken or a bomb.
import { pipeline, Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { type ArchiveProblem, refusal } from './problem.ts';

/** Where it lies in the archive, as the list says. In bytes. */
export interface Place {
  /** Of its own header. */
  readonly start: number;
  readonly packed: number;
  readonly unpacked: number;
  /** CRC-32 of what it unpacks to. */
  readonly checksum: number;
  /** Else it is stored as it is. */
  readonly isDeflated: boolean;
  readonly isUnknown?: true;
}

const HEADER = 30;
const SIGNATURE = 0x04034b50;

/** Rejects with ARCHIVE_REFUSED. `problem`: what is known to be wrong. */
export async function openFile(
  archive: Uint8Array,
  place: Place,
  problem: ArchiveProblem | undefined,
): Promise<AsyncGenerator<Uint8Array>> {
  if (problem !== undefined) throw refusal('a file of the archive', problem);
  const packed = packedIn(archive, place);
  if (!packed || !(await isRight(packed, place))) throw refusal('a file of the archive', 'damaged');
  return unpack(packed, place);
}

/** Undefined where there is no such file. */
function packedIn(archive: Uint8Array, { start, packed }: Place): Uint8Array | undefined {
  if (start + HEADER > archive.length) return undefined;
  const header = new DataView(archive.buffer, archive.byteOffset + start, HEADER);
  if (header.getUint32(0, true) !== SIGNATURE) return undefined;
  const from = start + HEADER + header.getUint16(26, true) + header.getUint16(28, true);
  return from + packed > archive.length ? undefined : archive.subarray(from, from + packed);
}

/** No more is unpacked than the list says that there is. */
async function isRight(packed: Uint8Array, place: Place): Promise<boolean> {
  let size = 0;
  let checksum = 0;
  try {
    for await (const piece of unpack(packed, place)) {
      size += piece.length;
      if (size > place.unpacked) return false;
      checksum = crc32(piece, checksum);
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code.startsWith('Z_')) return false;
    throw error;
  }
  return size === place.unpacked && checksum === place.checksum;
}

async function* unpack(packed: Uint8Array, { isDeflated }: Place): AsyncGenerator<Uint8Array> {
  if (!isDeflated) {
    yield packed;
    return;
  }
  // Errors of either stream surface in the loop that reads the second.
  yield* pipeline(Readable.from([packed]), createInflateRaw(), () => undefined);
}
