// What the stories of the event log's contract play on: clients of one log, group names, waiting, reading.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type {
  Assignment,
  Entry,
  EventLog,
  NewEntry,
  PartitionProcessor,
} from '../../../services/core/ports/event-log.ts';
import type { TopicName } from '../../../services/core/topics.ts';
import { clientsOf } from '../clients.ts';
import type { EventLogHarness } from '../event-log.ts';

export { openEcho } from './echo.ts';

export type Story = (title: string, play: (stage: Stage) => Promise<void>) => void;

export interface Stage {
  /** The first client. */
  readonly log: EventLog;
  open(): Promise<EventLog>;
  silence(log: EventLog): Promise<void>;
  /** A group name that no other test uses. */
  group(): string;
  /** Waits until `holds` does; fails with `what` when patience ends. */
  until(what: string, holds: () => boolean | Promise<boolean>): Promise<void>;
  close(): Promise<void>;
}

export async function openStage(harness: EventLogHarness, patienceMs: number): Promise<Stage> {
  const { opened, open } = clientsOf(harness);
  return {
    log: await open(),
    open,
    silence: async (log) => harness.silence?.(log),
    group: () => `contract-${randomUUID()}`,
    async until(what, holds) {
      const end = Date.now() + patienceMs;
      while (!(await holds())) {
        if (Date.now() > end) expect.fail(`in ${patienceMs} ms not reached: ${what}`);
        await sleep(20);
      }
    },
    async close() {
      for (const log of opened.toReversed()) await log.close();
      await harness.stop();
    },
  };
}

/** `count` entries `<prefix>0`, `<prefix>1` … dealt out to `keys` keys in turn. */
export function numbered(prefix: string, count: number, keys: number): NewEntry[] {
  return Array.from({ length: count }, (_, index) => ({ key: `key-${index % keys}`, value: `${prefix}${index}` }));
}

/** All of a topic, page by page, in order within each partition. */
export async function readAll(log: EventLog, topic: TopicName): Promise<Entry[]> {
  const all: Entry[] = [];
  for (let partition = 0; partition < log.partitions(topic); partition++) {
    for (let from = 0; ; ) {
      const page = await log.read(topic, partition, from, 1000);
      const last = page.at(-1);
      if (!last) break;
      all.push(...page);
      from = last.offset + 1;
    }
  }
  return all;
}

/** Values by key, in the order given. */
export function byKey(entries: readonly NewEntry[]): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const { key, value } of entries) values.set(key, [...(values.get(key) ?? []), value]);
  return values;
}

/** A processor that only hands its batches to `see`. */
export function watcher(see: (batch: readonly Entry[], assignment: Assignment) => void) {
  return async (assignment: Assignment): Promise<PartitionProcessor> => ({
    process(batch) {
      see(batch, assignment);
      return {};
    },
  });
}

/** Every input came back from echo workers once, in order, with the right number. */
export async function expectEchoedOnce(log: EventLog, inputs: readonly NewEntry[]): Promise<void> {
  const expected = new Map<string, string[]>();
  for (const [key, values] of byKey(inputs)) {
    expected.set(
      key,
      values.map((value, index) => `${value} is number ${index + 1}`),
    );
  }
  expect(byKey(await readAll(log, 'finding'))).toEqual(expected);
}

/** A promise and the function that fulfils it. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}
