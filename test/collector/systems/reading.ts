// A system that is read with the real host: real event log, document store and job queue, the clock of the test.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { detectors } from '../../../detectors/index.ts';
import { openSqliteDocumentStore } from '../../../services/adapters/document-store/sqlite.ts';
import { openSqliteEventLog } from '../../../services/adapters/event-log/sqlite.ts';
import { openSqliteJobQueue } from '../../../services/adapters/job-queue/sqlite.ts';
import { type Collector, createCollector } from '../../../services/collector/host.ts';
import { createCursors } from '../../../services/collector/polling/cursors.ts';
import { ERRANDS, startErrands } from '../../../services/collector/polling/errands.ts';
import { createMemory } from '../../../services/collector/polling/memory.ts';
import { readAll } from '../../../services/collector/polling/read.ts';
import { createSafeCut } from '../../../services/collector/polling/safe-cut.ts';
import type { SourceRecord } from '../../../services/collector/source.ts';
import { createClient } from '../../../services/collector/systems/client.ts';
import type { Connection, System } from '../../../services/collector/systems/system.ts';
import type { Activity } from '../../../services/core/activity.ts';
import type { Clock } from '../../../services/core/clock.ts';
import { systemClock } from '../../../services/core/clock.ts';
import { PipewardenError } from '../../../services/core/errors.ts';
import type { ActivityEntry } from '../../../services/core/messages.ts';
import { HOUR, type Instant } from '../../../services/core/time.ts';
import { createRedactor } from '../../../services/redactor/engine.ts';
import { createTelemetry, type Telemetry } from '../../../services/telemetry/telemetry.ts';

/** A clock that goes on only when somebody waits, or a test moves it. */
export interface TestClock extends Clock {
  move(milliseconds: number): void;
}

export function testClock(start: number): TestClock {
  let now = start;
  return {
    now: () => now,
    move(milliseconds) {
      now += milliseconds;
    },
    async sleep(milliseconds, signal) {
      signal?.throwIfAborted();
      // Long enough for real answers to come in between.
      await systemClock.sleep(1, signal);
      now += milliseconds;
    },
  };
}

export interface ReadSystem {
  readonly connection: Connection;
  readonly telemetry: Telemetry;
  /** One reading of a poll by its name, to its end; the place is kept. */
  poll(name: string): Promise<void>;
  /** A history by its name, to its end; where that breaks, the next call goes on. Gives what was missing. */
  backfill(name: string, since: Instant, missing?: string[]): Promise<readonly string[]>;
  /** As a webhook would. */
  deliver(records: readonly SourceRecord[]): Promise<void>;
  /** Delivers, and runs the errands that this leads to, to their end; gives how many of them died. */
  follow(records: readonly SourceRecord[]): Promise<number>;
  /** Everything that was made durable, each once for each time it was written. */
  activities(): Promise<readonly Activity[]>;
  /** Of all logs, by their numbers. */
  lines(): Promise<readonly string[]>;
  /** Every file that was written, as one text. */
  folder: string;
  close(): Promise<void>;
}

/** Again and again, as long as the network cuts it off. */
export async function untilDone(attempt: () => Promise<unknown>): Promise<number> {
  for (let cuts = 0; ; cuts += 1) {
    try {
      await attempt();
      return cuts;
    } catch (error) {
      if (!(error instanceof PipewardenError) || error.code !== 'API_UNREACHABLE') throw error;
    }
  }
}

export interface ReadOptions {
  readonly system: System;
  readonly settings: object;
  readonly clock: Clock | TestClock;
  readonly secrets?: Readonly<Record<string, string>>;
  /** Of one that was closed before, to go on where it ended; it stays when this one is closed. */
  readonly folder?: string;
  readonly fetch?: typeof globalThis.fetch;
  /** Called when records are durable and their place is not kept yet; what it throws ends the reading there. */
  onDurable?(): void;
}

