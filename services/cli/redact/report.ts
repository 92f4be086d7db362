// `--report`: a JSON line per match, written as they are found.
import { type FileHandle, open } from 'node:fs/promises';
import { messageOf, PipewardenError } from '../../core/errors.ts';
import type { Report } from './filter.ts';

/** Opened before the first byte is read: a mistake in the path should not cost the input. Throws USAGE. */
export async function openReport(path: string): Promise<Report> {
  const file = await openOwn(path);
  return {
    write: (matches) => said(file.writeFile(matches.map((match) => `${JSON.stringify(match)}\n`).join(''))),
    close: () => said(file.close()),
  };
}

/** A disk that is full says so itself, but not of which file. */
async function said(done: Promise<void>): Promise<void> {
  try {
    await done;
  } catch (error) {
    throw new PipewardenError('INTERNAL', { problem: `cannot write the report: ${messageOf(error)}` }, error);
  }
}

async function openOwn(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'w', 0o600);
  } catch (error) {
    throw new PipewardenError('USAGE', { problem: `cannot write the report: ${messageOf(error)}` }, error);
  }
}
