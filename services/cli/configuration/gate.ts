// The setting `gate`: what is asked before a deployment.
import { z } from 'zod';
import { secretReference } from '../../core/configuration/secret-reference.ts';
import { SEVERITIES } from '../../core/severity.ts';
import type { NamedReference } from './named-reference.ts';

export const gate = z
  .strictObject({
    host: z.string().min(1).default('127.0.0.1'),
    port: z.int().min(0).max(65_535).default(7119),
    tokens: z
      .array(secretReference)
      .min(1)
      .max(2)
      .describe('Bearer token of those who ask; while it is being rotated, the current one and then the previous one.'),
    hold_at: z
      .enum(SEVERITIES)
      .default('high')
      .describe('An open incident of the commit, the run or the environment that is at least so bad holds it.'),
    hold_repository_at: z
      .enum(SEVERITIES)
      .default('critical')
      .describe('The same, of the repository alone: all of its deployments wait.'),
    when_unknown: z
      .enum(['allow', 'hold'])
      .default('allow')
      .describe('When incidents cannot be asked for: fails open, or closed. The answer says so.'),
  })
  .optional()
  .describe('Answers `GET /v1/gate?repository=&sha=&run=&environment=` of the responder, before a deployment.');

export function gateSecrets(configured: z.output<typeof gate>): readonly NamedReference[] {
  return (configured?.tokens ?? []).map((token) => ['gate token', token] as const);
}
