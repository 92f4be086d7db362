// What the configuration says of a CircleCI that is read.
import { z } from 'zod';
import { secretReference } from '../../../core/configuration/secret-reference.ts';
import { share, systemName } from '../settings.ts';

export const READS = ['pipelines', 'job-logs'] as const;

export const circleciSettings = z.strictObject({
  type: z.literal('circleci').describe('CircleCI, in the cloud or a server.'),
  name: systemName('circleci'),
  url: z
    .url({ protocol: /^https?$/ })
    .default('https://circleci.com')
    .describe('Address; of a server its own.'),
  token: secretReference.describe('A personal API token; docs/sources.md says of whom.'),
  organizations: z
    .array(z.string().regex(/^(?:gh|github|bb|bitbucket|circleci)\/[\w.-]{1,100}$/, 'expected a slug such as gh/acme'))
    .min(1)
    .describe('Slugs of those that are watched: `gh/acme`, `bb/acme`, `circleci/ORGANIZATION-ID`.'),
  read: z
    .array(z.enum(READS))
    .default([...READS])
    .describe('pipelines: those whose webhook did not arrive; job-logs: the output of steps, when a job has ended.'),
  share,
});

export type CircleciSettings = z.output<typeof circleciSettings>;
