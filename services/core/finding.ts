// A detector's verdict, in the form that leaves the program (DESIGN.md section 8), and what travels beside it inside.
import type { Activity } from './activity.ts';
import type { Entity } from './entity.ts';
import type { RunReach } from './run-facts.ts';
import type { Severity } from './severity.ts';
import type { Instant } from './time.ts';

/** One detector's verdict on one activity. This object is the public contract: names and shapes stay. */
export interface Finding {
  /** Derived from activity, detector and entity. */
  readonly id: string;
  readonly detector: string;
  /** The catalogue's id, `D020`. */
  readonly catalogue: string;
  readonly title: string;
  readonly severity: Severity;
  /** RFC 3339, UTC: when the activity was observed. */
  readonly time: string;
  /** Bits: −log2 of the probability that a benign activity of this entity is at least as unusual; null for a rule. */
  readonly surprise: number | null;
  readonly entity: Entity;
  readonly actor: string | null;
  readonly repository: string | null;
  readonly run: string | null;
  readonly evidence: { readonly observed: string; readonly expected: string; readonly history: string };
  /** Ids of the activities it rests on. */
  readonly activities: readonly string[];
  /** The incident it belongs to, once correlated. */
  readonly incident: string | null;
  readonly owasp: readonly string[];
  readonly attack: readonly string[];
  /** In replay and backtest: `FILE:LINE` of the records it rests on. */
  readonly inputs?: readonly string[];
  readonly sample?: true;
}

/** The data of the small picture that a finding is explained with. */
export type Picture =
  | {
      /** An actor's week in their own time: 168 relative weights, Monday 00:00 first; `at` is the odd hour's index. */
      readonly type: 'week';
      readonly hours: readonly number[];
      readonly at: number;
      readonly zone: string;
    }
  | {
      /** What is usual beside what is new, e.g. destinations of a pipeline. */
      readonly type: 'known-and-new';
      readonly what: string;
      readonly known: readonly { readonly value: string; readonly times: number }[];
      readonly fresh: readonly string[];
    }
  | {
      /** A change in words: what was there, what is there now. */
      readonly type: 'delta';
      readonly lines: readonly { readonly sign: '+' | '-' | '~'; readonly text: string }[];
    };

/** A link that correlation may join findings by. Weak ones (busy entities) need a second link. */
export interface Link {
  readonly key: string;
  readonly weak?: true;
}

/** Whose profiles a finding's activity was to teach: a detector's, of these entities, which live under this key. */
export interface Profiled {
  readonly detector: string;
  readonly key: string;
  /** As `entityKey` writes them; the first is the finding's own. */
  readonly profiles: readonly string[];
}

/** What the analyzer writes to the finding topic, and the store keeps: the finding with all it takes to explain it. */
export interface FindingRecord {
  readonly finding: Finding;
  readonly picture?: Picture;
  readonly links: readonly Link[];
  /** ATT&CK tactics that it speaks for (`TA0006`): an incident that spans several is worse. */
  readonly tactics: readonly string[];
  /** Off-hours and its like multiply other signals: they never open an incident above low on their own. */
  readonly multiplier?: true;
  /** See `Raise`. */
  readonly facets?: readonly string[];
  readonly observed_at: Instant;
  readonly activities: readonly Activity[];
  /** What strangers write reaches its run. */
  readonly outside?: true;
  /** Of its run, as far as it is known by then. */
  readonly reach?: RunReach;
  /** Absent for what learns nothing. */
  readonly profiled?: Profiled;
}
