// `--report`: a JSON line per match, written as they are found.
import { type FileHandle, open } from 'node:fs/promises';
import { messageOf, PipewardenError } from '../../core/errors.ts';
import type { Report } from './filter.ts';

/** Opened before the first byte is read: a mistake in the path should not cost the input. Throws USAGE. */
export async function openReport(path: string): Promise<Report> {
  const file = await openOwn(path);
  return {
    async write(matches) {
      await file.writeFile(matches.map((match) => `${JSON.stringify(match)}\n`).join(''));
    },
    close: () => file.close(),
  };
}

async function openOwn(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'w', 0o600);
  } catch (error) {
    throw new PipewardenError('USAGE', { problem: `cannot write the report: ${messageOf(error)}` }, error);
  }
}
