// Gitea, as it is read: the log of a job, when it has ended.
// https://docs.gitea.com/api/ (downloadActionsRunJobLogs, https://github.com/go-gitea/gitea/pull/33858).
import { z } from 'zod';
import { secretReference } from '../../../core/configuration/secret-reference.ts';
import type { Client } from '../client.ts';
import { finishedLog } from '../logs.ts';
import { systemName } from '../settings.ts';
import { type Connection, defineSystem, type Pull, type Surroundings } from '../system.ts';

const giteaSettings = z.strictObject({
  type: z.literal('gitea').describe('Gitea.'),
  name: systemName('gitea'),
  url: z.url({ protocol: /^https?$/ }).describe('Address of the instance.'),
  token: secretReference.describe('An access token; docs/sources.md lists its scope.'),
  owners: z
    .array(z.string().regex(/^[\w.-]{1,100}$/, 'expected the name of an organization or user'))
    .min(1)
    .describe('Organizations and users whose repositories are watched.'),
});

export const gitea = defineSystem({
  type: 'gitea',
  title: 'Gitea',
  settings: giteaSettings,
  secrets: ({ token }) => [['token', token]],
  connect({ name, url, token, owners }: z.output<typeof giteaSettings>, surroundings: Surroundings): Connection {
    const api = surroundings.client({
      baseUrl: `${url.replace(/\/+$/, '')}/api/v1`,
      headers: () => ({ authorization: `token ${surroundings.secret(token)}` }),
    });
    const conditions = [
      {
        name: `${name} credential`,
        async problem(signal: AbortSignal) {
          await api.get('/repos/search?limit=1', signal);
          return undefined;
        },
      },
    ];
    return { polls: [], pulls: [jobLogPull(owners, api, surroundings)], histories: [], conditions };
  },
});

function jobLogPull(owners: readonly string[], api: Client, surroundings: Surroundings): Pull {
  const watched = new Set(owners.map((owner) => owner.toLowerCase()));
  return {
    name: 'job-log',
    source: 'gitea.job-log',
    wanted({ source, kind, detail, vcs, cicd }) {
      if (source !== 'gitea.webhook' || kind !== 'job' || !('action' in detail) || detail.action !== 'completed')
        return;
      const repository = vcs?.repository?.name;
      const { run, task } = cicd?.pipeline ?? {};
      if (repository === undefined || run === undefined || task?.run?.id === undefined) return;
      if (task.run.result === 'skip' || !watched.has(repository.split('/', 1)[0]?.toLowerCase() ?? '')) return;
      // A job that is run again keeps its id.
      const attempt = run.attempt === undefined ? {} : { attempt: String(run.attempt) };
      return { repository, run: run.id, job: task.run.id, name: task.name, ...attempt };
    },
    async *read({ repository = '', run = '', job = '', name = '' }, cursor, signal) {
      const log = await api.bytes(`/repos/${repository}/actions/jobs/${job}/logs`, signal, {
        headers: { accept: '*/*' },
      });
      const whose = { source: 'gitea.job-log', repository, run_id: run, job: name };
      yield* finishedLog(log.bytes(), whose, cursor, surroundings);
    },
  };
}
