// The setting `results`: where CI jobs hand in what other tools found.
import { z } from 'zod';
import { secretReference } from '../../core/configuration/secret-reference.ts';
import type { NamedReference } from './named-reference.ts';

export const results = z
  .strictObject({
    tokens: z
      .array(secretReference)
      .min(1)
      .max(2)
      .describe('Bearer token of the jobs; while it is being rotated, the current one and then the previous one.'),
    body_limit: z
      .int()
      .min(1024)
      .max(104_857_600)
      .default(26_214_400)
      .describe('Largest report in bytes, also of a compressed one; a report is in memory as a whole, one at a time.'),
  })
  .optional()
  .describe('Takes reports of other tools at `POST /v1/results` of the collector; docs/results.md says how.');

export function resultsSecrets(configured: z.output<typeof results>): readonly NamedReference[] {
  return (configured?.tokens ?? []).map((token) => ['results token', token] as const);
}
