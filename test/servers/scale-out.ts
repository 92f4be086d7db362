// Collectors and analyzers as processes on one Kafka, fed with the bundled recording, and what comes of it.
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { detectors } from '../../detectors/index.ts';
import { openKafkaEventLog } from '../../services/adapters/event-log/kafka.ts';
import { untilCommitted, untilVisible } from '../../services/adapters/event-log/kafka-progress.ts';
import { KafkaReader } from '../../services/adapters/event-log/kafka-reader.ts';
import { naming, TOPIC_NAMES } from '../../services/adapters/event-log/kafka-topics.ts';
import { createEngine } from '../../services/analyzer/engine.ts';
import { NO_KNOWLEDGE } from '../../services/collector/host/complete.ts';
import { createUnderstanding } from '../../services/collector/host/understand.ts';
import type { SourceRecord } from '../../services/collector/source.ts';
import { systemClock } from '../../services/core/clock.ts';
import type { Finding } from '../../services/core/finding.ts';
import type { Incident } from '../../services/core/incident.ts';
import type { ActivityEntry, FindingEntry } from '../../services/core/messages.ts';
import type { EventLog } from '../../services/core/ports/event-log.ts';
import { createRedactor } from '../../services/redactor/engine.ts';
import { silentLog } from '../../services/telemetry/log.ts';
import type { Machine, Running } from '../helpers/command.ts';
import { allEntries } from '../helpers/kept.ts';
import { type Piece, piecesOf } from './scale-out-records.ts';

/** Longer than any outage that a test makes. */
const PATIENCE_MS = 240_000;

export interface Outcome {
  /** Ids of all activities in the log, sorted. */
  readonly activities: readonly string[];
  /** In the order of the log. */
  readonly findings: readonly Finding[];
  /** What correlation was given: these findings, and what was told again. */
  readonly raised: readonly FindingEntry[];
  /** Ids that were raised more than once. */
  readonly twice: readonly string[];
  /** Last state of each incident that was not merged into another, sorted by id. */
  readonly incidents: readonly Incident[];
}

export async function outcomeOf(log: EventLog): Promise<Outcome> {
  const activities = await allEntries<Partial<ActivityEntry>>(log, 'activity');
  const raised = await allEntries<FindingEntry>(log, 'finding');
  return outcomeFrom(
    activities.flatMap(({ activity }) => (activity ? [activity.id] : [])),
    raised,
    await allEntries<Incident>(log, 'incident'),
  );
}

function outcomeFrom(
  activities: readonly string[],
  raised: readonly FindingEntry[],
  changes: readonly Incident[],
): Outcome {
  const findings = raised.flatMap((entry) => (entry.type === 'finding' ? [entry.finding] : []));
  const incidents = new Map(changes.map((incident) => [incident.id, incident]));
  const ids = findings.map(({ id }) => id);
  return {
    activities: [...new Set(activities)].sort(),
    findings,
    raised,
    twice: ids.filter((id, index) => ids.indexOf(id) !== index),
    incidents: [...incidents.values()].filter(({ status }) => status !== 'merged').sort(byId),
  };
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1;
}

const RULES = new Set(detectors.filter(({ examine }) => examine).map(({ id }) => id));

/** What plain rules found, sorted by id: they have no history that an order could change. */
export function ruleFindings({ findings }: Outcome): readonly Finding[] {
  return findings.filter(({ detector }) => RULES.has(detector)).sort(byId);
}

/**
 * Who belongs together, whatever the incidents are called. By deeds: where two feeds tell one deed, the order in which
 * they come decides whose activity the finding names, and whether it is told once more as worse.
 */
export function groupsOf({ incidents, findings }: Outcome): readonly string[] {
  const deeds = new Map(findings.map(({ id, detector, entity }) => [id, `${detector} of ${entity.type} ${entity.id}`]));
  return incidents
    .map(({ severity, findings: members }) => {
      const named = new Set(members.map((id) => deeds.get(id) ?? 'a finding that is not there'));
      return `${severity}: ${[...named].sort().join(', ')}`;
    })
    .sort();
}

