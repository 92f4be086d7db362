// The log of a job, when it has ended: GitHub gives none before.
// https://docs.github.com/en/rest/actions/workflow-jobs#download-job-logs-for-a-workflow-run
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
      const log = await api.bytes(`/repos/${repository}/actions/jobs/${job}/logs`, signal);
      const whose = { source: 'github.job-log', repository, run_id: run, job: name };
      yield* finishedLog(log.bytes(), whose, cursor, surroundings);
    },
  };
}
