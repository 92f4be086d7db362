// The scale-out job queue: BullMQ on Redis. What Redis must be set to, so that jobs are kept: bullmq-check.ts.
import { type Job as BullJob, Queue } from 'bullmq';
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import { PipewardenError } from '../../core/errors.ts';
import type { JobQueue } from '../../core/ports/job-queue.ts';
import type { Log } from '../../telemetry/log.ts';
import { risksOf, tellRisks } from './bullmq-check.ts';
import { answering, connectRedis } from './bullmq-client.ts';
import { type BullmqConnection, prefixFor } from './bullmq-connection.ts';
import { fromBull, idToBull, JobData, nameToBull, tries } from './bullmq-job.ts';
import { BullmqWorker } from './bullmq-worker.ts';
import { DEAD_LIMIT, jobTerms } from './terms.ts';

export interface BullmqJobQueueOptions {
  readonly connection: BullmqConnection;
  /** Of every key in Redis; default `pipewarden`, in a Cluster `{pipewarden}`. */
  readonly prefix?: string;
  readonly clock: Clock;
  readonly log: Log;
  /** In [0, 1), for the jitter of pauses; default `Math.random`. */
  readonly random?: () => number;
}

/**
 * Rejects with QUEUE_UNAVAILABLE when Redis does not answer, with QUEUE_UNSAFE when it would remove jobs; later on, workers
 * wait for its return. Other risks are told to the log.
 */
export async function openBullmqJobQueue(options: BullmqJobQueueOptions): Promise<JobQueue> {
  const { connection, clock, log, random = Math.random } = options;
  const prefix = prefixFor(connection, options.prefix ?? 'pipewarden');
  const producer = await connectRedis(connection, clock, log);
  try {
    tellRisks(await answering(() => risksOf(producer)), log);
  } catch (error) {
    producer.disconnect();
    throw error;
  }

  const queues = new Map<string, Queue>();
  const workers = new Set<BullmqWorker>();
  let closing: Promise<void> | undefined;

  function refuseWhenClosed(): void {
    if (closing) throw new PipewardenError('QUEUE_UNAVAILABLE', { problem: 'it is closed' });
  }

  function open(name: string): Queue {
    refuseWhenClosed();
    // A new BullMQ queue would wait for the connection instead.
    if (producer.status !== 'ready') throw new PipewardenError('QUEUE_UNAVAILABLE', { problem: 'Redis is away' });
    let queue = queues.get(name);
    if (!queue) {
      // Nobody reads BullMQ's event streams here: they are kept short.
      queue = new Queue(nameToBull(name), { connection: producer, prefix, streams: { events: { maxLen: 100 } } });
      // Errors of the connection, which speaks for itself.
      queue.on('error', () => undefined);
      // One that lost the connection while it was being made stays useless.
      queue.waitUntilReady().catch(() => queues.delete(name));
      queues.set(name, queue);
    }
    return queue;
  }

  async function close(): Promise<void> {
    await Promise.all([...workers].map((worker) => worker.close()));
    await Promise.all([...queues.values()].map((queue) => queue.close()));
    producer.disconnect();
  }

  return {
    enqueue: (name, job, jobOptions) =>
      answering(async () => {
        const { delayMs, attempts, backoffMs, turn } = jobTerms(jobOptions);
        await open(name).add('job', { data: job.data, forgiven: 0 } satisfies JobData, {
          jobId: idToBull(job.id),
          timestamp: clock.now(),
          delay: delayMs,
          attempts,
          backoff: { type: 'custom', delay: backoffMs },
          // Jobs without a priority go before those that have one: https://docs.bullmq.io/guide/jobs/prioritized
          ...(turn === 'last' ? { priority: 1 } : {}),
          removeOnComplete: true,
          removeOnFail: { count: DEAD_LIMIT },
          stackTraceLimit: 0,
        });
      }),
    work: (name, handler, workOptions) =>
      answering(async () => {
        refuseWhenClosed();
        const queue = nameToBull(name);
        const worker = new BullmqWorker({ ...workOptions, connection, prefix, queue, handler, clock, log, random });
        workers.add(worker);
        return {
          async close() {
            await worker.close();
            workers.delete(worker);
          },
        };
      }),
    dead: (name, limit) =>
      answering(async () => {
        const jobs = limit > 0 ? await open(name).getFailed(0, limit - 1) : [];
        return jobs.map((job) => ({
          ...fromBull(job),
          attempts: Math.min(tries(job), job.opts.attempts ?? 1),
          error: job.failedReason,
        }));
      }),
    revive: (name, id) =>
      answering(async () => {
        const job: BullJob | undefined = await open(name).getJob(idToBull(id));
        if (!job || !(await job.isFailed())) return false;
        // Its count of silent workers cannot be set back, so it is remembered as forgiven.
        await job.updateData({ ...JobData.parse(job.data), forgiven: job.stalledCounter });
        await job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true });
        return true;
      }),
    counts: (name) =>
      answering(async () => {
        const counts = await open(name).getJobCounts('wait', 'delayed', 'prioritized', 'active', 'failed');
        const { wait, delayed, prioritized, active, failed } = Counts.parse(counts);
        return { waiting: wait + delayed + prioritized, running: active, dead: failed };
      }),
    close() {
      closing ??= close();
      return closing;
    },
  };
}

const Counts = z.object({
  wait: z.number().default(0),
  delayed: z.number().default(0),
  prioritized: z.number().default(0),
  active: z.number().default(0),
  failed: z.number().default(0),
});
