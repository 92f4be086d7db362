// One worker of the embedded queue: takes what is due, runs it under a lease that it keeps alive, and writes down what
// became of it.
import type { Clock } from '../../core/clock.ts';
import { fateOf } from '../../core/errors.ts';
import type { Job, JobWorker, WorkOptions } from '../../core/ports/job-queue.ts';
import type { JobTable, TakenJob } from './sqlite-table.ts';
import { lastWords, pauseAfter, workTerms } from './terms.ts';

export interface SqliteWorkerOptions extends WorkOptions {
  readonly queue: string;
  readonly table: JobTable;
  readonly handler: (job: Job, signal: AbortSignal) => Promise<void>;
  readonly clock: Clock;
  readonly random: () => number;
  /** How often it looks for jobs that other processes have added. */
  readonly pollMs: number;
}

export class SqliteWorker implements JobWorker {
  readonly #options: SqliteWorkerOptions;
  readonly #concurrency: number;
  readonly #leaseMs: number;
  /** What runs, by the controller of the signal that its handler has. */
  readonly #inHand = new Map<AbortController, Promise<void>>();
  readonly #loop: Promise<void>;
  #nap = new AbortController();
  #closing = false;

  constructor(options: SqliteWorkerOptions) {
    this.#options = options;
    const { concurrency, leaseMs } = workTerms(options);
    this.#concurrency = concurrency;
    this.#leaseMs = leaseMs;
    this.#loop = this.#run();
  }

  /** There may be something to do: look now. */
  wake(): void {
    this.#nap.abort();
  }

  async close(): Promise<void> {
    this.#closing = true;
    for (const controller of this.#inHand.keys()) controller.abort();
    this.wake();
    await this.#loop;
    await Promise.all(this.#inHand.values());
  }

  async #run(): Promise<void> {
    while (!this.#closing) {
      // Made before the look: who wakes us while we look must not go unheard.
      this.#nap = new AbortController();
      const pause = this.#takeAll();
      await this.#options.clock.sleep(pause, this.#nap.signal).catch(() => undefined);
    }
  }

  /** Starts what is due, as far as there is room; gives the milliseconds until it is worth looking again. */
  #takeAll(): number {
    const { table, queue, clock, pollMs } = this.#options;
    try {
      while (this.#inHand.size < this.#concurrency) {
        const job = table.take(queue, this.#leaseMs, clock.now());
        if (!job) {
          const next = table.nextDue(queue);
          return next === undefined ? pollMs : Math.min(Math.max(next - clock.now(), 1), pollMs);
        }
        this.#start(job);
      }
    } catch (error) {
      this.#options.onError?.(error, undefined);
    }
    return pollMs;
  }

  #start(job: TakenJob): void {
    const controller = new AbortController();
    const work = this.#work(job, controller).finally(() => {
      this.#inHand.delete(controller);
      this.wake();
    });
    this.#inHand.set(controller, work);
  }

  /** Never rejects. What cannot be written down now is found again when the lease has run out. */
  async #work(job: TakenJob, controller: AbortController): Promise<void> {
    const { table, onError } = this.#options;
    const done = new AbortController();
    const lease = this.#keepLease(job, controller, done.signal);
    try {
      const failure = await this.#handle(job, controller.signal);
      if (failure) this.#fail(job, failure.error);
      else table.complete(job);
    } catch (error) {
      onError?.(error, job);
    }
    done.abort();
    await lease;
  }

  /** Undefined: it succeeded. The handler begins on a turn of its own, so that a slow one holds up nobody. */
  async #handle({ id, data }: TakenJob, signal: AbortSignal): Promise<{ readonly error: unknown } | undefined> {
    try {
      await Promise.resolve();
      await this.#options.handler({ id, data }, signal);
      return undefined;
    } catch (error) {
      return { error };
    }
  }

  #fail(job: TakenJob, error: unknown): void {
    const { table, queue, clock, random, onError } = this.#options;
    const hopeless = fateOf(error) === 'give-up';
    if (this.#closing && !hopeless) {
      // Interrupted by our own closing, not failed: it goes back, and costs no attempt.
      table.release(job, clock.now());
      return;
    }
    onError?.(error, job);
    if (hopeless || job.tries >= job.attempts) table.bury(queue, job, lastWords(error), clock.now());
    else table.retry(job, lastWords(error), clock.now() + pauseAfter(job.tries, job.backoffMs, random));
  }

  async #keepLease(job: TakenJob, controller: AbortController, done: AbortSignal): Promise<void> {
    const { table, clock, onError } = this.#options;
    const rested = () =>
      clock
        .sleep(this.#leaseMs / 3, done)
        .then(() => true)
        .catch(() => false);
    while (await rested()) {
      try {
        if (table.extend(job, clock.now() + this.#leaseMs)) continue;
        // Another worker has it now.
        controller.abort();
        return;
      } catch (error) {
        onError?.(error, job);
      }
    }
  }
}
