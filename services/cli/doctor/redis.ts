// What the doctor says of Redis: whether it answers, and keeps what it is given.
import { systemClock } from '../../core/clock.ts';
import type { Resolve } from '../../core/configuration/secret-reference.ts';
import { messageOf } from '../../core/errors.ts';
import { silentLog } from '../../telemetry/log.ts';
import type { Configuration } from '../configuration.ts';
import { redisConnection } from '../ports/redis.ts';
import type { Check } from './check.ts';

/** Nothing where the embedded queue is used. */
export async function redisChecks({ job_queue }: Configuration, secret: Resolve): Promise<readonly Check[]> {
  if (job_queue.type !== 'bullmq') return [];
  const name = 'redis';
  try {
    const { examineRedis } = await import('../../adapters/job-queue/bullmq-client.ts');
    const connection = redisConnection(job_queue, secret);
    const risks = await examineRedis({ connection, clock: systemClock, log: silentLog });
    if (risks.length === 0) return [{ name, ok: true, note: 'answers, keeps what it is given and evicts nothing' }];
    return risks.map(({ weight, problem }) => ({ name, ok: weight === 'note', note: problem }));
  } catch (error) {
    return [{ name, ok: false, note: messageOf(error) }];
  }
}
