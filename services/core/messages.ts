// What is written into each topic, as JSON: the wire format between services.
import type { Activity } from './activity.ts';
import type { AuditEntry } from './audit.ts';
import type { FindingRecord } from './finding.ts';
import type { VerdictRecord } from './incident.ts';
import type { Json } from './json.ts';

/**
 * An entry of the `activity` topic. An activity is published once per entity key that some detector profiles; exactly
 * one copy is `primary`: plain rules look at that one, and it alone carries the record's body.
 */
export interface ActivityEntry {
  readonly primary: boolean;
  readonly activity: Activity;
}

export type FindingEntry =
  | ({ readonly type: 'finding' } & FindingRecord)
  | ({ readonly type: 'verdict' } & VerdictRecord);

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