/** The analyzer in one thread without a log, as `replay` runs it. */
export async function embeddedOutcome(records: readonly SourceRecord[]): Promise<Outcome> {
  const understand = createUnderstanding({
    redactor: createRedactor({ key: new Uint8Array(32) }),
    clock: systemClock,
    ...NO_KNOWLEDGE,
  });
  const engine = createEngine({ detectors, onFault: () => {} });
  const activities: string[] = [];
  const raised: FindingEntry[] = [];
  const incidents: Incident[] = [];
  for (const record of records) {
    const understood = understand(record);
    for (const activity of 'activities' in understood ? understood.activities : []) {
      activities.push(activity.id);
      const found = engine.take(activity);
      raised.push(...found.findings.map((finding) => ({ type: 'finding' as const, ...finding })));
      incidents.push(...found.incidents);
    }
  }
  return outcomeFrom(activities, raised, incidents);
}

export interface CollectorProcess {
  /** Resolves when all of them are durable. */
  send(records: readonly SourceRecord[]): Promise<void>;
  stop(): Promise<void>;
}

export async function startCollector(broker: string, prefix: string): Promise<CollectorProcess> {
  const child: ChildProcess = fork(join(import.meta.dirname, 'collector-process.ts'), [broker, prefix]);
  await once(child, 'message');
  return {
    async send(records) {
      const durable = once(child, 'message');
      child.send([...records]);
      await durable;
    },
    async stop() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

/** `pipewarden start analyzer`, the command itself. */
export async function startAnalyzerProcess(machine: Machine, broker: string, prefix: string): Promise<Running> {
  const name = `${prefix}${randomUUID()}`;
  const config = machine.path(`${name}.yaml`);
  const log = `event_log: { type: kafka, brokers: ["${broker}"], prefix: "${prefix}", session_seconds: 3 }`;
  writeFileSync(config, `${log}\n`);
  const running = machine.start(['start', 'analyzer', '--config', config, '--data', machine.path(name)]);
  await running.says(/Mode/);
  return running;
}

/** The recording: collectors take turns, then share; `between` is called after each piece. */
export function feed(
  records: readonly SourceRecord[],
  collectors: readonly CollectorProcess[],
  between?: () => Promise<void>,
): Promise<void> {
  return feedPieces(piecesOf(records), collectors, between);
}

export async function feedPieces(
  pieces: readonly Piece[],
  collectors: readonly CollectorProcess[],
  between?: (piece: Piece) => Promise<void>,
): Promise<void> {
  for (const [turn, piece] of pieces.entries()) {
    const rankOf = (index: number) => (piece.dealt ? index : turn) % collectors.length;
    const shares = collectors.map((_, rank) => piece.records.filter((_record, index) => rankOf(index) === rank));
    await Promise.all(collectors.map((collector, rank) => collector.send(shares[rank] ?? [])));
    await between?.(piece);
  }
}

/** Looks at what the processes have made of the log. */
export interface Observer {
  /** Waits until the analyzers have made of the log all that they will. */
  untilAnalyzed(): Promise<void>;
  outcome(): Promise<Outcome>;
  close(): Promise<void>;
}

export async function observe(broker: string, prefix: string, partitions = 12): Promise<Observer> {
  const address = { brokers: [broker], clientId: 'test' };
  const log = await openKafkaEventLog({ ...address, prefix, partitions, clock: systemClock, log: silentLog });
  const reader = new KafkaReader(address, systemClock, silentLog);
  await reader.connect();
  const names = naming(prefix);
  // What is joined goes through the first topic again, what correlation says too.
  const stages = [
    ['analyzer', 'activity'],
    ['analyzer', 'activity'],
    ['judge', 'signal'],
    ['correlator', 'finding'],
    ['analyzer', 'activity'],
  ] as const;
  for (const [, name] of stages) await reader.topic(names.topic(name));
  return {
    async untilAnalyzed() {
      const patience = AbortSignal.timeout(PATIENCE_MS);
      for (const [group, name] of stages) {
        const place = { reader, groupId: names.group(group, name), topic: names.topic(name) };
        await untilCommitted(place, systemClock, patience);
        await untilVisible(
          reader,
          TOPIC_NAMES.map((topic) => names.topic(topic)),
          systemClock,
          patience,
        );
      }
    },
    outcome: () => outcomeOf(log),
    async close() {
      await reader.close();
      await log.close();
    },
  };
}
