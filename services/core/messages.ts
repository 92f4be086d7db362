// What is written into each topic, as JSON: the wire format between services.
import type { Activity } from './activity.ts';
import type { AuditEntry } from './audit.ts';
import type { FindingRecord, Profiled } from './finding.ts';
import type { VerdictRecord } from './incident.ts';
import type { Json } from './json.ts';
import type { Note, Signal } from './signal.ts';
import type { WeaknessWord } from './weakness-word.ts';

/**
 * An activity in the `activity` topic. It is published once per key that it is examined under; exactly one copy is
 * `primary`, and it alone carries the record's body.
 */
export interface ActivityEntry {
  readonly primary: boolean;
  readonly activity: Activity;
  /** A sensor's event, with what was known of its runner: it has been through the runner's own key. */
  readonly joined?: true;
}

/** To profiles, under their own key, of what these activities were to teach: an incident holds it, or somebody teaches it. */
export interface WordEntry extends Profiled {
  readonly word: 'hold' | 'teach';
  readonly activities: readonly string[];
}

/**
 * To a partition, of profiles that somebody changed by hand: `text` as the state had it (an import, a roll back), null to
 * forget. By name: detector and entity, `new-workflow-egress/job:…`.
 */
export interface ReplaceEntry {
  readonly replace: Readonly<Record<string, string | null>>;
}

export type SignalEntry = ({ readonly type: 'signal' } & Signal) | ({ readonly type: 'note' } & Note);

export type FindingEntry =
  | ({ readonly type: 'finding' } & FindingRecord)
  /** The same oddity again: it raises nothing, and belongs to whatever incident the finding is in. */
  | ({ readonly type: 'repeat'; readonly finding: string; readonly activity: string } & Profiled)
  | ({ readonly type: 'verdict' } & VerdictRecord)
  /** Of a weakness that could weigh in an incident. */
  | ({ readonly type: 'weakness' } & WeaknessWord);

export interface DeadLetter {
  /** Derived from content. */
  readonly id: string;
  /** RFC 3339, UTC. */
  readonly time: string;
  /** Which component gave up: `collector`, `forwarder.siem` … */
  readonly component: string;
  /** Code of the error table. */
  readonly error: string;
  /** What went wrong, already redacted. */
  readonly reason: string;
  /** What it was, redacted; where it could not even be read: size and hash. */
  readonly payload: Json;
  /** Where it came from: `FILE:LINE`, a delivery id, a topic and offset. */
  readonly origin?: string;
}

export type DecisionEntry = AuditEntry;
