// The BullMQ adapter against the contract, on a real Redis, and what happens when that one is away.
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openBullmqJobQueue } from '../../services/adapters/job-queue/bullmq.ts';
import { systemClock } from '../../services/core/clock.ts';
import type { JobQueue } from '../../services/core/ports/job-queue.ts';
import { silentLog } from '../../services/telemetry/log.ts';
import { jobQueueContract } from '../contracts/job-queue.ts';
import { type RedisServer, redisMissing, startRedis } from './redis-server.ts';

const missing = redisMissing();

function open({ host, port }: RedisServer): Promise<JobQueue> {
  return openBullmqJobQueue({ connection: { host, port }, clock: systemClock, log: silentLog });
}

describe.skipIf(missing)(`BullMQ${missing ? `: ${missing}` : ''}`, () => {
  jobQueueContract('BullMQ', async () => {
    const server = await startRedis();
    return {
      open: () => open(server),
      victim: { adapter: 'bullmq', at: String(server.port) },
      dump: () => dump(server),
      stop: () => server.stop(),
    };
  });

  describe('when Redis goes away', () => {
    let server: RedisServer;
    beforeAll(async () => {
      server = await startRedis();
    });
    afterAll(() => server.stop());

    test('enqueueing fails at once, and all goes on when it is back', async () => {
      const jobs = await open(server);
      const seen: string[] = [];
      await jobs.enqueue('runs', { id: 'before', data: {} }, { delayMs: 500 });
      await jobs.work('runs', async (job) => void seen.push(job.id));
      await server.restart(async () => {
        const unavailable = expect.objectContaining({ code: 'QUEUE_UNAVAILABLE', fate: 'retry' });
        await expect(jobs.enqueue('runs', { id: 'during', data: {} })).rejects.toEqual(unavailable);
        await expect(jobs.enqueue('new', { id: 'during', data: {} })).rejects.toEqual(unavailable);
        await jobs.work('new', async (job) => void seen.push(`new ${job.id}`));
      });
      await vi.waitFor(() => jobs.enqueue('runs', { id: 'after', data: {} }), WAIT);
      await vi.waitFor(() => jobs.enqueue('new', { id: 'after', data: {} }), WAIT);
      await vi.waitFor(() => expect(seen.toSorted()).toEqual(['after', 'before', 'new after']), WAIT);
      await jobs.close();
    });

    test('closing does not wait for its return', async () => {
      const jobs = await open(server);
      await jobs.work('idle', async () => {});
      const started = Promise.withResolvers<void>();
      await jobs.work('busy', async (_job, signal) => {
        started.resolve();
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      });
      await jobs.enqueue('busy', { id: 'cut-off', data: {} });
      await started.promise;
      await server.restart(() => jobs.close());
    });

    test('opening says that there is none', async () => {
      await server.restart(async () => {
        await expect(open(server)).rejects.toMatchObject({ code: 'QUEUE_UNAVAILABLE' });
      });
    });
  });

  test('takes the address as a URL too', async () => {
    const server = await startRedis();
    const connection = { url: `redis://${server.host}:${server.port}/3` };
    const jobs = await openBullmqJobQueue({ connection, prefix: 'elsewhere', clock: systemClock, log: silentLog });
    await jobs.enqueue('runs', { id: 'one', data: {} });
    await jobs.close();
    const redis = new Redis({ port: server.port, db: 3 });
    expect(await redis.keys('*')).toContain('elsewhere:runs:id-one');
    redis.disconnect();
    await server.stop();
  });
});

const WAIT = { timeout: 30_000, interval: 50 };

async function dump({ port }: RedisServer): Promise<string> {
  const redis = new Redis({ port });
  const values: string[] = [];
  for (const key of await redis.keys('*')) values.push(key, (await redis.dumpBuffer(key))?.toString('latin1') ?? '');
  redis.disconnect();
  return values.join('\n');
}
