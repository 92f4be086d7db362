// One file of a log that is rotated: the one that is written now, or one before it, maybe gzipped. A generation is
// recognized by how it begins, so also after it was copied, renamed or compressed.
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { messageOf, PipewardenError } from '../../../core/errors.ts';

/** Bytes by which a file is recognized: some lines of a log, which carry times. */
export const MOST_HEAD = 1024;
const PIECE = 256 * 1024;

/** How a file begins: so many bytes, and their hash. */
export interface Head {
  readonly length: number;
  readonly hash: string;
}

export const NO_HEAD: Head = { length: 0, hash: '' };

export interface Generation {
  readonly path: string;
  readonly packed: boolean;
  /** Device, inode, and when it was made: numbers of inodes are used again. */
  readonly id: string;
  /** Of a packed one, that of the packed file. */
  readonly size: number;
  /** Milliseconds, with fractions. */
  readonly changed: number;
  /** Of the first bytes, at most `length`. */
  head(length: number): Promise<Head>;
  /** From an offset in the text on, to its end as it is now. */
  pieces(from: number): AsyncGenerator<Uint8Array>;
  close(): Promise<void>;
}

/** Undefined where there is none. Rejects with FILE_UNREADABLE. */
export async function openGeneration(path: string): Promise<Generation | undefined> {
  const file = await opened(path);
  if (!file) return undefined;
  const packed = path.endsWith('.gz');
  const { dev, ino, birthtimeMs, size, mtimeMs } = await file.stat();

  const read = (from: number) => bytesOf(file, from);
  async function* pieces(from: number): AsyncGenerator<Uint8Array> {
    const bytes = read(packed ? 0 : from);
    if (!packed) return yield* bytes;
    let skip = from;
    try {
      for await (const piece of pipeline(Readable.from(bytes), createGunzip(), () => undefined)) {
        const passed = Math.min(skip, piece.length);
        skip -= passed;
        if (passed < piece.length) yield piece.subarray(passed);
      }
    } catch (error) {
      throw new PipewardenError('FILE_UNREADABLE', { path, problem: messageOf(error) }, error);
    }
  }

  return {
    path,
    packed,
    id: `${dev}:${ino}:${birthtimeMs}`,
    size,
    changed: mtimeMs,
    pieces,
    async head(length) {
      const wanted = Math.min(length, MOST_HEAD);
      const found: Uint8Array[] = [];
      let size = 0;
      for await (const piece of pieces(0)) {
        found.push(piece);
        size += piece.length;
        if (size >= wanted) break;
      }
      const bytes = Buffer.concat(found).subarray(0, wanted);
      return { length: bytes.length, hash: createHash('sha256').update(bytes).digest('hex').slice(0, 32) };
    },
    close: () => file.close(),
  };
}

async function opened(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new PipewardenError('FILE_UNREADABLE', { path, problem: messageOf(error) }, error);
  }
}

async function* bytesOf(file: FileHandle, from: number): AsyncGenerator<Uint8Array> {
  for (let position = from; ; ) {
    const { bytesRead, buffer } = await file.read({ buffer: Buffer.allocUnsafe(PIECE), position });
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
