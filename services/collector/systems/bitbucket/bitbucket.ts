// Bitbucket Cloud, as it is read: the logs of a pipeline's steps, when they have ended.
import { z } from 'zod';
import { secretReference } from '../../../core/configuration/secret-reference.ts';
import { basicAuthorization } from '../basic.ts';
import type { Client } from '../client.ts';
import { below, share, systemName } from '../settings.ts';
import { type Condition, type Connection, defineSystem, type Surroundings } from '../system.ts';
import { stepLogPull } from './step-logs.ts';

const slug = z.string().regex(/^[\w.-]{1,100}$/, 'expected a slug, as it stands in addresses');

const bitbucketSettings = z.strictObject({
  type: z.literal('bitbucket').describe('Bitbucket Cloud.'),
  name: systemName('bitbucket'),
  url: z
    .url({ protocol: /^https?$/ })
    .default('https://api.bitbucket.org')
    .describe('Address of its REST API.'),
  token: secretReference.describe('An access token, or the API token of `user`; docs/sources.md lists its scope.'),
  user: z
    .email()
    .optional()
    .describe('Address of the account whose API token it is; without it, it is an access token.'),
  workspace: slug.describe('The workspace that is watched.'),
  repositories: z
    .array(slug)
    .min(1)
    .optional()
    .describe('Those of its repositories whose logs are read; without it all whose webhook delivers.'),
  share,
});

export type BitbucketSettings = z.output<typeof bitbucketSettings>;

export const bitbucket = defineSystem({
  type: 'bitbucket',
  title: 'Bitbucket Cloud',
  settings: bitbucketSettings,
  secrets: ({ token }) => [['token', token]],
  connect(settings: BitbucketSettings, surroundings: Surroundings): Connection {
    const { url, token, user, share } = settings;
    // https://support.atlassian.com/bitbucket-cloud/docs/using-access-tokens/, …/docs/using-api-tokens/
    const authorization = () =>
      user === undefined
        ? `Bearer ${surroundings.secret(token)}`
        : basicAuthorization(user, surroundings.secret(token));
    const api = surroundings.client({
      baseUrl: below(url, '/2.0'),
      share,
      headers: () => ({ authorization: authorization() }),
    });
    return {
      polls: [],
      pulls: [stepLogPull(settings, api, surroundings)],
      histories: [],
      conditions: conditions(settings, api),
    };
  },
});

/** Where no repository is named, one that is not there is asked for: 404 says that the token is good for such a question. */
function conditions({ name, workspace, repositories }: BitbucketSettings, api: Client): readonly Condition[] {
  const asked = (what: string, repository: string, expect: readonly number[]): Condition => ({
    name: `${name} ${what}`,
    async problem(signal) {
      await api.get(`/repositories/${workspace}/${repository}/pipelines?pagelen=1`, signal, { expect });
      return undefined;
    },
  });
  if (repositories === undefined) return [asked('credential', 'pipewarden-asks-whether-it-may', [404])];
  return repositories.map((repository) => asked(`pipelines of ${repository}`, repository, []));
}
