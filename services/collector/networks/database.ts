// One local address database, an MMDB file (https://maxmind.github.io/MaxMind-DB/): read when it is first needed, read
// again when it was replaced.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { Reader, type Response } from 'mmdb-lib';
import { messageOf, PipewardenError } from '../../core/errors.ts';
import type { Instant } from '../../core/time.ts';

/** All of it is kept in memory; the largest free ones have some 100 MB. */
const LARGEST = 512 * 1024 * 1024;
/** The specification has the metadata begin in the last 128 KiB, with this mark. */
const TAIL = 128 * 1024;
const MARK = Buffer.from('\xAB\xCD\xEFMaxMind.com', 'latin1');

/** A database in memory. */
export interface Loaded {
  /** When its maker built it. */
  readonly built: Instant;
  /** As its maker calls it: `GeoLite2-ASN`. */
  readonly type: string;
  /** The record of an address, undefined where there is none, or where the database is damaged there. */
  get(address: string): unknown;
}

export interface Database {
  /** The newest whole state of the file, looked for now; undefined where none could be read yet. */
  refresh(): Promise<Loaded | undefined>;
}

/**
 * Opens a file that `setting` of the configuration names. Throws CONFIG_INVALID where it is missing or no such database;
 * nothing else is read yet. `onProblem` is told, once for each state of the file, that it cannot be used: the one before
 * stays, and what arrives is never held up.
 */
export function openDatabase(path: string, setting: string, onProblem: (problem: string) => void): Database {
  checkTail(path, setting);
  let loaded: Loaded | undefined;
  let seen = '';
  return {
    async refresh() {
      const before = seen;
      try {
        seen = await versionOf(path);
        if (seen !== before) loaded = read(await readFile(path));
      } catch (error) {
        if (seen === before) seen = 'missing';
        if (seen !== before) onProblem(messageOf(error));
      }
      return loaded;
    },
  };
}

/** A file that was replaced has another one of these; one that is being written grows. */
async function versionOf(path: string): Promise<string> {
  const { size, mtimeMs, ino } = await stat(path);
  return `${ino}:${size}:${mtimeMs}`;
}

function read(content: Buffer): Loaded {
  const reader = new Reader<Response>(content);
  const { buildEpoch, databaseType, ipVersion } = reader.metadata;
  const built = buildEpoch.getTime();
  if (!(built > 0)) throw new PipewardenError('INTERNAL', { problem: 'its metadata tells no time of building' });
  return {
    built,
    type: databaseType,
    get(address) {
      if (ipVersion === 4 && address.includes(':')) return undefined;
      try {
        return reader.get(address) ?? undefined;
      } catch {
        return undefined;
      }
    },
  };
}

function checkTail(path: string, setting: string): void {
  let problem: string | undefined;
  try {
    problem = problemOf(path);
  } catch (error) {
    throw unusable(setting, path, messageOf(error), error);
  }
  if (problem !== undefined) throw unusable(setting, path, problem);
}

function problemOf(path: string): string | undefined {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    if (size > LARGEST) return `it is larger than ${LARGEST} bytes`;
    const tail = Buffer.alloc(Math.min(size, TAIL));
    readSync(file, tail, 0, tail.length, size - tail.length);
    return tail.includes(MARK) ? undefined : 'it is no MMDB file (name the .mmdb inside the archive)';
  } finally {
    closeSync(file);
  }
}

function unusable(setting: string, path: string, problem: string, cause?: unknown): PipewardenError {
  return new PipewardenError(
    'CONFIG_INVALID',
    { problems: `${setting}: the address database ${path} cannot be used: ${problem}` },
    cause,
  );
}
