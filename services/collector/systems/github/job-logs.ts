// The log of a job, when it has ended: GitHub gives none before.
// https://docs.github.com/en/rest/actions/workflow-jobs#download-job-logs-for-a-workflow-run
import { openArchive } from '../../log/archive/archive.ts';
import { counted, countedContent } from '../../log/archive/counted.ts';
import { jobOf } from '../../log/archive/jobs.ts';
import { refusal } from '../../log/archive/problem.ts';
import { zippedOrPlain } from '../../log/archive/zipped.ts';
import type { Client } from '../client.ts';
import { finishedLog } from '../logs.ts';
import type { Pull, Surroundings } from '../system.ts';
import { isWatched } from './watched.ts';

export function jobLogPull(organizations: readonly string[], api: Client, surroundings: Surroundings): Pull {
  return {
    name: 'job-log',
    source: 'github.job-log',
    wanted(activity) {
      if (activity.source !== 'github.webhook' || activity.kind !== 'job' || activity.detail.action !== 'completed')
        return;
      const repository = activity.vcs?.repository?.name;
      const { run, task } = activity.cicd?.pipeline ?? {};
      if (repository === undefined || run === undefined || task?.run?.id === undefined) return;
      // A job that was skipped wrote nothing.
      if (!isWatched(repository, organizations) || task.run.result === 'skip') return;
      return { repository, run: run.id, job: task.run.id, name: task.name };
    },
    async *read({ repository = '', run = '', job = '', name = '' }, cursor, signal) {
      const log = await api.bytes(jobLogPath(repository, job), signal);
      const whose = { source: 'github.job-log', repository, run_id: run, job: name };
      yield* finishedLog(textOf(log.bytes(), name, surroundings), whose, cursor, surroundings);
    },
  };
}

export function jobLogPath(repository: string, job: string): string {
  return `/repos/${repository}/actions/jobs/${job}/logs`;
}

/** As it is, or out of the zip in which it comes. Throws ARCHIVE_REFUSED before anything is given. */
export async function* textOf(
  bytes: AsyncIterable<Uint8Array>,
  job: string,
  { onArchived }: Pick<Surroundings, 'onArchived'>,
): AsyncGenerator<Uint8Array> {
  const found = await counted(() => textIn(bytes, job), onArchived);
  yield* 'plain' in found ? found.plain : countedContent(found, onArchived);
}

async function textIn(bytes: AsyncIterable<Uint8Array>, job: string) {
  const found = await zippedOrPlain(bytes);
  if ('plain' in found) return found;
  const files = await openArchive(found.zip, () => true);
  const file = files.length === 1 ? files[0] : files.find(({ name }) => jobOf(name, [job]) !== undefined);
  if (!file) throw refusal('the archive', 'name');
  return file;
}
