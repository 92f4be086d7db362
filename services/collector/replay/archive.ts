// The logs in a replay file of logs: one, or those of the jobs in an archive as GitHub's page "Download log archive" gives it.
import { messageOf } from '../../core/errors.ts';
import { type ArchivedFile, openArchive } from '../log/archive/archive.ts';
import { jobNameIn, jobOf } from '../log/archive/jobs.ts';
import { problemOf } from '../log/archive/problem.ts';
import { zippedOrPlain } from '../log/archive/zipped.ts';
import { DAMAGED, DamagedInput } from './bytes.ts';

export interface LogFound {
  /** From 1. */
  readonly number: number;
  /** Why nothing can be read here; it quotes nothing. */
  readonly problem?: string;
  readonly content: AsyncIterable<Uint8Array>;
  /** Whose log it is, as far as that can be told. */
  job(body: string): string | undefined;
}

/** The runner's own line, before anything that the job prints. */
const NAMED = /^[\d:.TZ-]{20,40} Complete job name: (\S.{0,300}?)\r?$/m;
const SETUP = 16 * 1024;

/** `only`: of an archive this job; else it is what a single log's job is called. */
export async function* logsIn(bytes: AsyncIterable<Uint8Array>, only: string | undefined): AsyncGenerator<LogFound> {
  try {
    const found = await zippedOrPlain(bytes);
    if ('plain' in found) yield { number: 1, content: found.plain, job: () => only };
    else yield* jobLogs(await openArchive(found.zip, (name) => jobNameIn(name) !== undefined), only);
  } catch (error) {
    if (problemOf(error) === undefined && !(error instanceof DamagedInput)) throw error;
    yield unreadable(1, error instanceof DamagedInput ? DAMAGED : messageOf(error));
  }
}

async function* jobLogs(files: readonly ArchivedFile[], only: string | undefined): AsyncGenerator<LogFound> {
  let isNone = true;
  for (const [index, { name, open }] of files.entries()) {
    if (only !== undefined && jobOf(name, [only]) === undefined) continue;
    isNone = false;
    const job = (body: string) => only ?? NAMED.exec(body.slice(0, SETUP))?.[1] ?? jobNameIn(name);
    const number = index + 1;
    const content = await open().catch((error: unknown) => {
      if (problemOf(error) === undefined) throw error;
      return messageOf(error);
    });
    yield typeof content === 'string' ? unreadable(number, content) : { number, content, job };
  }
  if (isNone)
    yield unreadable(1, 'the archive holds no log of such a job: they lie at its top, called like 3_build.txt');
}

function unreadable(number: number, problem: string): LogFound {
  return { number, problem, content: none(), job: () => undefined };
}

async function* none(): AsyncGenerator<Uint8Array> {}
