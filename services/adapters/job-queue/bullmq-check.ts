// Whether a Redis keeps what it is given: it must not evict, and should write every command to its append-only file.
// https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/ and …/develop/reference/eviction/
import { Cluster, type Redis } from 'ioredis';
import { PipewardenError } from '../../core/errors.ts';
import type { Log } from '../../telemetry/log.ts';
import type { RedisClient } from './bullmq-connection.ts';

/** `refuse`: jobs may break in halves. `warn`: jobs may be lost. `note`: the last second may be lost. */
export interface RedisRisk {
  readonly weight: 'refuse' | 'warn' | 'note';
  /** What is set, what is at risk, and the mend. */
  readonly problem: string;
}

/** What Pipewarden does about lost jobs, whatever lost them. */
const REFILLED =
  'unfinished playbook runs are enqueued again within a minute, the pauses of retries and the dead list are lost';

/** Of every node that holds jobs; empty when all is well. Rejects with what Redis answers. */
export async function risksOf(redis: RedisClient): Promise<readonly RedisRisk[]> {
  const nodes = redis instanceof Cluster ? redis.nodes('master') : [redis];
  const found = (await Promise.all(nodes.map(risksOfNode))).flat();
  return [...new Map(found.map((risk) => [risk.problem, risk])).values()];
}

/** Throws QUEUE_UNSAFE for what is to be refused, and tells the log of the rest. */
export function tellRisks(risks: readonly RedisRisk[], log: Log): void {
  const refused = risks.filter(({ weight }) => weight === 'refuse');
  if (refused.length > 0) {
    throw new PipewardenError('QUEUE_UNSAFE', { problem: refused.map(({ problem }) => problem).join('; ') });
  }
  for (const { weight, problem } of risks) {
    if (weight === 'warn') log.warn('Redis may lose jobs', { problem });
    else log.info('Redis may lose its last jobs', { problem });
  }
}

async function risksOfNode(redis: Redis): Promise<readonly RedisRisk[]> {
  const info = parseInfo(await redis.info());
  return [
    ...evicting(info.get('maxmemory_policy')),
    ...(info.get('aof_enabled') === '1' ? syncing(await setting(redis, 'appendfsync')) : [NOT_PERSISTENT]),
  ];
}

function evicting(policy: string | undefined): readonly RedisRisk[] {
  if (policy === undefined || policy === 'noeviction') return [];
  return policy.startsWith('allkeys-')
    ? [
        {
          weight: 'refuse',
          problem: `maxmemory-policy is ${policy}: when its memory is full, Redis removes parts of jobs, and a queue that lacks some stands still; set maxmemory-policy noeviction`,
        },
      ]
    : [
        {
          weight: 'warn',
          problem: `maxmemory-policy is ${policy}: when its memory is full, Redis removes the locks of jobs that run, and they are handed out again; set maxmemory-policy noeviction`,
        },
      ];
}

const NOT_PERSISTENT: RedisRisk = {
  weight: 'warn',
  problem: `appendonly is no: jobs since the last snapshot are lost when Redis restarts (${REFILLED}); set appendonly yes and appendfsync always`,
};

function syncing(appendfsync: string | undefined): readonly RedisRisk[] {
  switch (appendfsync) {
    case 'always':
      return [];
    case undefined:
      return [
        { weight: 'note', problem: 'appendfsync cannot be read (CONFIG GET is not allowed); it should be always' },
      ];
    case 'everysec':
      return [
        {
          weight: 'note',
          problem: `appendfsync is everysec: jobs of the last second are lost when its machine loses power (${REFILLED}); appendfsync always keeps them`,
        },
      ];
    default:
      return [
        {
          weight: 'warn',
          problem: `appendfsync is ${appendfsync}: jobs of up to half a minute are lost when its machine loses power (${REFILLED}); set appendfsync always`,
        },
      ];
  }
}

/** Undefined where the user may not ask: https://redis.io/docs/latest/commands/config-get/ */
async function setting(redis: Redis, name: string): Promise<string | undefined> {
  try {
    const answer: unknown = await redis.config('GET', name);
    const value: unknown = Array.isArray(answer) ? answer[1] : undefined;
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** `name:value` lines under `# Section` heads: https://redis.io/docs/latest/commands/info/ */
function parseInfo(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split('\r\n').flatMap((line): [string, string][] => {
      const colon = line.indexOf(':');
      return line.startsWith('#') || colon < 0 ? [] : [[line.slice(0, colon), line.slice(colon + 1)]];
    }),
  );
}
