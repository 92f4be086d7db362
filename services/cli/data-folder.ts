// The data folder: what is in it, and that only one `start` works on it.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Database } from '../adapters/sqlite.ts';
import { messageOf, PipewardenError } from '../core/errors.ts';

export interface DataPaths {
  readonly folder: string;
  readonly log: string;
  readonly jobs: string;
  readonly documents: string;
}

export function dataPaths(folder: string): DataPaths {
  return {
    folder,
    log: join(folder, 'events.db'),
    jobs: join(folder, 'jobs.db'),
    documents: join(folder, 'documents.db'),
  };
}

/** Only its owner may look in: it holds who did what. */
export function makeDataFolder(folder: string): DataPaths {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new PipewardenError(
      'USAGE',
      { problem: `cannot make the data folder ${folder}: ${messageOf(error)}; name another with --data` },
      error,
    );
  }
  return dataPaths(folder);
}

/** The folder of a Pipewarden that has run. Throws NOT_FOUND with what to do. */
export function existingDataFolder(folder: string): DataPaths {
  const paths = dataPaths(folder);
  if (isUsed(paths)) return paths;
  const where = `${folder}: run \`pipewarden start\` first, or name a folder with --data`;
  throw new PipewardenError('NOT_FOUND', { what: 'data', id: 'yet', where });
}

/** Whether the first start made it for the sample. */
export function isSampleFolder(folder: string): boolean {
  return existsSync(join(folder, 'sample'));
}

/** What has a server of its own leaves nothing here. */
function isUsed({ documents, log }: DataPaths): boolean {
  return existsSync(documents) || existsSync(log);
}

/**
 * Takes the folder for this process, until `release` or its end, however it ends: the lock is one that the operating
 * system takes back. Throws DATA_IN_USE, or USAGE when the folder cannot be written.
 */
export function lockDataFolder(folder: string): { release(): void } {
  const pidFile = join(folder, 'pid');
  let lock: Database | undefined;
  try {
    lock = new Database(join(folder, 'lock.db'), { exclusive: true });
  } catch (error) {
    if (!isBusy(error)) throw unusable(folder, error);
    const pid = existsSync(pidFile) ? readFileSync(pidFile, 'utf8').trim() : 'unknown';
    throw new PipewardenError('DATA_IN_USE', { folder, pid });
  }
  const held = lock;
  try {
    writeFileSync(pidFile, `${process.pid}\n`);
  } catch (error) {
    held.close();
    throw unusable(folder, error);
  }
  return { release: () => held.close() };
}

/** Sample and real data never mix: a folder stays what its first start made of it. Throws USAGE. */
export function claimDataFolder(paths: DataPaths, sample: boolean): void {
  const { folder } = paths;
  const mark = join(folder, 'sample');
  const used = isUsed(paths);
  if (used && sample && !existsSync(mark)) {
    const problem = `${folder} holds real data, and without --config the sample would be added to it: name the configuration with --config, or another folder with --data`;
    throw new PipewardenError('USAGE', { problem });
  }
  if (used && !sample && existsSync(mark)) {
    const problem = `${folder} holds the sample: name another folder with --data, or delete this one`;
    throw new PipewardenError('USAGE', { problem });
  }
  if (sample) writeFileSync(mark, '');
  else rmSync(mark, { force: true });
}

/** SQLITE_BUSY, https://www.sqlite.org/rescode.html#busy */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5;
}

function unusable(folder: string, error: unknown): PipewardenError {
  const problem = `cannot use the data folder ${folder}: ${messageOf(error)}; change its owner, or name another with --data`;
  return new PipewardenError('USAGE', { problem }, error);
}
