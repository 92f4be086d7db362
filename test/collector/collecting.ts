// A collector with its real redactor, on a real event log in a temporary folder.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { detectors } from '../../detectors/index.ts';
import { openSqliteEventLog } from '../../services/adapters/event-log/sqlite.ts';
import { type Collector, type CollectorOptions, createCollector } from '../../services/collector/host.ts';
import type { Source } from '../../services/collector/source.ts';
import type { Activity, ActivityKind } from '../../services/core/activity.ts';
import { type Clock, systemClock } from '../../services/core/clock.ts';
import type { Detector } from '../../services/core/detector.ts';
import type { ActivityEntry, DeadLetter } from '../../services/core/messages.ts';
import type { Entry, EventLog } from '../../services/core/ports/event-log.ts';
import type { TopicName } from '../../services/core/topics.ts';
import { checksumOf } from '../../services/redactor/checksum.ts';
import { createRedactor } from '../../services/redactor/engine.ts';
import { createTelemetry, type Telemetry } from '../../services/telemetry/telemetry.ts';

const random = 'Zq8W3kLm5TnR7vXb2YcD4fGh6JsPaE';
/** Nobody's token, made here so that no scanner finds one in this file: it must not be seen behind the redactor. */
export const CANARY = ['gh', 'p_', random, checksumOf(random)].join('');
/** What the redactor calls it. */
export const CANARY_KIND = 'github-personal-token';
export const NOW = Date.parse('2026-03-02T10:00:00Z');
export const clock: Clock = { ...systemClock, now: () => NOW };

export interface Collecting {
  readonly collector: Collector;
  readonly log: EventLog;
  readonly telemetry: Telemetry;
  entries(): Promise<readonly (ActivityEntry & { readonly key: string })[]>;
  /** The primary copies. */
  activities(): Promise<readonly Activity[]>;
  letters(): Promise<readonly DeadLetter[]>;
  close(): Promise<void>;
}

export async function startCollecting(
  options: Pick<CollectorOptions, 'aliases' | 'networks'> & {
    readonly detectors?: readonly Detector[];
    readonly sources?: readonly Source[];
    readonly log?: (real: EventLog) => EventLog;
  } = {},
): Promise<Collecting> {
  const folder = await mkdtemp(join(tmpdir(), 'collecting-'));
  const log = openSqliteEventLog({ path: join(folder, 'log.sqlite'), clock });
  const telemetry = createTelemetry('silent');
  const collector = createCollector({
    log: options.log?.(log) ?? log,
    redactor: createRedactor({ key: new Uint8Array(32) }),
    detectors: options.detectors ?? detectors,
    telemetry,
    clock,
    ...(options.sources && { sources: options.sources }),
    ...(options.aliases && { aliases: options.aliases }),
    ...(options.networks && { networks: options.networks }),
  });
  const entries = async () =>
    (await readAll(log, 'activity')).map(({ key, value }) => ({ key, ...(JSON.parse(value) as ActivityEntry) }));
  return {
    collector,
    log,
    telemetry,
    entries,
    activities: async () => (await entries()).filter(({ primary }) => primary).map(({ activity }) => activity),
    letters: async () => (await readAll(log, 'dead-letter')).map(({ value }) => JSON.parse(value) as DeadLetter),
    async close() {
      await log.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function readAll(log: EventLog, topic: TopicName): Promise<readonly Entry[]> {
  const found: Entry[] = [];
  for (let partition = 0; partition < log.partitions(topic); partition++) {
    let from = 0;
    for (;;) {
      const batch = await log.read(topic, partition, from, 1_000);
      const last = batch.at(-1);
      if (!last) break;
      found.push(...batch);
      from = last.offset + 1;
    }
  }
  return found;
}

/** How many activities there are of each kind. */
export function kindsOf(activities: readonly Activity[]): Partial<Record<ActivityKind, number>> {
  const counts: Partial<Record<ActivityKind, number>> = {};
  for (const { kind } of activities) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
