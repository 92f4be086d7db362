// What the configuration says of a Jenkins that is read.
import { z } from 'zod';
import { secretReference } from '../../../core/configuration/secret-reference.ts';
import { systemName } from '../settings.ts';

export const READS = ['builds', 'console', 'definitions', 'inventory', 'configuration'] as const;

export const jenkinsSettings = z.strictObject({
  type: z.literal('jenkins').describe('Jenkins.'),
  name: systemName('jenkins'),
  url: z.url({ protocol: /^https?$/ }).describe('Its address, as in Manage Jenkins → System → Jenkins URL.'),
  user: z.string().min(1).describe('Whose API token it is; docs/sources.md lists the permissions.'),
  token: secretReference.describe('An API token of this user.'),
  read: z
    .array(z.enum(READS))
    .default([...READS])
    .describe(
      'builds: those that no event told of; console: of builds, while they run; definitions: of jobs; inventory: nodes, plugins, guards; configuration: all that Configuration as Code exports.',
    ),
});

export type JenkinsSettings = z.output<typeof jenkinsSettings>;
