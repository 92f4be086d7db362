// The logs of one run's jobs. A run has one archive with all of them, so they cost a request an attempt and one for the list
// of its jobs; where the archive cannot be had, or lacks a job, that job's own log is asked for.
// https://docs.github.com/en/rest/actions/workflow-runs#download-workflow-run-attempt-logs
import { messageOf, PipewardenError } from '../../../core/errors.ts';
import type { Json } from '../../../core/json.ts';
import { identifier, number, text } from '../../fields.ts';
import { type ArchivedFile, openArchive } from '../../log/archive/archive.ts';
import { counted, countedContent } from '../../log/archive/counted.ts';
import { jobNameIn, jobOf } from '../../log/archive/jobs.ts';
import { problemOf } from '../../log/archive/problem.ts';
import { wholeZip } from '../../log/archive/zipped.ts';
import type { Client } from '../client.ts';
import { finishedLog } from '../logs.ts';
import type { Surroundings, Turn } from '../system.ts';
import { jobLogPath, textOf } from './job-logs.ts';
import type { Lacking } from './lacking.ts';
import { jobsOf } from './runs.ts';

/** Of what is past its retention. */
const GONE = { expect: [404, 410] };

/** Reads one attempt of the run. */
export function runLogs(
  repository: string,
  run: Json,
  api: Client,
  surroundings: Surroundings,
  lacking: Lacking,
  signal: AbortSignal,
): (attempt: number) => AsyncGenerator<Turn> {
  const id = identifier(run, 'id') ?? '';
  let listed: Promise<readonly Json[]> | undefined;

  return async function* (attempt) {
    const files = await archiveOf(attempt);
    if (files === 'gone') return;
    listed ??= jobsOf(repository, run, api, signal);
    // A job that was skipped wrote nothing.
    const jobs = (await listed).filter((job) => text(job, 'conclusion') !== 'skipped');
    const names = new Set(jobs.flatMap((job) => text(job, 'name') ?? []));
    const had = new Set<string>();
    // Of jobs with one name, one may be right.
    const refused = new Set<string>();
    for (const file of files) {
      const job = jobOf(file.name, names);
      if (job === undefined) strange();
      else ((yield* told(countedContent(file, surroundings.onArchived), job, 'file')) ? had : refused).add(job);
    }
    for (const job of jobs) {
      const name = text(job, 'name');
      if (number(job, 'run_attempt') !== attempt || name === undefined) continue;
      if (!had.has(name) || refused.has(name)) yield* own(job, name);
    }
  };

  /** Where it cannot be read, there are no files. */
  async function archiveOf(attempt: number): Promise<readonly ArchivedFile[] | 'gone'> {
    try {
      const path = `/repos/${repository}/actions/runs/${id}/attempts/${attempt}/logs`;
      const answer = await api.bytes(path, signal, GONE);
      if (answer.status !== 200) {
        lacking.add('gone', id);
        return 'gone';
      }
      const open = async () => openArchive(await wholeZip(answer.bytes()), (name) => jobNameIn(name) !== undefined);
      return await counted(open, surroundings.onArchived);
    } catch (error) {
      // GitHub gives up on archives that are very large. If it is away as a whole, the next request will tell.
      if (problemOf(error) === undefined && !isAway(error)) throw error;
      lacking.add('archive', id, messageOf(error));
      return [];
    }
  }

  function strange(): void {
    surroundings.onArchived('name');
    lacking.add('strange', id);
  }

  async function* own(job: Json, name: string): AsyncGenerator<Turn> {
    const answer = await api.bytes(jobLogPath(repository, identifier(job, 'id') ?? ''), signal, GONE);
    if (answer.status === 200) yield* told(textOf(answer.bytes(), name, surroundings), name, 'log');
    else lacking.add('log', id);
  }

  /** False where an archive is refused, before anything of it is told. */
  async function* told(
    bytes: AsyncIterable<Uint8Array>,
    job: string,
    otherwise: 'file' | 'log',
  ): AsyncGenerator<Turn, boolean> {
    const whose = { source: 'github.job-log', repository, run_id: id, job, history: true as const };
    try {
      yield* finishedLog(bytes, whose, undefined, surroundings);
      return true;
    } catch (error) {
      if (problemOf(error) === undefined) throw error;
      lacking.add(otherwise, id, messageOf(error));
      return false;
    }
  }
}

function isAway(error: unknown): boolean {
  return error instanceof PipewardenError && (error.code === 'API_BUSY' || error.code === 'API_UNREACHABLE');
}
