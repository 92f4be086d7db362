// The connection of who enqueues or asks: it answers now or says QUEUE_UNAVAILABLE.
import type { Clock } from '../../core/clock.ts';
import { messageOf, PipewardenError } from '../../core/errors.ts';
import { SECOND } from '../../core/time.ts';
import type { Log } from '../../telemetry/log.ts';
import { type RedisRisk, risksOf } from './bullmq-check.ts';
import { type BullmqConnection, createRedis, type RedisClient } from './bullmq-connection.ts';

/** How long Redis has to answer for the first time; a failover of Sentinels may be under way. */
const OPEN_MS = 15 * SECOND;

/** What a Redis puts at risk, for somebody who wants to know before he starts. Rejects with QUEUE_UNAVAILABLE. */
export async function examineRedis({
  connection,
  clock,
  log,
}: {
  readonly connection: BullmqConnection;
  readonly clock: Clock;
  readonly log: Log;
}): Promise<readonly RedisRisk[]> {
  const redis = await connectRedis(connection, clock, log);
  try {
    return await answering(() => risksOf(redis));
  } finally {
    redis.disconnect();
  }
}

export async function connectRedis(connection: BullmqConnection, clock: Clock, log: Log): Promise<RedisClient> {
  // Who enqueues wants an answer now: a command fails when Redis is away, instead of waiting for it.
  const redis = createRedis(connection, {
    maxRetriesPerRequest: 1,
    waits: false,
    commandTimeout: 5 * SECOND,
    retry: (times) => Math.min(times * 50, 2 * SECOND),
  });
  let last = '';
  redis.on('error', (error: unknown) => {
    last = messageOf(error);
    log.warn('The job queue lost its connection', { problem: last });
  });
  const stop = new AbortController();
  // Sentinels and Clusters are asked again and again.
  const late = clock.sleep(OPEN_MS, stop.signal).then(() => {
    throw new PipewardenError('QUEUE_UNAVAILABLE', { problem: last || `no answer within ${OPEN_MS / SECOND} s` });
  });
  try {
    // A Cluster that was not whole at the first look is asked again, which its `connect` does not tell.
    const ready = new Promise<void>((resolve) => redis.once('ready', () => resolve()));
    await Promise.race([redis.connect(), ready, late]);
    return redis;
  } catch (error) {
    redis.disconnect();
    // The connection knows why; who waits for it is only told that it was closed.
    throw error instanceof PipewardenError ? error : unavailable(last === '' ? error : last);
  } finally {
    late.catch(() => undefined);
    stop.abort();
  }
}

export async function answering<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof PipewardenError ? error : unavailable(error);
  }
}

function unavailable(error: unknown): PipewardenError {
  return new PipewardenError('QUEUE_UNAVAILABLE', { problem: messageOf(error) }, error);
}
