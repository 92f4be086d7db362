// What the configuration says of a Jira that is read.
import { z } from 'zod';
import { secretReference } from '../../../core/configuration/secret-reference.ts';
import { share, systemName } from '../settings.ts';

const address = z.url({ protocol: /^https?$/ });

export const jiraSettings = z.strictObject({
  type: z.literal('jira').describe('Jira, Cloud or Data Center: how the tickets of weaknesses stand.'),
  name: systemName('jira'),
  url: address.describe('Where people read it: `https://acme.atlassian.net`.'),
  edition: z.enum(['cloud', 'data-center']).default('cloud').describe('They search at different addresses.'),
  api: address
    .optional()
    .describe('Of Cloud, for a token with scopes: `https://api.atlassian.com/ex/jira/CLOUD-ID`; else as `url`.'),
  user: z
    .string()
    .min(1)
    .optional()
    .describe(
      'The e-mail address of the account whose API token it is; without it the token is a personal access token.',
    ),
  token: secretReference.describe(
    'An API token (Cloud) or a personal access token (Data Center); docs/sources.md lists its scope.',
  ),
  projects: z
    .array(z.string().regex(/^[A-Za-z][A-Za-z0-9_]{1,254}$/, 'expected the key of a project: SEC'))
    .min(1)
    .describe('Keys of the projects whose issues are read: `SEC`.'),
  query: z
    .string()
    .min(1)
    .max(2_000)
    .refine((query) => !/\border\s+by\b/i.test(query), 'expected conditions alone, without ORDER BY')
    .optional()
    .describe('Only issues for which this holds too, in Jira’s own language: `labels = security`.'),
  share,
});

export type JiraSettings = z.output<typeof jiraSettings>;
