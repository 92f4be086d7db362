// The log of a job, when the webhook says that it has ended: Gitea's of the job, Forgejo's of its run.
// https://docs.gitea.com/api/ (downloadActionsRunJobLogs, https://github.com/go-gitea/gitea/pull/33858);
// https://codeberg.org/api/swagger (ListActionRunJobs, repoGetActionJobLogs, https://codeberg.org/forgejo/forgejo/pulls/12666).
import { identifier, list, text } from '../../fields.ts';
import type { Client } from '../client.ts';
import { logAt, missingLog } from '../log-at.ts';
import type { LogPlace } from '../logs.ts';
import { severalLogs } from '../several-logs.ts';
import type { Pull, Surroundings } from '../system.ts';

const SOURCE = 'gitea.job-log';

export function jobLogPull(owners: readonly string[], api: Client, surroundings: Surroundings): Pull {
  const watched = new Set(owners.map((owner) => owner.toLowerCase()));
  return {
    name: 'job-log',
    source: SOURCE,
    wanted({ source, kind, detail, vcs, cicd }) {
      if (source !== 'gitea.webhook' || kind !== 'job' || !('action' in detail) || detail.action !== 'completed')
        return;
      const repository = vcs?.repository?.name;
      const { run, task } = cicd?.pipeline ?? {};
      if (repository === undefined || run === undefined || task?.run?.id === undefined) return;
      if (task.run.result === 'skip' || !isWatched(repository, watched)) return;
      // A job that is run again keeps its id.
      const attempt = run.attempt === undefined ? {} : { attempt: String(run.attempt) };
      return { repository, run: run.id, job: task.run.id, name: task.name, ...attempt };
    },
    read({ repository = '', run = '', job = '', name = '' }, cursor, signal) {
      const path = `/repos/${repository}/actions/jobs/${job}/logs`;
      const whose = { source: SOURCE, repository, run_id: run, job: name };
      return logAt({ api, path, whose }, cursor, surroundings, signal);
    },
  };
}

/** Forgejo tells of runs alone; it has logs, and lists of a run's jobs, since version 16. */
export function runLogsPull(owners: readonly string[], api: Client, surroundings: Surroundings): Pull {
  const watched = new Set(owners.map((owner) => owner.toLowerCase()));
  return {
    name: 'run-logs',
    source: SOURCE,
    wanted({ source, kind, native_type = '', vcs, cicd, record }) {
      if (source !== 'gitea.webhook' || kind !== 'run' || !native_type.startsWith('action_run')) return;
      const repository = vcs?.repository?.name;
      const run = cicd?.pipeline?.run?.id;
      if (repository === undefined || run === undefined || !isWatched(repository, watched)) return;
      // A run that is run again keeps its id, and ends at another time.
      const ended = text(record, 'run', 'stopped') ?? text(record, 'run', 'updated');
      return { repository, run, ...(ended !== undefined && { ended }) };
    },
    async *read({ repository = '', run = '' }, cursor, signal) {
      const whose: LogPlace = { source: SOURCE, repository, run_id: run };
      const { status, body } = await api.get(`/repos/${repository}/actions/runs/${run}/jobs`, signal, {
        expect: [404],
      });
      if (status === 404) {
        yield missingLog({ ...whose, job: 'any job' });
        return;
      }
      const logs = list(body).flatMap((job) => {
        const id = identifier(job, 'id');
        if (id === undefined || text(job, 'status') === 'skipped') return [];
        const attempt = identifier(job, 'attempt');
        const path = `/repos/${repository}/actions/jobs/${id}/logs${attempt === undefined ? '' : `?attempt=${attempt}`}`;
        const theirs = { ...whose, job: text(job, 'name') ?? id };
        return [
          {
            id: `${id} ${attempt ?? ''}`,
            read: (place: Parameters<Pull['read']>[1]) =>
              logAt({ api, path, whose: theirs }, place, surroundings, signal),
          },
        ];
      });
      yield* severalLogs(logs, cursor);
    },
  };
}

function isWatched(repository: string, watched: ReadonlySet<string>): boolean {
  return watched.has(repository.split('/', 1)[0]?.toLowerCase() ?? '');
}
