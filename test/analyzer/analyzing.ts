// An analyzer on a real event log in a temporary folder, and activities to give it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { detectors as every } from '../../detectors/index.ts';
import { openSqliteEventLog } from '../../services/adapters/event-log/sqlite.ts';
import { startAnalyzer } from '../../services/analyzer/analyzer.ts';
import { createRouter } from '../../services/collector/host/route.ts';
import type { Activity } from '../../services/core/activity.ts';
import { systemClock } from '../../services/core/clock.ts';
import type { Detector } from '../../services/core/detector.ts';
import type { FindingRecord, Link } from '../../services/core/finding.ts';
import type { Incident } from '../../services/core/incident.ts';
import { contentId } from '../../services/core/json.ts';
import type { DeadLetter } from '../../services/core/messages.ts';
import type { EventLog, NewEntry } from '../../services/core/ports/event-log.ts';
import type { Severity } from '../../services/core/severity.ts';
import { formatInstant, MINUTE } from '../../services/core/time.ts';
import type { TopicName } from '../../services/core/topics.ts';
import type { Log } from '../../services/telemetry/log.ts';
import { createTelemetry } from '../../services/telemetry/telemetry.ts';

export const START = Date.UTC(2026, 2, 2, 10);

interface Options {
  readonly detectors?: readonly Detector[];
  readonly learnUntil?: number;
  /** What the analyzer logged, in order. */
  readonly logged?: string[];
}

export interface Analyzing {
  readonly log: EventLog;
  /** Publishes as the collector does; resolves when all of it has become findings and incidents. */
  take(...activities: readonly Activity[]): Promise<void>;
  /** Writes findings (or anything else) straight into a topic, and waits likewise. */
  write(topic: TopicName, ...values: readonly string[]): Promise<void>;
  findings(): Promise<readonly FindingRecord[]>;
  /** The newest state of each, oldest first. */
  incidents(): Promise<readonly Incident[]>;
  letters(): Promise<readonly DeadLetter[]>;
  /** Stops everything and starts it again on the same file. */
  reopen(options?: Options): Promise<void>;
  /** Stops the analyzer, lets somebody else at its log, and starts it again. */
  whileStopped(work: (log: EventLog) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

export async function startAnalyzing(first: Options = {}): Promise<Analyzing> {
  const folder = await mkdtemp(join(tmpdir(), 'analyzing-'));
  async function start({ detectors = every, learnUntil, logged }: Options) {
    const log = openSqliteEventLog({ path: join(folder, 'log.sqlite'), clock: systemClock });
    const telemetry = { ...createTelemetry('silent'), log: keeping(logged ?? []) };
    const analyzer = await startAnalyzer({
      log,
      detectors,
      telemetry,
      ...(learnUntil === undefined ? {} : { learnUntil }),
    });
    return { log, analyzer, route: createRouter(detectors, log.partitions('activity')) };
  }
  let running = await start(first);

  async function append(topic: TopicName, entries: readonly NewEntry[]): Promise<void> {
    await running.log.append(topic, entries);
    await running.analyzer.caughtUp();
  }
  async function stop(): Promise<void> {
    await running.analyzer.close();
    await running.log.close();
  }
  return {
    get log() {
      return running.log;
    },
    take: (...activities) => append('activity', activities.flatMap(running.route)),
    write: (topic, ...values) =>
      append(
        topic,
        values.map((value) => ({ key: topic, value })),
      ),
    async findings() {
      return (await valuesOf(running.log, 'finding')) as FindingRecord[];
    },
    async incidents() {
      const states = (await valuesOf(running.log, 'incident')) as Incident[];
      return [...new Map(states.map((incident) => [incident.id, incident])).values()].sort((a, b) =>
        a.opened < b.opened ? -1 : a.opened > b.opened ? 1 : a.id < b.id ? -1 : 1,
      );
    },
    async letters() {
      return (await valuesOf(running.log, 'dead-letter')) as DeadLetter[];
    },
    async reopen(options = first) {
      await stop();
      running = await start(options);
    },
    async whileStopped(work) {
      await stop();
      const log = openSqliteEventLog({ path: join(folder, 'log.sqlite'), clock: systemClock });
      await work(log);
      await log.close();
      running = await start(first);
    },
    async close() {
      await stop();
      await rm(folder, { recursive: true });
    },
  };
}

async function valuesOf(log: EventLog, topic: TopicName): Promise<readonly unknown[]> {
  const entries = await log.read(topic, 0, 0, 10_000);
  return entries.flatMap(({ value }): unknown[] => (value.startsWith('{') ? [JSON.parse(value)] : []));
}

function keeping(logged: string[]): Log {
  const keep = (message: string) => void logged.push(message);
  const log: Log = { debug: keep, info: keep, warn: keep, error: keep, child: () => log };
  return log;
}

interface FindingFields {
  readonly detector?: string;
  readonly severity?: Severity;
  /** Minutes after START. */
  readonly at?: number;
  readonly links?: readonly (string | Link)[];
  readonly multiplier?: true;
  readonly facets?: readonly string[] | undefined;
  /** Name of what it rests on, where others rest on it too. */
  readonly activity?: string;
  readonly actor?: string;
  readonly source?: string;
  readonly text?: string;
}

/** A finding as the analyzer writes it; `name` makes its id. */
export function finding(name: string, fields: FindingFields = {}): FindingRecord {
  const {
    detector = 'some-detector',
    severity = 'medium',
    at = 0,
    links = [],
    actor = 'ada',
    source = 'case',
  } = fields;
  const observed_at = START + at * MINUTE;
  const entity = { type: 'repository' as const, id: 'example/app' };
  const activity: Activity = {
    id: contentId('activity', fields.activity ?? name),
    source,
    kind: 'protection',
    native_type: 'case',
    detail: { change: 'removed', what: 'branch protection' },
    observed_at,
    received_at: observed_at,
  };
  return {
    finding: {
      id: contentId('finding', name),
      detector,
      catalogue: 'D000',
      title: `Title of ${detector}`,
      severity,
      time: formatInstant(observed_at),
      surprise: 8,
      entity,
      actor,
      repository: null,
      run: null,
      evidence: { observed: fields.text ?? `${name} happened.`, expected: 'Nothing of it.', history: 'None.' },
      activities: [activity.id],
      incident: null,
      owasp: [],
      attack: [],
    },
    links: links.map((link) => (typeof link === 'string' ? { key: link } : link)),
    tactics: ['TA0001'],
    ...(fields.multiplier ? { multiplier: true as const } : {}),
    ...(fields.facets ? { facets: fields.facets } : {}),
    observed_at,
    activities: [activity],
  };
}

export function findingEntry(record: FindingRecord): string {
  return JSON.stringify({ type: 'finding', ...record });
}

export function idOf(name: string): string {
  return contentId('finding', name);
}
