// The topics of the event log and the collections of the document store: every name in one place.
import { DAY } from './time.ts';

export interface TopicSpec {
  readonly partitions: number;
  /** How long entries are kept after they were written. */
  readonly retention_ms: number;
}

/** Findings, incidents and decisions are few, and their consumers need one order: one partition each. */
export const TOPICS = {
  /** Activity under each entity key that a detector profiles: `ActivityEntry`. */
  activity: { partitions: 12, retention_ms: 30 * DAY },
  /** What the entity stage makes of activities, and what people say: `SignalEntry`. */
  signal: { partitions: 1, retention_ms: 30 * DAY },
  /** `FindingRecord`, `VerdictRecord` or `WeaknessWord`, tagged: see `messages.ts`. */
  finding: { partitions: 1, retention_ms: 400 * DAY },
  /** `Incident`, one entry per change; the key is its id. */
  incident: { partitions: 1, retention_ms: 400 * DAY },
  /** `Weakness`, one entry per change; the key is its id. */
  weakness: { partitions: 1, retention_ms: 90 * DAY },
  /** `DayCount`, one entry per change; the key is its id. */
  measure: { partitions: 1, retention_ms: 30 * DAY },
  /** `AuditEntry` as somebody decided it, before it has its place in the chain. */
  decision: { partitions: 1, retention_ms: 30 * DAY },
  /** `ChainedAuditEntry`, in order. */
  audit: { partitions: 1, retention_ms: 4000 * DAY },
  /** `DeadLetter`: what was accepted and could not be used, or could not be delivered. */
  'dead-letter': { partitions: 1, retention_ms: 90 * DAY },
} as const satisfies Record<string, TopicSpec>;

export type TopicName = keyof typeof TOPICS;

/** Collections of the document store, and for how long a document is kept after its last change. */
export const COLLECTIONS = {
  finding: { retention_ms: 400 * DAY },
  incident: { retention_ms: 400 * DAY },
  /** Playbook runs: the truth about what is or was to be done. */
  run: { retention_ms: 400 * DAY },
  /** What systems showed of runs before they were stopped, for as long as what it belongs to: `EvidenceDocument`. */
  evidence: { retention_ms: 400 * DAY },
  audit: { retention_ms: 4000 * DAY },
  /** What holds for all of it: whether it is stopped. */
  control: { retention_ms: 4000 * DAY },
  /** What other tools tell of, once each. */
  weakness: { retention_ms: 400 * DAY },
  /** What was counted of a repository on a day. */
  measure: { retention_ms: 400 * DAY },
  'dead-letter': { retention_ms: 90 * DAY },
  /** Where each source was read to. */
  cursor: { retention_ms: 4000 * DAY },
  /** What may be used once and was: links, deliveries of decisions. All of these are good for a day at most. */
  used: { retention_ms: 7 * DAY },
  /** How far each errand has come, and which are done. */
  errand: { retention_ms: 7 * DAY },
} as const satisfies Record<string, { readonly retention_ms: number }>;

export type CollectionName = keyof typeof COLLECTIONS;
