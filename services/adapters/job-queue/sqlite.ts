// The embedded job queue: a table in an SQLite file. Several processes may have the file open.
import type { Clock } from '../../core/clock.ts';
import { messageOf, PipewardenError } from '../../core/errors.ts';
import type { JobQueue } from '../../core/ports/job-queue.ts';
import { opening } from '../sqlite.ts';
import { JobTable } from './sqlite-table.ts';
import { SqliteWorker } from './sqlite-worker.ts';

export interface SqliteJobQueueOptions {
  /** The database file; made where it is missing. */
  readonly path: string;
  readonly clock: Clock;
  /** How often a worker looks for jobs that other processes have added, in milliseconds; default 250. */
  readonly pollMs?: number;
  /** In [0, 1), for the jitter of pauses; default `Math.random`. */
  readonly random?: () => number;
}

/** Throws QUEUE_UNAVAILABLE when the file cannot be used. */
export function openSqliteJobQueue(options: SqliteJobQueueOptions): JobQueue {
  const { path, clock, pollMs = 250, random = Math.random } = options;
  const table = opening(path, 'QUEUE_UNAVAILABLE', () => new JobTable(path));
  const workers = new Map<SqliteWorker, string>();
  let closing: Promise<void> | undefined;

  function open(): JobTable {
    if (closing) throw new PipewardenError('QUEUE_UNAVAILABLE', { problem: 'it is closed' });
    return table;
  }

  async function close(): Promise<void> {
    await Promise.all([...workers.keys()].map((worker) => worker.close()));
    table.close();
  }

  return {
    async enqueue(queue, job, terms) {
      answering(() => open().add(queue, job, terms, clock.now()));
      for (const [worker, its] of workers) if (its === queue) worker.wake();
    },
    async work(queue, handler, terms) {
      const worker = new SqliteWorker({ ...terms, queue, handler, table: open(), clock, pollMs, random });
      workers.set(worker, queue);
      return {
        async close() {
          await worker.close();
          workers.delete(worker);
        },
      };
    },
    async dead(queue, limit) {
      return answering(() => open().dead(queue, limit));
    },
    async revive(queue, id) {
      const revived = answering(() => open().revive(queue, id, clock.now()));
      for (const [worker, its] of workers) if (its === queue) worker.wake();
      return revived;
    },
    async counts(queue) {
      const counts = answering(() => open().counts(queue));
      return {
        waiting: counts.get('waiting') ?? 0,
        running: counts.get('running') ?? 0,
        dead: counts.get('dead') ?? 0,
      };
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}

function answering<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof PipewardenError) throw error;
    throw new PipewardenError('QUEUE_UNAVAILABLE', { problem: messageOf(error) }, error);
  }
}
