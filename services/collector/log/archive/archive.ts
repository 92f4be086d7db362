// A zip of logs that is held in memory: which files it lists, and what is wrong with them as far as the list tells. The
// list is read by yauzl; bounds are ours. Format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
import { type Entry, fromBufferPromise, getFileNameLowLevel } from 'yauzl';
import { PipewardenError } from '../../../core/errors.ts';
import { openFile, type Place } from './file.ts';
import { type ArchiveProblem, refusal } from './problem.ts';

/** A run's logs are some megabytes, packed; what is larger is read job by job. In bytes. */
export const MOST_PACKED = 128 * 1024 * 1024;
/** A run has at most some thousand jobs, and each has a file a step. */
const MOST_FILES = 50_000;
/** What one archive may unpack to, and one file of it: in bytes, and as a multiple. As of a bucket's objects. */
const MOST_UNPACKED = 2 * 1024 * 1024 * 1024;
const ALWAYS_FINE = 64 * 1024 * 1024;
const MOST_TIMES = 200;
const LONGEST_NAME = 512;
const STORED = 0;
const DEFLATED = 8;
/** Bytes of a file's own header, without its name. */
const HEADER = 30;

/** The first bytes of every zip that is not empty. */
const MAGIC = Buffer.from('PK\u0003\u0004');

export interface ArchivedFile {
  /** As it stands in the archive: a path with `/`. Whoever made the archive chose it. */
  readonly name: string;
  /**
   * Its bytes, unpacked as they are asked for; all of them have been checked then: length, checksum and bounds. Rejects
   * with ARCHIVE_REFUSED; other files can still be read.
   */
  open(): Promise<AsyncGenerator<Uint8Array>>;
}

export function isArchive(beginning: Uint8Array): boolean {
  return MAGIC.equals(beginning.subarray(0, MAGIC.length));
}

/**
 * The files among those listed that are `wanted`, by name, and those whose names are none that a log has: these are refused.
 * Rejects with ARCHIVE_REFUSED where nothing of it can be read.
 */
export async function openArchive(
  bytes: Uint8Array,
  wanted: (name: string) => boolean,
): Promise<readonly ArchivedFile[]> {
  if (bytes.length > MOST_PACKED) throw refusal('the archive', 'too-large');
  const listed = await list(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  const overlapping = overlaps(listed);
  let room = MOST_UNPACKED;
  return listed
    .filter(({ name }) => wanted(name) || !isPlain(name))
    .map((file) => {
      const problem = problemIn(file) ?? (overlapping.has(file) ? 'overlapping' : undefined) ?? taken(file);
      return { name: file.name, open: () => openFile(bytes, file, problem) };
    });

  function taken({ unpacked }: Listed): ArchiveProblem | undefined {
    if (unpacked > room) return 'too-large';
    room -= unpacked;
    return undefined;
  }
}

interface Listed extends Place {
  readonly name: string;
  readonly isEncrypted: boolean;
}

async function list(bytes: Buffer): Promise<readonly Listed[]> {
  const found: Listed[] = [];
  try {
    // Names are not decoded by it, because one that is odd would end the list.
    const zip = await fromBufferPromise(bytes, { decodeStrings: false, validateEntrySizes: false });
    if (zip.entryCount > MOST_FILES) throw refusal('the archive', 'too-many');
    for await (const entry of zip.eachEntry()) found.push(listedAs(entry));
  } catch (error) {
    // Without `cause`: the library's words may quote the archive.
    throw error instanceof PipewardenError ? error : refusal('the archive', 'damaged');
  }
  return found;
}

function listedAs(entry: Entry): Listed {
  const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
  return {
    // Nothing else of the entry is kept: its comment may have 64 KB.
    name: name.slice(0, LONGEST_NAME + 1),
    isEncrypted: entry.isEncrypted(),
    isDeflated: entry.compressionMethod === DEFLATED,
    ...(entry.compressionMethod !== DEFLATED && entry.compressionMethod !== STORED && { isUnknown: true as const }),
    start: entry.relativeOffsetOfLocalHeader,
    packed: entry.compressedSize,
    unpacked: entry.uncompressedSize,
    checksum: entry.crc32,
  };
}

function problemIn({ name, isEncrypted, isUnknown, isDeflated, packed, unpacked }: Listed): ArchiveProblem | undefined {
  if (!isPlain(name)) return 'name';
  if (isEncrypted) return 'encrypted';
  if (isUnknown) return 'method';
  if (!isDeflated && packed !== unpacked) return 'damaged';
  if (unpacked > MOST_UNPACKED) return 'too-large';
  return unpacked > Math.max(ALWAYS_FINE, MOST_TIMES * packed) ? 'ratio' : undefined;
}

/** No path leads anywhere here, because nothing is written; a log just never has such a name. */
function isPlain(name: string): boolean {
  const isOdd = name.length > LONGEST_NAME || name.includes('\\') || name.startsWith('/') || hasControl(name);
  return !isOdd && !name.split('/').includes('..');
}

function hasControl(name: string): boolean {
  return [...name].some((character) => character < ' ' || character === '\u007f');
}

/** Those of which some bytes belong to more than one: a few bytes become petabytes so (https://www.bamsoftware.com/hacks/zipbomb/). */
function overlaps(files: readonly Listed[]): ReadonlySet<Listed> {
  const found = new Set<Listed>();
  let before: Listed | undefined;
  for (const file of files.toSorted((a, b) => a.start - b.start)) {
    if (before && file.start < endOf(before)) found.add(before).add(file);
    if (!before || endOf(file) > endOf(before)) before = file;
  }
  return found;
}

function endOf({ start, packed }: Listed): number {
  return start + HEADER + packed;
}
