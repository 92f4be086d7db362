// The poller host: one reader at a time, from where the last one was, whatever happens in between.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openSqliteDocumentStore } from '../../../services/adapters/document-store/sqlite.ts';
import type { Collector } from '../../../services/collector/host.ts';
import { createCursors, HOLD } from '../../../services/collector/polling/cursors.ts';
import { startPoller } from '../../../services/collector/polling/poller.ts';
import type { Poll } from '../../../services/collector/systems/system.ts';
import { systemClock } from '../../../services/core/clock.ts';
import { PipewardenError } from '../../../services/core/errors.ts';
import type { Json } from '../../../services/core/json.ts';
import type { DocumentStore } from '../../../services/core/ports/document-store.ts';
import { createTelemetry } from '../../../services/telemetry/telemetry.ts';
import { type Collecting, startCollecting } from '../collecting.ts';
import { testClock } from '../systems/reading.ts';

let folder: string;
let store: DocumentStore;
let collecting: Collecting;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'poller-'));
  store = openSqliteDocumentStore({ path: join(folder, 'documents.sqlite'), clock: systemClock });
  collecting = await startCollecting();
});
afterEach(async () => {
  await store.close();
  await collecting.close();
  await rm(folder, { recursive: true });
});

const record = (number: number) => ({
  source: 'github.audit',
  received_at: 0,
  body: { '@timestamp': 1_772_445_600_000, _document_id: `entry-${number}`, action: 'repo.create', org: 'acme' },
});

/** Gives the numbers from its cursor on up to `there()`, three at a time. */
function counting(there: () => number, trouble: (number: number) => void = () => undefined): Poll {
  return {
    name: 'numbers',
    source: 'github.audit',
    every: 20,
    async *read(cursor: Json | undefined) {
      for (let from = Number(cursor ?? 0); from < there(); from += 3) {
        trouble(from);
        const numbers = [from, from + 1, from + 2].filter((number) => number < there());
        yield { records: numbers.map(record), cursor: from + numbers.length };
      }
    },
  };
}

function start(poll: Poll, { owner = 'a', clock = systemClock, collector = collecting.collector as Collector } = {}) {
  const cursors = createCursors(store, owner, clock);
  const telemetry = createTelemetry('silent');
  return {
    telemetry,
    ...startPoller({ polls: [['test', poll]], collector, cursors, telemetry, clock, random: () => 0.5 }),
  };
}

const ids = async () => (await collecting.activities()).map(({ native_type: _, id }) => id);
const many = (count: number) =>
  vi.waitFor(async () => expect(new Set(await ids()).size).toBe(count), { timeout: 10_000 });

test('what is new is read, again and again, and once', async () => {
  let there = 7;
  const poller = start(counting(() => there));
  await many(7);
  there = 12;
  await many(12);
  await poller.close();
  expect((await ids()).length).toBe(12);
});

test('another collector goes on where one has ended', async () => {
  let there = 5;
  const first = start(
    counting(() => there),
    { owner: 'a' },
  );
  await many(5);
  await first.close();
  there = 9;
  const second = start(
    counting(() => there),
    { owner: 'b' },
  );
  await many(9);
  await second.close();
  expect((await ids()).length).toBe(9);
});

test('two collectors do not read the same thing at once; one that died is followed after a while', async () => {
  const clock = testClock(Date.parse('2026-03-02T10:00:00Z'));
  const [a, b] = ['a', 'b'].map((owner) => createCursors(store, owner, clock));
  const held = await a?.take('numbers');
  expect(await b?.take('numbers')).toBeUndefined();
  clock.move(HOLD + 1);
  const next = await b?.take('numbers');
  expect(next).toBeDefined();
  // The one that was replaced cannot move the place any more.
  await expect(held?.save({ cursor: 3 })).rejects.toMatchObject({ code: 'FEED_TAKEN' });
  await next?.save({ cursor: 4 });
  expect((await a?.take('numbers'))?.cursor).toBeUndefined();
});

test('a reading that fails is tried again from its last turn, and counted', async () => {
  let failures = 0;
  const poll = counting(
    () => 9,
    (from) => {
      if (from === 6 && ++failures <= 2)
        throw new PipewardenError('API_BUSY', { method: 'GET', path: '/x', status: 502 });
    },
  );
  const clock = testClock(Date.parse('2026-03-02T10:00:00Z'));
  const poller = start(poll, { clock });
  await many(9);
  await poller.close();
  expect(failures).toBeGreaterThanOrEqual(3);
  const metrics = await poller.telemetry.metrics.registry.metrics();
  expect(metrics).toContain('pipewarden_readings_total{source="github.audit",outcome="api_busy"} 2');
  expect((await ids()).length).toBe(9);
});

test('a log that is away for a while loses nothing', async () => {
  let away = true;
  const collector: Collector = {
    async ingest(records, signal) {
      if (away) throw new PipewardenError('LOG_UNAVAILABLE', { problem: 'it is away' });
      return await collecting.collector.ingest(records, signal);
    },
  };
  const clock = testClock(Date.parse('2026-03-02T10:00:00Z'));
  const poller = start(
    counting(() => 4),
    { collector, clock },
  );
  await systemClock.sleep(30);
  expect(await ids()).toEqual([]);
  away = false;
  await many(4);
  await poller.close();
});
