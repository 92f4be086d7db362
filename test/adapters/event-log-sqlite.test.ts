// The embedded event log: the port's contract, and what is its own: order of batches, bounds, retention, kill -9.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqliteEventLog } from '../../services/adapters/event-log/sqlite.ts';
import { type Clock, systemClock } from '../../services/core/clock.ts';
import type { Entry, EventLog } from '../../services/core/ports/event-log.ts';
import { DAY } from '../../services/core/time.ts';
import { TOPICS } from '../../services/core/topics.ts';
import { openEcho } from '../contracts/event-log/echo.ts';
import { expectEchoedOnce, gate, numbered, readAll, watcher } from '../contracts/event-log/stage.ts';
import { type EventLogHarness, eventLogContract } from '../contracts/event-log.ts';

/** A clock that can be stopped: who sleeps by it sleeps on until it goes again, as in a process that is suspended. */
function stoppableClock(): Clock & { stop(): void; go(): void } {
  let running = true;
  return {
    now: systemClock.now,
    async sleep(milliseconds, signal) {
      await systemClock.sleep(milliseconds, signal);
      while (!running) await systemClock.sleep(10, signal);
    },
    stop() {
      running = false;
    },
    go() {
      running = true;
    },
  };
}

async function startHarness(): Promise<EventLogHarness> {
  const folder = await mkdtemp(join(tmpdir(), 'event-log-'));
  const clocks = new Map<EventLog, ReturnType<typeof stoppableClock>>();
  return {
    async open() {
      const clock = stoppableClock();
      const log = openSqliteEventLog({ path: join(folder, 'log.sqlite'), clock, leaseMs: 1_500, pollMs: 20 });
      clocks.set(log, clock);
      return log;
    },
    silence: async (log) => clocks.get(log)?.stop(),
    stop: () => rm(folder, { recursive: true, force: true }),
  };
}

eventLogContract('SQLite', startHarness);

describe('SQLite event log', () => {
  let folder: string;
  let logs: EventLog[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'event-log-'));
    logs = [];
  });

  afterEach(async () => {
    for (const log of logs) await log.close();
    await rm(folder, { recursive: true, force: true });
  });

  function open(clock: Clock = systemClock): EventLog {
    const log = openSqliteEventLog({ path: join(folder, 'log.sqlite'), clock, leaseMs: 1_500 });
    logs.push(log);
    return log;
  }

  async function consume(log: EventLog, group: string, batchSize = 500): Promise<(readonly Entry[])[]> {
    const batches: (readonly Entry[])[] = [];
    const consumer = await log.subscribe({
      group,
      topic: 'activity',
      batchSize,
      open: watcher((batch) => batches.push(batch)),
    });
    await consumer.caughtUp();
    await consumer.close();
    return batches;
  }

  test('shows one process the same batches in the same order every time', async () => {
    const log = open();
    await log.append('activity', numbered('v', 500, 50));
    const [once, again] = [await consume(log, 'once', 10), await consume(log, 'again', 10)];
    expect(again).toEqual(once);
    const partitions = once.map((batch) => batch[0]?.partition ?? -1);
    expect(partitions.slice(0, 12)).toEqual(Array.from({ length: 12 }, (_, partition) => partition));
  });

  test('keeps a batch within sixteen megabytes', async () => {
    const log = open();
    await log.append(
      'activity',
      Array.from({ length: 5 }, () => ({ key: 'k', value: 'x'.repeat(6 * 1024 * 1024) })),
    );
    await log.append('activity', [{ key: 'k', value: 'x'.repeat(20 * 1024 * 1024) }]);
    expect((await consume(log, 'group')).map((batch) => batch.length)).toEqual([2, 2, 1, 1]);
  });

  test('forgets what is past its retention, but nothing that a group has yet to see', async () => {
    let now = systemClock.now();
    const clock = { ...systemClock, now: () => now };
    const old = open(clock);
    await old.append('activity', numbered('old', 2_500, 24));
    expect((await consume(old, 'fast')).flat()).toHaveLength(2_500);
    await (
      await old.subscribe({ group: 'slow', topic: 'activity', open: () => Promise.reject(new Error('not yet')) })
    ).close();
    now += TOPICS.activity.retention_ms + DAY;
    await old.append('activity', numbered('new', 24, 24));
    await old.close();

    const kept = open(clock);
    expect((await consume(kept, 'slow')).flat()).toHaveLength(2_524);
    await kept.close();

    const pruned = open(clock);
    await expect.poll(async () => (await readAll(pruned, 'activity')).length).toBe(24);
    expect((await consume(pruned, 'late')).flat().map(({ value }) => value.slice(0, 3))).toEqual(Array(24).fill('new'));
  });

  test('tells a worker that wakes up again to stop when its partition has another owner', async () => {
    const clock = stoppableClock();
    const sleeper = open(clock);
    await sleeper.append('finding', [{ key: 'k', value: 'v' }]);
    const entered = gate();
    const errors: unknown[] = [];
    await sleeper.subscribe({
      group: 'group',
      topic: 'finding',
      onError: (error) => errors.push(error),
      open: async () => ({
        async process(_batch, signal) {
          entered.open();
          await systemClock.sleep(60_000, signal);
          return {};
        },
      }),
    });
    await entered.opened;
    clock.stop();
    const heir = await open().subscribe({ group: 'group', topic: 'finding', open: watcher(() => {}) });
    await heir.caughtUp();
    expect(errors).toEqual([]);
    clock.go();
    await expect.poll(() => errors, { timeout: 10_000 }).toMatchObject([{ code: 'LOG_FENCED' }]);
  }, 30_000);

  test('loses and repeats nothing when its process is killed again and again', async () => {
    const log = open();
    const inputs = numbered('v', 3_000, 60);
    await log.append('activity', inputs);
    const worker = join(import.meta.dirname, 'event-log-sqlite-worker.ts');
    for (const goal of [1, 700, 1_400]) {
      const child = spawn(process.execPath, [worker, join(folder, 'log.sqlite')], { stdio: 'ignore' });
      const ended = once(child, 'exit');
      await expect
        .poll(async () => (await readAll(log, 'finding')).length, { timeout: 10_000, interval: 5 })
        .toBeGreaterThanOrEqual(goal);
      child.kill('SIGKILL');
      await ended;
    }
    expect((await readAll(log, 'finding')).length).toBeLessThan(inputs.length);
    const consumer = await log.subscribe({
      group: 'killed',
      topic: 'activity',
      open: async (assignment) => ({ process: await openEcho(assignment) }),
    });
    await consumer.caughtUp();
    await expectEchoedOnce(log, inputs);
  }, 60_000);

  test('says what is wrong when the file cannot be used', () => {
    const opening = () => openSqliteEventLog({ path: join(folder, 'missing', 'log.sqlite'), clock: systemClock });
    expect(opening).toThrow(expect.objectContaining({ code: 'LOG_UNAVAILABLE' }));
  });
});
