// Baseline "first seen": sets of values per dimension, with the probability that the next one is new.
//
// An observation is a set of values in each of a few dimensions (the networks and clients of a credential). The chance of
// meeting something new is the missing mass by Good–Turing: the share of what was met exactly once in all that was met
// (Good 1953, Biometrika 40), with one pseudo-observation of each sort so that it is never 0 and is 1 half at the
// beginning: new = (once + 1) / (all + 2). So a new host is a shock for a job that has used the same three for a year, and
// nothing for one that meets new ones daily. For a known value it is that, plus the share of all values at most as frequent
// in the mass that is left: new + (1 − new) · at most as frequent / all.
// `once` and `all` are kept as two sums of their own, which fade with a half-life of a year: so they stay right for an
// entity that meets more values than are kept, and old routine does not make it deaf to, or shocked by, what it does now.
// Values not met for 180 days are forgotten. Size: at most 200 values a dimension, the rarest and oldest give way; so at
// most 200 times the length of a value, which is the detector's to bound. A few hundred bytes are usual.
import type { Baseline, Reading } from '../../services/core/detector.ts';
import { DAY, type Instant } from '../../services/core/time.ts';

const MEMORY = 180 * DAY;
const HALF_LIFE = 365 * DAY;
const LIMIT = 200;

/** Values per dimension; values are already grouped (registrable domain, network, product). */
export type Sightings = Readonly<Record<string, readonly string[]>>;

/** A value, how often it was met, and when last. */
type Known = readonly [value: string, times: number, last: Instant];

type Dimension = {
  readonly values: readonly Known[];
  /** How many values were met, and how many of them once only; both faded, as of `faded`. */
  readonly all: number;
  readonly once: number;
  readonly faded: Instant;
};

export type FirstSeenState = {
  readonly dimensions: Readonly<Record<string, Dimension>>;
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

const NOTHING: Dimension = { values: [], all: 0, once: 0, faded: 0 };

export const firstSeen: Baseline<Sightings, FirstSeenState, FirstSeenDetail> = {
  id: 'first-seen',

  empty: () => ({ dimensions: {}, observations: 0, since: 0 }),

  read(state, observation, at): Reading<FirstSeenDetail> {
    const sightings: Sighting[] = [];
    const known: Record<string, { value: string; times: number }[]> = {};
    for (const [name, values] of Object.entries(observation)) {
      const dimension = fadedTo(state.dimensions[name] ?? NOTHING, at);
      for (const value of new Set(values)) sightings.push(sight(name, value, dimension));
      known[name] = dimension.values
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
    const dimensions: Record<string, Dimension> = { ...state.dimensions };
    for (const [name, values] of Object.entries(observation)) {
      dimensions[name] = meet(fadedTo(dimensions[name] ?? NOTHING, at), new Set(values), at);
    }
    return {
      dimensions,
      observations: state.observations + 1,
      since: state.since > 0 ? Math.min(state.since, at) : at,
    };
  },
};

/** What is left of it at a time: forgotten values gone, sums faded. */
function fadedTo({ values, all, once, faded }: Dimension, at: Instant): Dimension {
  const factor = fading(faded, at);
  return {
    values: values.filter(([, , last]) => at - last <= MEMORY),
    all: all * factor,
    once: once * factor,
    faded: Math.max(faded, at),
  };
}

function fading(from: Instant, to: Instant): number {
  return from > 0 && to > from ? 2 ** ((from - to) / HALF_LIFE) : 1;
}

function sight(dimension: string, value: string, { values, all, once }: Dimension): Sighting {
  const fresh = (once + 1) / (all + 2);
  const times = values.find(([known]) => known === value)?.[1] ?? 0;
  if (times === 0) return { dimension, value, times, probability: fresh };
  let sum = 0;
  let atMostAsFrequent = 0;
  for (const [, count] of values) {
    sum += count;
    if (count <= times) atMostAsFrequent += count;
  }
  return { dimension, value, times, probability: fresh + (1 - fresh) * (atMostAsFrequent / sum) };
}

function meet({ values, all, once, faded }: Dimension, met: ReadonlySet<string>, at: Instant): Dimension {
  const next: Known[] = [];
  const fresh = new Set(met);
  let single = once;
  for (const [value, times, last] of values) {
    if (!fresh.delete(value)) next.push([value, times, last]);
    else {
      // Met twice now: what its first meeting still weighs leaves the sum.
      if (times === 1) single -= fading(last, faded);
      next.push([value, times + 1, Math.max(last, at)]);
    }
  }
  for (const value of fresh) next.push([value, 1, at]);
  if (next.length > LIMIT) next.sort((a, b) => b[1] - a[1] || b[2] - a[2]).length = LIMIT;
  return { values: next, all: round(all + met.size), once: round(Math.max(single, 0) + fresh.size), faded };
}

/** Ten decimals: fine enough to keep what fades within a minute, short enough to store. */
function round(weight: number): number {
  return Math.round(weight * 1e10) / 1e10;
}
