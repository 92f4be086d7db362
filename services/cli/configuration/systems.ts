// The setting `systems`: what is read at its own API, beside what is delivered to us.
import { z } from 'zod';
import { SYSTEMS, systemOf } from '../../collector/systems/index.ts';
import { PipewardenError } from '../../core/errors.ts';
import { distinct } from './distinct.ts';
import type { NamedReference } from './named-reference.ts';

const [first, ...rest] = SYSTEMS.map(({ settings }) => settings);
if (!first) throw new PipewardenError('INTERNAL', { problem: 'there is no system' });

export const systems = z
  .array(z.discriminatedUnion('type', [first, ...rest]))
  .refine(distinct('name'), 'two systems have the same name; give each a name of its own')
  .default([])
  .describe('What is read: audit logs, build logs, how everything is set.');

export function systemSecrets(configured: z.output<typeof systems>): readonly NamedReference[] {
  return configured.flatMap((settings) => {
    const secrets = systemOf(settings).secrets(settings);
    return secrets.map(([name, reference]) => [`${settings.name} ${name}`, reference] as const);
  });
}
