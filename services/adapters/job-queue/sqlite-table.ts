// The jobs of the embedded queue as rows of one table, and every change that a job can go through, each atomic.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { DeadJob, Job, JobOptions } from '../../core/ports/job-queue.ts';
import type { Instant } from '../../core/time.ts';
import { Database, type Row } from '../sqlite.ts';
import { DEAD_LIMIT, jobTerms, SILENT_WORKER } from './terms.ts';

// `at`: a waiting job may run from then on; a running one's lease ends then; a dead one died then.
const SCHEMA = `
  create table if not exists jobs (
    number integer primary key autoincrement,
    queue text not null,
    id text not null,
    data text not null,
    state text not null check (state in ('waiting', 'running', 'dead')),
    at integer not null,
    tries integer not null default 0,
    attempts integer not null,
    backoff_ms integer not null,
    lease text,
    error text,
    turn integer not null default 0,
    unique (queue, id)
  ) strict;
  create index if not exists jobs_by_time on jobs (queue, state, at, number)`;

// Files of versions before there were turns.
const TURN = `alter table jobs add column turn integer not null default 0`;
const BY_TURN = `create index if not exists jobs_by_turn on jobs (queue, state, turn, at, number)`;

/** A job in hand. `lease` is its fencing token: who no longer holds it changes nothing. */
export interface TakenJob extends Job {
  readonly number: number;
  readonly lease: string;
  /** Times it has been tried, this one included. */
  readonly tries: number;
  readonly attempts: number;
  readonly backoffMs: number;
}

const Data = z.record(z.string(), z.string());
const JobRow = z.object({ id: z.string(), data: z.string().transform((text) => Data.parse(JSON.parse(text))) });
const DeadRow = JobRow.extend({ tries: z.number(), error: z.string() });
const TakenRow = JobRow.extend({
  number: z.number(),
  lease: z.string(),
  tries: z.number(),
  attempts: z.number(),
  backoff_ms: z.number(),
});
const Time = z.object({ at: z.number().nullable() });
const Count = z.object({ state: z.string(), count: z.number() });

export class JobTable {
  readonly #database: Database;

  constructor(path: string) {
    this.#database = new Database(path);
    this.#database.transaction(() => {
      this.#database.exec(SCHEMA);
      const turns = this.#database.sql(`select 1 from pragma_table_info('jobs') where name = 'turn'`).get();
      if (!turns) this.#database.exec(TURN);
      this.#database.exec(BY_TURN);
    });
  }

  add(queue: string, job: Job, options: JobOptions | undefined, now: Instant): void {
    const { delayMs, attempts, backoffMs, turn } = jobTerms(options);
    this.#database
      .sql(
        `insert into jobs (queue, id, data, state, at, attempts, backoff_ms, turn)
         values (?, ?, ?, 'waiting', ?, ?, ?, ?)
         on conflict (queue, id) do nothing`,
      )
      .run(queue, job.id, JSON.stringify(job.data), now + delayMs, attempts, backoffMs, turn === 'last' ? 1 : 0);
  }

  /** The next job that is due, now leased; first puts back what silent workers held. */
  take(queue: string, leaseMs: number, now: Instant): TakenJob | undefined {
    // A look before the write lock is taken: most of the time there is nothing to do.
    const due = this.#database
      .sql(`select 1 from jobs where queue = ? and state in ('waiting', 'running') and at <= ? limit 1`)
      .get(queue, now);
    if (!due) return undefined;
    return this.#database.transaction(() => {
      this.#database
        .sql(
          `update jobs set lease = null, error = ?, state = case when tries < attempts then 'waiting' else 'dead' end
           where queue = ? and state = 'running' and at <= ?`,
        )
        .run(SILENT_WORKER, queue, now);
      const row = this.#database
        .sql(
          `update jobs set state = 'running', tries = tries + 1, at = ?, lease = ? where number =
             (select number from jobs where queue = ? and state = 'waiting' and at <= ? order by turn, at, number limit 1)
           returning number, id, data, lease, tries, attempts, backoff_ms`,
        )
        .get(now + leaseMs, randomUUID(), queue, now);
      return row && taken(row);
    });
  }

  /** When the next waiting job may run. */
  nextDue(queue: string): Instant | undefined {
    const row = this.#database.sql(`select min(at) as at from jobs where queue = ? and state = 'waiting'`).get(queue);
    return Time.parse(row).at ?? undefined;
  }

  /** False: the lease is lost. */
  extend(job: TakenJob, until: Instant): boolean {
    return (
      this.#database.sql(`update jobs set at = ? where number = ? and lease = ?`).run(until, job.number, job.lease)
        .changes > 0
    );
  }

  complete(job: TakenJob): void {
    this.#database.sql(`delete from jobs where number = ? and lease = ?`).run(job.number, job.lease);
  }

  retry(job: TakenJob, error: string, at: Instant): void {
    this.#database
      .sql(`update jobs set state = 'waiting', lease = null, error = ?, at = ? where number = ? and lease = ?`)
      .run(error, at, job.number, job.lease);
  }

  /** Puts an interrupted job back as if it had not been tried. */
  release(job: TakenJob, now: Instant): void {
    this.#database
      .sql(`update jobs set state = 'waiting', lease = null, tries = tries - 1, at = ? where number = ? and lease = ?`)
      .run(now, job.number, job.lease);
  }

  bury(queue: string, job: TakenJob, error: string, now: Instant): void {
    this.#database.transaction(() => {
      this.#database
        .sql(`update jobs set state = 'dead', lease = null, error = ?, at = ? where number = ? and lease = ?`)
        .run(error, now, job.number, job.lease);
      this.#database
        .sql(
          `delete from jobs where number in (select number from jobs where queue = ? and state = 'dead'
             order by at desc, number desc limit -1 offset ${DEAD_LIMIT})`,
        )
        .run(queue);
    });
  }

  /** The last to die first. */
  dead(queue: string, limit: number): DeadJob[] {
    return this.#database
      .sql(
        `select id, data, tries, error from jobs where queue = ? and state = 'dead'
         order by at desc, number desc limit ?`,
      )
      .all(queue, limit)
      .map((row) => {
        const { id, data, tries, error } = DeadRow.parse(row);
        return { id, data, attempts: tries, error };
      });
  }

  revive(queue: string, id: string, now: Instant): boolean {
    return (
      this.#database
        .sql(
          `update jobs set state = 'waiting', tries = 0, error = null, at = ?
           where queue = ? and id = ? and state = 'dead'`,
        )
        .run(now, queue, id).changes > 0
    );
  }

  counts(queue: string): ReadonlyMap<string, number> {
    const rows = this.#database
      .sql(`select state, count(*) as count from jobs where queue = ? group by state`)
      .all(queue);
    return new Map(rows.map((row) => Count.parse(row)).map(({ state, count }) => [state, count]));
  }

  close(): void {
    this.#database.close();
  }
}

function taken(row: Row): TakenJob {
  const { backoff_ms: backoffMs, ...job } = TakenRow.parse(row);
  return { ...job, backoffMs };
}
