// Gitea and Forgejo, as they are read: the log of a job, when it has ended.
import { z } from 'zod';
import { secretReference } from '../../../core/configuration/secret-reference.ts';
import { below, systemName } from '../settings.ts';
import { type Connection, defineSystem, type Surroundings } from '../system.ts';
import { jobLogPull, runLogsPull } from './job-logs.ts';

const giteaSettings = z.strictObject({
  type: z.literal('gitea').describe('Gitea or Forgejo.'),
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
  title: 'Gitea and Forgejo',
  settings: giteaSettings,
  secrets: ({ token }) => [['token', token]],
  connect({ name, url, token, owners }: z.output<typeof giteaSettings>, surroundings: Surroundings): Connection {
    const api = surroundings.client({
      baseUrl: below(url, '/api/v1'),
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
    const pulls = [jobLogPull(owners, api, surroundings), runLogsPull(owners, api, surroundings)];
    return { polls: [], pulls, histories: [], conditions };
  },
});
