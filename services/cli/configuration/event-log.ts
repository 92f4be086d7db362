// `event_log`: what carries activities, findings and incidents.
import { z } from 'zod';
import { secretReference } from '../../core/configuration/secret-reference.ts';
import type { NamedReference } from './named-reference.ts';
import { tls } from './tls.ts';

const password = secretReference.describe('The password, as a secret.');
const username = z.string().min(1).describe('The user that the brokers know.');

const sasl = z.discriminatedUnion('mechanism', [
  z.strictObject({ mechanism: z.literal('plain'), username, password }),
  z.strictObject({ mechanism: z.literal('scram-sha-256'), username, password }),
  z.strictObject({ mechanism: z.literal('scram-sha-512'), username, password }),
  z.strictObject({
    mechanism: z.literal('oauthbearer').describe('A token: given here, or asked for at an OAuth 2.0 token endpoint.'),
    token: secretReference
      .optional()
      .describe('The token, read again at each authentication: something else renews it.'),
    token_url: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe('Token endpoint; asked with the client credentials grant.'),
    client_id: z.string().min(1).optional(),
    client_secret: secretReference.optional(),
    scope: z.string().min(1).optional().describe('Scopes, separated by spaces.'),
  }),
]);

const kafka = z
  .strictObject({
    type: z.literal('kafka'),
    brokers: z
      .array(z.string().regex(/^[^:]+:\d+$/, 'expected host:port'))
      .min(1)
      .describe('Some of the brokers, host:port; the others are found through them.'),
    prefix: z.string().default('pipewarden.').describe('Of every topic, consumer group and transactional id.'),
    partitions: z
      .int()
      .min(1)
      .max(1000)
      .default(12)
      .describe(
        'Of the activity topic when it is made: as many analyzers can share the work. It stays as it was made.',
      ),
    replication: z
      .int()
      .min(1)
      .max(10)
      .optional()
      .describe('Copies of each partition; without it three, or as many as there are brokers.'),
    session_seconds: z
      .int()
      .min(1)
      .max(1800)
      .default(30)
      .describe(
        'A process that was silent for so long loses its share to the others; taking a partition over must take less.',
      ),
    compression: z.enum(['none', 'gzip', 'zstd']).default('zstd').describe('Of what is written.'),
    tls: tls.optional(),
    sasl: sasl.optional().describe('Who we are.'),
  })
  .refine(({ sasl }) => sasl?.mechanism !== 'oauthbearer' || isWholeGrant(sasl), {
    path: ['sasl'],
    error: 'expected either token, or token_url with client_id and client_secret',
  });

function isWholeGrant({ token, token_url, client_id, client_secret }: { readonly [name: string]: unknown }): boolean {
  const grant = [token_url, client_id, client_secret].filter((given) => given !== undefined).length;
  return token === undefined ? grant === 3 : grant === 0;
}

export const eventLog = z
  .discriminatedUnion('type', [z.strictObject({ type: z.literal('sqlite') }), kafka])
  .default({ type: 'sqlite' })
  .describe('What carries activities, findings and incidents.');

export type KafkaConfiguration = z.output<typeof kafka>;

/** The secrets that it may refer to, with what each is for. */
export function eventLogSecrets(log: z.output<typeof eventLog>): readonly NamedReference[] {
  if (log.type === 'sqlite') return [];
  const { tls, sasl } = log;
  return [
    ['kafka tls key', tls?.key],
    ...(sasl && 'password' in sasl ? ([['kafka password', sasl.password]] as const) : []),
    ...(sasl?.mechanism === 'oauthbearer'
      ? ([
          ['kafka token', sasl.token],
          ['kafka client secret', sasl.client_secret],
        ] as const)
      : []),
  ];
}
