// Port: the job queue. At least once, delayed, retried with backoff, visible when dead. A job carries ids and names, no content.

export interface Job {
  /** While a job of this id waits, is delayed, runs or lies dead, a second one is ignored. */
  readonly id: string;
  /** Ids and names of entities, redacted; never text from a source. */
  readonly data: Readonly<Record<string, string>>;
}

export interface JobOptions {
  /** Default 0. */
  readonly delayMs?: number;
  /** Times it is tried before it is dead; default 10. */
  readonly attempts?: number;
  /** First pause after a failure, doubled each time (plus jitter), at most an hour; default 1000. */
  readonly backoffMs?: number;
  /** `last`: it waits while others are due. Default `first`. */
  readonly turn?: 'first' | 'last';
}

export interface DeadJob extends Job {
  readonly attempts: number;
  /** Message of the last error. */
  readonly error: string;
}

export interface JobWorker {
  /** Waits for the jobs in hand (their signal is aborted), takes no new ones. A second call does nothing. */
  close(): Promise<void>;
}

export interface WorkOptions {
  /** Default 1. */
  readonly concurrency?: number;
  /** A job whose worker has been silent for so long runs again elsewhere; default 30 000. */
  readonly leaseMs?: number;
  onError?(error: unknown, job: Job | undefined): void;
}

export interface JobQueue {
  /** Resolves when the job is durable; rejects with QUEUE_UNAVAILABLE. */
  enqueue(queue: string, job: Job, options?: JobOptions): Promise<void>;
  /**
   * Runs `handler` for each job. Returning completes it (its id is free again). Throwing tries it again later, unless
   * the error's fate is `give-up` or the attempts are used up: then it is dead.
   */
  work(
    queue: string,
    handler: (job: Job, signal: AbortSignal) => Promise<void>,
    options?: WorkOptions,
  ): Promise<JobWorker>;
  dead(queue: string, limit: number): Promise<readonly DeadJob[]>;
  /** Puts a dead job back; false when there is none of that id. */
  revive(queue: string, id: string): Promise<boolean>;
  /** Waiting and delayed jobs together, running ones, dead ones. */
  counts(queue: string): Promise<{ readonly waiting: number; readonly running: number; readonly dead: number }>;
  close(): Promise<void>;
}
