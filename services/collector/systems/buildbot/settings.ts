// What the configuration says of a Buildbot that is read.
import { z } from 'zod';
import { secretReference } from '../../../core/configuration/secret-reference.ts';
import { systemName } from '../settings.ts';

export const READS = ['builds', 'logs', 'inventory'] as const;

export const buildbotSettings = z
  .strictObject({
    type: z.literal('buildbot').describe('Buildbot, version 2 or newer.'),
    name: systemName('buildbot'),
    url: z
      .url({ protocol: /^https?$/ })
      .describe('Its address, as `buildbotURL` in `master.cfg`; Pipewarden asks below it, at `/api/v2`.'),
    user: z.string().min(1).optional().describe('Where a proxy before it asks for a name and a password.'),
    password: secretReference.optional().describe('The user’s password.'),
    read: z
      .array(z.enum(READS))
      .default([...READS])
      .describe(
        'builds: those whose push never came; logs: of steps, while they run; inventory: workers, builders, schedulers.',
      ),
  })
  .refine(
    ({ user, password }) => (user === undefined) === (password === undefined),
    'give a user and a password, or neither',
  );

export type BuildbotSettings = z.output<typeof buildbotSettings>;
