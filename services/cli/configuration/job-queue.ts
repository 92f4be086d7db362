// The setting `job_queue`: the embedded one, or BullMQ on a Redis, however that is reached.
import { z } from 'zod';
import { secretReference } from '../../core/configuration/secret-reference.ts';
import type { NamedReference } from './named-reference.ts';
import { tls } from './tls.ts';

const nodes = z
  .array(z.string().regex(/^(?:\[[0-9A-Fa-f:.]{2,45}\]|[\w.-]{1,253}):\d{1,5}$/, 'expected HOST:PORT'))
  .min(1)
  .meta({ examples: [['redis-1:6379', 'redis-2:6379']] });

const user = z.string().min(1).max(256).optional();

const bullmq = z
  .strictObject({
    type: z.literal('bullmq'),
    url: secretReference
      .optional()
      .describe('Address of one Redis, redis://user:password@host:port/database (rediss:// for TLS), as a secret.'),
    sentinel: z
      .strictObject({
        nodes: nodes.describe('The Sentinels.'),
        name: z.string().min(1).describe('The group that they watch.'),
        username: user.describe('As whom the Sentinels are asked.'),
        password: secretReference.optional().describe('Of the Sentinels.'),
      })
      .optional()
      .describe('Instead of url: Sentinels, which know where the master is.'),
    cluster: nodes.optional().describe('Instead of url: some nodes of a Redis Cluster.'),
    username: user.describe('User of Redis’ access control list.'),
    password: secretReference.optional().describe('Of Redis; a url may hold it too.'),
    tls: tls.optional(),
    prefix: z
      .string()
      .regex(/^[\w.{}-]{1,64}$/, 'expected letters, digits, . - _ and braces')
      .default('pipewarden')
      .describe('Of every key. In a Cluster the part in braces decides the node; without one, all of it does.'),
  })
  .refine(
    ({ url, sentinel, cluster }) => [url, sentinel, cluster].filter((way) => way !== undefined).length === 1,
    'a Redis is reached in one way: give one of url, sentinel and cluster',
  );

export const jobQueue = z
  .discriminatedUnion('type', [z.strictObject({ type: z.literal('sqlite') }), bullmq])
  .default({ type: 'sqlite' })
  .describe('What schedules containment.');

type JobQueueSetting = z.output<typeof jobQueue>;
export type BullmqSetting = z.output<typeof bullmq>;

/** What it may refer to that is secret; certificates are not. */
export function jobQueueSecrets(setting: JobQueueSetting): readonly NamedReference[] {
  if (setting.type === 'sqlite') return [];
  const { url, password, sentinel, tls } = setting;
  return [
    ['redis address', url],
    ['redis password', password],
    ['sentinel password', sentinel?.password],
    ['redis client key', tls?.key],
  ];
}
