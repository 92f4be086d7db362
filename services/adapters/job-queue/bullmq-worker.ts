// One worker on BullMQ: our handler and our rules (fates, attempts, interruption) around its `Worker`.
import { type Job as BullJob, UnrecoverableError, WaitingError, Worker } from 'bullmq';
import type { Clock } from '../../core/clock.ts';
import { fateOf, PipewardenError } from '../../core/errors.ts';
import type { Job, JobWorker, WorkOptions } from '../../core/ports/job-queue.ts';
import { SECOND } from '../../core/time.ts';
import type { Log } from '../../telemetry/log.ts';
import { type BullmqConnection, createRedis, type RedisClient } from './bullmq-connection.ts';
import { fromBull, tries } from './bullmq-job.ts';
import { lastWords, pauseAfter, SILENT_WORKER, workTerms } from './terms.ts';

export interface BullmqWorkerOptions extends WorkOptions {
  /** As BullMQ knows it. */
  readonly queue: string;
  readonly prefix: string;
  readonly connection: BullmqConnection;
  readonly handler: (job: Job, signal: AbortSignal) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
}

type BackoffTerms = number | { readonly delay?: number } | undefined;

/** How long a closing worker waits for Redis to take its last words, once the handlers are done. */
const FAREWELL_MS = 5 * SECOND;

export class BullmqWorker implements JobWorker {
  readonly #options: BullmqWorkerOptions;
  readonly #redis: RedisClient;
  readonly #worker: Worker;
  /** What runs, by BullMQ's id. */
  readonly #inHand = new Map<string, { readonly controller: AbortController; readonly handling: Promise<void> }>();
  #closing: Promise<void> | undefined;
  #gone = false;

  constructor(options: BullmqWorkerOptions) {
    this.#options = options;
    const { concurrency, leaseMs } = workTerms(options);
    // A worker has time: it waits for Redis to return. BullMQ makes a second, blocking connection of this one.
    this.#redis = createRedis(options.connection, {
      maxRetriesPerRequest: null,
      waits: true,
      retry: (times) => (this.#gone ? null : Math.min(times * 100, 5 * SECOND)),
    });
    // The worker below passes on the errors of its connections.
    this.#redis.on('error', () => undefined);
    this.#worker = new Worker(options.queue, (job, token) => this.#process(job, token), {
      connection: this.#redis,
      prefix: options.prefix,
      concurrency,
      lockDuration: leaseMs,
      // A job is marked at one check and taken back at a later one, if its lock is gone by then.
      stalledInterval: Math.max(Math.round(leaseMs / 2), 1),
      // BullMQ's own bound knows nothing of a job's attempts; `#process` keeps count.
      maxStalledCount: Number.MAX_SAFE_INTEGER,
      // How long it waits after an error before it looks for work again.
      runRetryDelay: SECOND,
      settings: { backoffStrategy: (failures, _type, _error, job) => this.#pause(failures, job?.opts.backoff) },
    });
    this.#worker.on('error', (error) => options.onError?.(error, undefined));
    // Another worker has them now, or soon.
    this.#worker.on('lockRenewalFailed', (ids) => {
      for (const id of ids) this.#inHand.get(id)?.controller.abort();
    });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const { clock, log } = this.#options;
    // First no new jobs, then the signals. Where Redis is away there is nothing to tell it, and no use in waiting for it.
    const closed = this.#worker.close(this.#redis.status !== 'ready');
    for (const { controller } of this.#inHand.values()) controller.abort();
    await Promise.allSettled([...this.#inHand.values()].map(({ handling }) => handling));
    const stop = new AbortController();
    const late = clock.sleep(FAREWELL_MS, stop.signal).then(
      () => log.warn('A job worker could not take leave of Redis; what it held runs again when the leases end'),
      () => undefined,
    );
    await Promise.race([closed, late]);
    stop.abort();
    this.#gone = true;
    this.#redis.disconnect();
  }

  async #process(bull: BullJob, token: string | undefined): Promise<void> {
    const { handler, onError } = this.#options;
    const job = fromBull(bull);
    const attempts = bull.opts.attempts ?? 1;
    if (tries(bull) >= attempts) throw new UnrecoverableError(SILENT_WORKER);
    const controller = new AbortController();
    if (this.#closing) controller.abort();
    const handling = Promise.resolve().then(() => handler(job, controller.signal));
    this.#inHand.set(bull.id ?? '', { controller, handling });
    try {
      await handling;
    } catch (error) {
      const hopeless = fateOf(error) === 'give-up';
      if (this.#closing && !hopeless) {
        // Interrupted by our own closing, not failed: it goes back, and costs no attempt.
        await bull.moveToWait(token);
        throw new WaitingError();
      }
      onError?.(error, job);
      // Redis keeps the message of what is thrown here.
      if (hopeless || tries(bull) + 1 >= attempts) throw new UnrecoverableError(lastWords(error));
      throw new PipewardenError('INTERNAL', { problem: lastWords(error) });
    } finally {
      this.#inHand.delete(bull.id ?? '');
    }
  }

  #pause(failures: number, backoff: BackoffTerms): number {
    const backoffMs = (typeof backoff === 'object' ? backoff.delay : backoff) ?? SECOND;
    return pauseAfter(failures, backoffMs, this.#options.random);
  }
}
