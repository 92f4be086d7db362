// The setting `listeners`: ports that lines are sent to.
import { z } from 'zod';
import { SOURCES } from '../../collector/sources/index.ts';
import { secretReference } from '../../core/configuration/secret-reference.ts';
import type { NamedReference } from './named-reference.ts';

const LINES = SOURCES.filter(({ body }) => body !== 'log').map(({ id }) => id);

const listener = z
  .strictObject({
    source: z.enum(LINES).describe('What the lines are: `vault.audit`, `jenkins.audit` …'),
    protocol: z.enum(['tcp', 'udp']).default('tcp').describe('UDP loses what comes too fast, without a word.'),
    host: z.string().min(1).default('127.0.0.1'),
    port: z.int().min(0).max(65_535),
    syslog: z.boolean().default(false).describe('Lines have a syslog header (RFC 5424 or 3164), which is left out.'),
    allow: z
      .array(z.union([z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()]))
      .default([])
      .describe('Networks that may send; without one, whoever reaches the port: lines prove nothing of who sent them.'),
    tls: z
      .strictObject({
        cert: secretReference.describe('Certificate (PEM).'),
        key: secretReference.describe('Its private key (PEM).'),
        ca: secretReference.optional().describe('Whose certificates senders have to show (PEM).'),
      })
      .optional()
      .describe('Of TCP alone.'),
  })
  .refine(({ protocol, tls }) => protocol === 'tcp' || tls === undefined, 'UDP has no TLS here: take TCP');

export const listeners = z
  .array(listener)
  .default([])
  .describe('Lines of those that can send nothing else: Vault’s socket device, syslog of Jenkins’ Audit Trail plugin.');

export function listenerSecrets(configured: z.output<typeof listeners>): readonly NamedReference[] {
  return configured.flatMap(({ source, tls }) => [
    [`${source} listener certificate`, tls?.cert] as const,
    [`${source} listener key`, tls?.key] as const,
    [`${source} listener CA`, tls?.ca] as const,
  ]);
}
