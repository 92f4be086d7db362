// Buildkite, as it is read: the log of a job, when it has ended.
import { z } from 'zod';
import { secretReference } from '../../../core/configuration/secret-reference.ts';
import { texts } from '../../fields.ts';
import type { Client } from '../client.ts';
import { below, share, systemName } from '../settings.ts';
import { type Condition, type Connection, defineSystem, type Surroundings } from '../system.ts';
import { jobLogPull } from './job-logs.ts';

const buildkiteSettings = z.strictObject({
  type: z.literal('buildkite').describe('Buildkite.'),
  name: systemName('buildkite'),
  url: z
    .url({ protocol: /^https?$/ })
    .default('https://api.buildkite.com')
    .describe('Address of its REST API.'),
  token: secretReference.describe('An API access token; docs/sources.md lists its scope.'),
  organizations: z
    .array(z.string().regex(/^[\w.-]{1,100}$/, 'expected the slug of an organization'))
    .min(1)
    .describe('Slugs of the organizations that are watched.'),
  share,
});

export const buildkite = defineSystem({
  type: 'buildkite',
  title: 'Buildkite',
  settings: buildkiteSettings,
  secrets: ({ token }) => [['token', token]],
  connect(
    { name, url, token, organizations, share }: z.output<typeof buildkiteSettings>,
    surroundings: Surroundings,
  ): Connection {
    const api = surroundings.client({
      baseUrl: below(url, '/v2'),
      share,
      headers: () => ({ authorization: `Bearer ${surroundings.secret(token)}` }),
    });
    return {
      polls: [],
      pulls: [jobLogPull(organizations, api, surroundings)],
      histories: [],
      conditions: [credential(name, api)],
    };
  },
});

/** https://buildkite.com/docs/apis/rest-api/access-token#get-the-current-token */
function credential(name: string, api: Client): Condition {
  return {
    name: `${name} credential`,
    async problem(signal) {
      const { body } = await api.get('/access-token', signal);
      const scopes = texts(body, 'scopes') ?? [];
      if (scopes.includes('read_build_logs')) return undefined;
      return `the token’s scopes are ${scopes.join(', ')}: it needs read_build_logs`;
    },
  };
}