export async function readSystem(options: ReadOptions): Promise<ReadSystem> {
  const { system, settings, clock, secrets = {}, fetch = globalThis.fetch, onDurable } = options;
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'reading-')));
  // What tidies up by itself would move the test's clock.
  const steady = { ...systemClock, now: clock.now };
  const log = openSqliteEventLog({ path: join(folder, 'log.sqlite'), clock: steady });
  const store = openSqliteDocumentStore({ path: join(folder, 'documents.sqlite'), clock: steady });
  const queue = openSqliteJobQueue({ path: join(folder, 'jobs.sqlite'), clock: systemClock, pollMs: 5 });
  const telemetry = createTelemetry('silent');
  const redactor = createRedactor({ key: new Uint8Array(32) });
  const host = createCollector({ log, redactor, detectors, telemetry, clock });
  const collector: Collector = {
    async ingest(records, signal) {
      const report = await host.ingest(records, signal);
      if (records.length > 0) onDurable?.();
      return report;
    },
  };
  const cursors = createCursors(store, 'this test', clock);
  const connection = system.connect(system.settings.parse(settings), {
    clock,
    secret: (reference) => secrets[reference] ?? reference,
    safeCut: createSafeCut(redactor),
    redact: (value) => redactor.json(value, new Set()).value,
    onArchived: (outcome) => telemetry.metrics.archivedLogs.inc({ system: 'test', outcome }),
    memory: createMemory(store, 'test'),
    client: (terms) =>
      createClient(terms, { clock, fetch, clean: (text) => redactor.text(text).value, userAgent: 'pipewarden/test' }),
  });
  const signal = new AbortController().signal;
  return {
    connection,
    telemetry,
    folder,
    async poll(name) {
      const poll = connection.polls.find((each) => each.name === name);
      if (!poll) throw new Error(`no poll ${name} among ${connection.polls.map((each) => each.name).join(', ')}`);
      const held = await cursors.take(name);
      if (!held) throw new Error(`${name} is taken`);
      // Its own renewals would move the test's clock.
      await readAll(held, (until) => poll.read(held.cursor, until), { collector, clock: systemClock, signal });
    },
    async backfill(name, since, missing = []) {
      const history = connection.histories.find((each) => each.name === name);
      if (!history)
        throw new Error(`no history ${name} among ${connection.histories.map((each) => each.name).join(', ')}`);
      const held = await cursors.take(`backfill ${name}`);
      if (!held) throw new Error(`${name} is taken`);
      const onMissing = (what: string) => void missing.push(what);
      const place = held.cursor;
      // What has just happened is not the past yet.
      if (place === undefined && 'move' in clock) clock.move(2 * HOUR);
      await readAll(held, (until) => history.read(since, place, until), {
        collector,
        clock: systemClock,
        signal,
        onMissing,
      });
      return missing;
    },
    async deliver(records) {
      await host.ingest(records);
    },
    async follow(records) {
      await host.ingest(records);
      const pulls = connection.pulls.map((pull) => ['test', pull] as const);
      const errands = await startErrands({
        pulls,
        log,
        queue,
        collector,
        cursors: createCursors(store, 'this test', clock, 'errand'),
        telemetry,
        clock: steady,
      });
      try {
        await errands.followed();
        for (;;) {
          const { waiting, running } = await queue.counts(ERRANDS);
          if (waiting + running === 0) break;
          await systemClock.sleep(5);
        }
        return (await queue.counts(ERRANDS)).dead;
      } finally {
        await errands.close();
      }
    },
    async lines() {
      return (await activities())
        .flatMap((activity) => (activity.kind === 'log' ? [activity.detail] : []))
        .sort((a, b) => a.first_line - b.first_line)
        .flatMap((chunk) => chunk.lines);
    },
    activities,
    async close() {
      await queue.close();
      await store.close();
      await log.close();
      if (options.folder === undefined) await rm(folder, { recursive: true });
    },
  };

  async function activities(): Promise<readonly Activity[]> {
    const found: Activity[] = [];
    for (let partition = 0; partition < log.partitions('activity'); partition++) {
      for (const { value } of await log.read('activity', partition, 0, 100_000)) {
        const { primary, activity }: ActivityEntry = JSON.parse(value);
        if (primary) found.push(activity);
      }
    }
    return found;
  }
}
