// The configuration file: one schema, from which types, JSON Schema, reference and error messages come.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { parseYaml } from '../core/configuration/parse.ts';
import { secretReference } from '../core/configuration/secret-reference.ts';
import { messageOf, PipewardenError } from '../core/errors.ts';
import { alerts } from './configuration/alerts.ts';
import { checkApprovers } from './configuration/approvers.ts';
import { containment } from './configuration/containment.ts';
import { distinct } from './configuration/distinct.ts';
import { documentStore } from './configuration/document-store.ts';
import { enrichment } from './configuration/enrichment.ts';
import { eventLog } from './configuration/event-log.ts';
import { gate } from './configuration/gate.ts';
import { identities } from './configuration/identities.ts';
import { jobQueue } from './configuration/job-queue.ts';
import { listeners } from './configuration/listeners.ts';
import { checkReferences } from './configuration/references.ts';
import { results } from './configuration/results.ts';
import { sources } from './configuration/sources.ts';
import { systems } from './configuration/systems.ts';

const port = (ours: number) => z.int().min(0).max(65_535).default(ours);
const host = z.string().min(1).default('127.0.0.1');

const id = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,40}$/, 'expected lower-case letters, digits and -, beginning with a letter')
  .refine((id) => id !== 'store', 'store is the name of what fills the console; choose another')
  .describe('Name of the destination; a new name starts from the oldest kept entry.');

const sends = z
  .array(z.enum(['finding', 'incident', 'audit']))
  .min(1)
  .default(['incident'])
  .describe('What is forwarded.');

const destination = z.discriminatedUnion('type', [
  z.strictObject({
    id,
    type: z.literal('stdout').describe('One JSON object a line on standard output.'),
    send: sends,
  }),
  z.strictObject({
    id,
    type: z.literal('file').describe('One JSON object a line, appended to a file.'),
    path: z.string().min(1).describe('The file; made where it is missing.'),
    send: sends,
  }),
  z.strictObject({
    id,
    type: z.literal('webhook').describe('A signed HTTP POST.'),
    url: z.url({ protocol: /^https?$/ }).describe('Where it is posted to.'),
    secret: secretReference.describe('Key of the HMAC-SHA-256 signature.'),
    send: sends,
  }),
]);

const settings = z.strictObject({
  data: z.string().min(1).default('pipewarden-data').describe('Folder for everything that is kept.'),
  log: z
    .strictObject({ level: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info') })
    .prefault({})
    .describe('Structured logs, on standard error.'),
  collector: z
    .strictObject({ host, port: port(7118) })
    .prefault({})
    .describe('Where deliveries of webhooks are received.'),
  console: z
    .strictObject({
      host,
      port: port(7117),
      url: z
        .url({ protocol: /^https?$/ })
        .optional()
        .describe('Where people reach it, which links into it begin with; default: host and port.'),
      key: secretReference
        .optional()
        .describe(
          'Signs links into it, 32 random bytes in base64 (`openssl rand -base64 32`); default: one that is made and kept in the data folder. Several consoles, and who makes links for them, need the same one.',
        ),
      hosts: z
        .array(z.string().regex(/^[A-Za-z0-9.-]{1,253}$/, 'expected a host name without port'))
        .default([])
        .describe('Names under which it is reached beside localhost, such as that of a proxy before it.'),
    })
    .prefault({})
    .describe('The console, its API, health and metrics.'),
  health: z
    .strictObject({ host, port: port(7119) })
    .optional()
    .describe('Health and metrics of every process, whichever services it runs; without it the console alone tells.'),
  sources,
  systems,
  results,
  redaction: z
    .strictObject({
      register: z
        .array(secretReference)
        .default([])
        .describe(
          'Values that are secret, whatever they look like; a file may hold many, as NAME=value lines or JSON. The secrets that this configuration refers to are registered without being listed.',
        ),
      patterns: z
        .array(z.string().min(1))
        .default([])
        .describe('Files with kinds of your own; see `pipewarden redact --patterns`.'),
      key: secretReference
        .optional()
        .describe(
          'Key of the fingerprints, 32 random bytes in base64 (`openssl rand -base64 32`); default: one that is made and kept in the data folder. Several collectors need the same one.',
        ),
    })
    .prefault({})
    .describe('What is taken out of every record besides the built-in kinds.'),
  alerts,
  identities,
  enrichment,
  listeners,
  containment,
  gate,
  audit: z
    .strictObject({
      signing_key: secretReference
        .optional()
        .describe('Private key of Ed25519 (PEM) that seals the audit trail: `openssl genpkey -algorithm ed25519`.'),
    })
    .prefault({})
    .describe('The trail of decisions.'),
  destinations: z
    .array(destination)
    .refine(
      distinct('id'),
      'two destinations have the same id; each would get only a part, so give each an id of its own',
    )
    .default([])
    .describe('Where findings, incidents and audit entries go.'),
  event_log: eventLog,
  job_queue: jobQueue,
  document_store: documentStore,
});

export const configurationSchema = settings.superRefine((value, context) => {
  checkReferences(value, context);
  checkApprovers(value, context);
});

export type Configuration = z.output<typeof configurationSchema>;

export function defaultConfiguration(): Configuration {
  return configurationSchema.parse({});
}

/** Throws CONFIG_UNREADABLE or CONFIG_INVALID. */
export function loadConfiguration(file: string): Configuration {
  return parseYaml(configurationSchema, readConfiguration(file), file);
}

function readConfiguration(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new PipewardenError('CONFIG_UNREADABLE', { file, problem: messageOf(error) }, error);
  }
}
