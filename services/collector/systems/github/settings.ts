// What the configuration says of a GitHub that is read.
import { z } from 'zod';
import { secretReference } from '../../../core/configuration/secret-reference.ts';
import { share, systemName } from '../settings.ts';

export const READS = ['audit', 'deliveries', 'job-logs', 'definitions', 'inventory', 'references'] as const;

export const githubSettings = z
  .strictObject({
    type: z.literal('github').describe('GitHub, in the cloud or an Enterprise Server.'),
    name: systemName('github'),
    url: z
      .url({ protocol: /^https?$/ })
      .default('https://api.github.com')
      .describe('Address of the API; of an Enterprise Server `https://HOST/api/v3`.'),
    token: secretReference.optional().describe('A fine-grained token; docs/sources.md lists its permissions.'),
    app: z
      .strictObject({
        id: z.string().min(1).describe('App or client id.'),
        installation: z.string().regex(/^\d+$/).describe('Id of its installation in the organization.'),
        key: secretReference.describe('The app’s private key (PEM).'),
      })
      .optional()
      .describe('A GitHub App, instead of a token: its own rate limit, and nobody’s account.'),
    organizations: z
      .array(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,98}$/, 'expected the name of an organization'))
      .min(1)
      .describe('Those that are watched.'),
    read: z
      .array(z.enum(READS))
      .default([...READS])
      .describe(
        'audit: the audit log (Enterprise Cloud); deliveries: those of webhooks that failed; job-logs: when a job has ended; definitions: when a push touched them; inventory: how everything is set; references: where those of third-party actions lead.',
      ),
    webhook: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe('The address that the organization’s webhook delivers to, for `deliveries`.'),
    share,
  })
  .refine(({ token, app }) => (token === undefined) !== (app === undefined), 'give a token or an app, one of the two');

export type GithubSettings = z.output<typeof githubSettings>;
