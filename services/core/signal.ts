// What the entity stage says of an activity, before it is judged: by one profile's light alone.
import type { Activity } from './activity.ts';
import type { Raise } from './detector.ts';
import type { Entity } from './entity.ts';
import type { Explanation } from './explanation.ts';
import type { Profiled } from './finding.ts';
import type { Impact, RunReach } from './run-facts.ts';
import type { Instant } from './time.ts';

export interface Signal extends Profiled {
  readonly raise: Raise;
  readonly entity: Entity;
  readonly impact: Impact;
  /** Absent for rules and watches. */
  readonly reading?: { readonly probability: number; readonly observations: number; readonly since?: Instant };
  readonly activity: Activity;
  /** A reviewed change that explains it. */
  readonly explanation?: Explanation;
  /** What strangers write reaches its run. */
  readonly outside?: true;
  /** Of its run, as far as it is known by then. */
  readonly reach?: RunReach;
  /** The place that it happened in; the rest of the organization is all other places. */
  readonly place: string;
}

/** Values that a place met for the first time: what an organization knows is the sum of these. */
export interface Note {
  readonly detector: string;
  readonly place: string;
  /** `dimension:value`. */
  readonly values: readonly string[];
  readonly activity: string;
  readonly at: Instant;
}
