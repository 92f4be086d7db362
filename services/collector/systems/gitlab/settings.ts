// What the configuration says of a GitLab that is read.
import { z } from 'zod';
import { secretReference } from '../../../core/configuration/secret-reference.ts';
import { share, systemName } from '../settings.ts';

export const READS = ['audit', 'pipelines', 'deliveries', 'job-logs', 'inventory'] as const;

export const gitlabSettings = z
  .strictObject({
    type: z.literal('gitlab').describe('GitLab, gitlab.com or an instance of your own.'),
    name: systemName('gitlab'),
    url: z
      .url({ protocol: /^https?$/ })
      .default('https://gitlab.com')
      .describe('Address of the instance.'),
    token: secretReference.describe('An access token; docs/sources.md lists its scope and role.'),
    groups: z
      .array(z.string().regex(/^[\w.-]{1,255}(?:\/[\w.-]{1,255}){0,20}$/, 'expected the path of a group'))
      .default([])
      .describe('Those that are watched, with all below them: `acme`, `acme/web`.'),
    instance: z
      .boolean()
      .default(false)
      .describe('Everything on the instance is watched; takes an administrator’s token.'),
    read: z
      .array(z.enum(READS))
      .default([...READS])
      .describe(
        'audit: audit events (Premium); pipelines: those whose webhook did not arrive; deliveries: webhooks that failed; job-logs: while jobs run; inventory: how everything is set.',
      ),
    webhook: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe('The address that webhooks of groups or projects deliver to, for `deliveries`.'),
    audit_log: z
      .string()
      .optional()
      .describe(
        'On the instance’s own machine: `/var/log/gitlab/gitlab-rails/audit_json.log`, which is read as it is written.',
      ),
    share,
  })
  .refine(({ groups, instance }) => instance || groups.length > 0, 'name groups, or set `instance`');

export type GitlabSettings = z.output<typeof gitlabSettings>;
