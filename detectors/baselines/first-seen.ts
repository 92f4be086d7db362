// Baseline "first seen": sets of values per dimension, with the probability that the next one is new.
//
// An observation is a set of values in each of a few dimensions (the networks and clients of a credential). A dimension
// keeps how often each value occurred. The chance of meeting something new is the missing mass by Good–Turing: the share
// of values met exactly once among all that was met (Good 1953, Biometrika 40), with one pseudo-observation of each sort
// so that it is never 0 and is 1 half at the beginning: (singletons + 1) / (all + 2). So a new host is a shock for a job
// that has used the same three for a year, and nothing for one that meets new ones daily. A known value's probability
// adds the mass of all values that are at most as frequent.
// Values not met for 180 days are forgotten. Size: at most 200 values a dimension; the rarest and oldest give way.
import type { Baseline, Reading } from '../../services/core/detector.ts';
import { DAY, type Instant } from '../../services/core/time.ts';

const MEMORY = 180 * DAY;
const LIMIT = 200;

/** Values per dimension; values are already grouped (registrable domain, network, product). */
export type Sightings = Readonly<Record<string, readonly string[]>>;

/** A value, how often it was met, and when last. */
type Known = readonly [value: string, times: number, last: Instant];

export type FirstSeenState = {
  readonly dimensions: Readonly<Record<string, readonly Known[]>>;
  /** How many observations there were. */
  readonly observations: number;
  readonly since: Instant;
};

export interface Sighting {
  readonly dimension: string;
  readonly value: string;
  /** How often it was met before; 0: it is new. */
  readonly times: number;
  readonly probability: number;
}

export interface FirstSeenDetail {
  readonly sightings: readonly Sighting[];
  /** What is known in each dimension, most frequent first. */
  readonly known: Readonly<Record<string, readonly { readonly value: string; readonly times: number }[]>>;
}

export const firstSeen: Baseline<Sightings, FirstSeenState, FirstSeenDetail> = {
  id: 'first-seen',

  empty: () => ({ dimensions: {}, observations: 0, since: 0 }),

  read(state, observation): Reading<FirstSeenDetail> {
    const sightings: Sighting[] = [];
    const known: Record<string, { value: string; times: number }[]> = {};
    for (const [dimension, values] of Object.entries(observation)) {
      const entries = state.dimensions[dimension] ?? [];
      for (const value of values) sightings.push(sight(dimension, value, entries));
      known[dimension] = entries
        .map(([value, times]) => ({ value, times }))
        .sort((a, b) => b.times - a.times || (a.value < b.value ? -1 : 1));
    }
    return {
      probability: sightings.reduce((least, sighting) => Math.min(least, sighting.probability), 1),
      observations: state.observations,
      ...(state.since > 0 ? { since: state.since } : {}),
      detail: { sightings, known },
    };
  },

  observe(state, observation, at) {
    const dimensions: Record<string, readonly Known[]> = { ...state.dimensions };
    for (const [dimension, values] of Object.entries(observation)) {
      dimensions[dimension] = meet(dimensions[dimension] ?? [], values, at);
    }
    return {
      dimensions,
      observations: state.observations + 1,
      since: state.since > 0 ? Math.min(state.since, at) : at,
    };
  },
};

function sight(dimension: string, value: string, entries: readonly Known[]): Sighting {
  const times = entries.find(([known]) => known === value)?.[1] ?? 0;
  let all = 0;
  let singletons = 0;
  let atMostAsFrequent = 0;
  for (const [, count] of entries) {
    all += count;
    if (count === 1) singletons += 1;
    if (times > 0 && count <= times) atMostAsFrequent += count;
  }
  return { dimension, value, times, probability: Math.min(1, (singletons + 1 + atMostAsFrequent) / (all + 2)) };
}

function meet(entries: readonly Known[], values: readonly string[], at: Instant): readonly Known[] {
  const fresh = new Set(values);
  const next: Known[] = [];
  for (const [value, times, last] of entries) {
    if (fresh.delete(value)) next.push([value, times + 1, Math.max(last, at)]);
    else if (at - last <= MEMORY) next.push([value, times, last]);
  }
  for (const value of fresh) next.push([value, 1, at]);
  if (next.length <= LIMIT) return next;
  return next.sort((a, b) => b[1] - a[1] || b[2] - a[2]).slice(0, LIMIT);
}
