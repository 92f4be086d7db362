// Baseline "first seen": sets of values per dimension, with the probability that the next one is new.
//
// An observation is a set of values in each of a few dimensions (the networks and clients of a credential). The chance of
// meeting something new is the missing mass by Good–Turing: the share of what was met exactly once in all that was met
// (Good 1953, Biometrika 40), with one pseudo-observation of each sort so that it is never 0 and is 1 half at the
// beginning: new = (once + 1) / (all + 2). So a new host is a shock for a job that has used the same three for a year, and
// nothing for one that meets new ones daily. For a known value it is that, plus the share of all values at most as frequent
// in the mass that is left: new + (1 − new) · at most as frequent / all. Of k values at once the least counts, as the least
// of k draws (Šidák 1967, JASA 62): 1 − (1 − least)^k.
// Peers: how often something comes that none of them knows either is borrowed as (own + m · theirs) / (all + m), own being
// what was met once and nowhere else. Two priors, and the one counts that expects more: m = 1 / theirs (one new value: long
// calm alone does not prove an entity calmer than its peers) and m = 8 at most (few observations prove it wilder). A value
// that peer i knows is as rare as values unknown to the entity and to the peers before i.
// `once` and `all` fade with a half-life of a year: they stay right for an entity that meets more values than are kept, and
// old routine does not make it deaf to, or shocked by, what it does now. Values not met for 180 days are forgotten.
// Size: at most 16 dimensions of 200 values of 200 characters; the rarest and oldest give way. A few hundred bytes are usual.
// What is pending is a state of its own: `merge` lets it in after its probation, and nothing has to be done to drop it.
import type { Baseline, Reading } from '../../services/core/baseline.ts';
import { HOUR, type Instant } from '../../services/core/time.ts';
import { earlier, rounded } from './fading.ts';
import {
  carriedTo,
  type Dimension,
  find,
  isKept,
  type Known,
  LONGEST_VALUE,
  meet,
  NOTHING,
  parsedDimension,
  united,
  without,
  YEAR,
} from './first-seen-sets.ts';
import { entriesOf, isAmount, isCount, unwritten, written } from './kept.ts';

const TAG = 'first-seen/1';
const DIMENSIONS = 16;
/** Pseudo-observations that a prior weighs at most against an entity that meets more that is new than its peers. */
const PRIOR = 8;

/** Values per dimension; values are already grouped (registrable domain, network, product). */
export type Sightings = Readonly<Record<string, readonly string[]>>;

export type FirstSeenState = {
  readonly dimensions: Readonly<Record<string, Dimension>>;
  readonly epoch: number;
  readonly observations: number;
  readonly since: Instant;
};

export interface Sighting {
  readonly dimension: string;
  readonly value: string;
  /** How often the entity met it before; 0: it is new. */
  readonly times: number;
  /** Index of the nearest peer that knows it. */
  readonly knownTo: number | null;
  readonly probability: number;
}

export interface FirstSeenDetail {
  readonly sightings: readonly Sighting[];
  /** What is known in each dimension, most frequent first; counted when it is asked for. */
  readonly known: Readonly<Record<string, readonly { readonly value: string; readonly times: number }[]>>;
}

/** What neither the entity nor any of its peers ever met. */
export function neverSeen({ sightings }: Pick<FirstSeenDetail, 'sightings'>): readonly Sighting[] {
  return sightings.filter(({ times, knownTo }) => times === 0 && knownTo === null);
}

/** A dimension of one state, as it is read at a time. */
interface Level {
  readonly values: readonly Known[];
  readonly all: number;
  readonly once: number;
  readonly hour: number;
  /** What a single meeting in an hour still counts for. */
  weight(hour: number): number;
}

export const firstSeen: Baseline<Sightings, FirstSeenState, FirstSeenDetail> = {
  id: 'first-seen',

  empty: () => ({ dimensions: {}, epoch: 0, observations: 0, since: 0 }),

  observe(state, observation, at) {
    const { dimensions, epoch, observations, since } = carried(state, YEAR.epochOf(at));
    const next: Record<string, Dimension> = { ...dimensions };
    const hour = hourOf(at);
    // Of the hour, so that what is met once weighs exactly what is taken away when it is met again.
    const weight = YEAR.weight(hour * HOUR, epoch);
    for (const [name, values] of Object.entries(observation)) {
      const before = next[name];
      if (!before && Object.keys(next).length >= DIMENSIONS) continue;
      next[name] = meet(before ?? NOTHING, distinct(values), hour, epoch);
    }
    return { dimensions: next, epoch, observations: rounded(observations + weight), since: earlier(since, at) };
  },

  probability(state, observation, at, peers): Reading<FirstSeenDetail> {
    const sightings: Sighting[] = [];
    for (const [name, values] of Object.entries(observation)) {
      const own = levelOf(state, name, at);
      const others = () => peers.map((peer) => levelOf(peer, name, at));
      for (const value of distinct(values)) sightings.push(sight(name, value, own, others));
    }
    let least = 1;
    for (const { probability } of sightings) least = Math.min(least, probability);
    return {
      probability: ofSeveral(least, sightings.length),
      observations: state.observations * YEAR.factor(state.epoch, at),
      ...(state.since > 0 ? { since: state.since } : {}),
      detail: {
        sightings,
        get known() {
          return Object.fromEntries(Object.keys(observation).map((name) => [name, frequent(levelOf(state, name, at))]));
        },
      },
    };
  },

  merge(one, other) {
    const epoch = Math.max(one.epoch, other.epoch);
    const [a, b] = [carried(one, epoch), carried(other, epoch)];
    const names = [...new Set([...Object.keys(a.dimensions), ...Object.keys(b.dimensions)])]
      .sort()
      .slice(0, DIMENSIONS);
    const dimensions = names.map((name) => {
      return [name, united(a.dimensions[name] ?? NOTHING, b.dimensions[name] ?? NOTHING, epoch)] as const;
    });
    return {
      dimensions: Object.fromEntries(dimensions),
      epoch,
      observations: rounded(a.observations + b.observations),
      since: earlier(a.since, b.since),
    };
  },

  decay(state, at) {
    const now = carried(state, YEAR.epochOf(at));
    const hour = hourOf(at);
    const kept = ({ values, all, once }: Dimension) => ({
      values: values.filter((known) => isKept(known, hour)),
      all,
      once,
    });
    return { ...now, dimensions: mapped(now.dimensions, kept) };
  },

  serialize({ dimensions, epoch, observations, since }) {
    const flat = mapped(dimensions, ({ values, all, once }) => [all, once, ...values.flat()]);
    return written(TAG, [epoch, observations, since, flat]);
  },

  parse(text) {
    const parts = unwritten(TAG, text);
    if (!Array.isArray(parts) || parts.length !== 4) return undefined;
    const [epoch, observations, since, flat]: unknown[] = parts;
    const entries = entriesOf(flat, DIMENSIONS);
    if (!isCount(epoch) || !isAmount(observations) || !isAmount(since) || !entries) return undefined;
    const dimensions: [string, Dimension][] = [];
    for (const [name, stored] of entries) {
      const dimension = parsedDimension(stored);
      if (!dimension) return undefined;
      dimensions.push([name, dimension]);
    }
    return { dimensions: Object.fromEntries(dimensions), epoch, observations, since };
  },
};

/** The state as if a value had never been met; the same object where it was not. Of old meetings it takes back too much. */
export function forget(state: FirstSeenState, dimension: string, value: string): FirstSeenState {
  const before = state.dimensions[dimension];
  const known = before && find(before.values, value);
  if (!before || !known) return state;
  return { ...state, dimensions: { ...state.dimensions, [dimension]: without(before, known, state.epoch) } };
}

function carried(state: FirstSeenState, to: number): FirstSeenState {
  const epoch = Math.max(state.epoch, to);
  if (epoch === state.epoch) return state;
  const factor = YEAR.carry(state.epoch, epoch);
  return {
    dimensions: mapped(state.dimensions, (dimension) => carriedTo(dimension, factor)),
    epoch,
    observations: rounded(state.observations * factor),
    since: state.since,
  };
}

function mapped<To>(
  dimensions: FirstSeenState['dimensions'],
  change: (dimension: Dimension) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(dimensions).map(([name, dimension]) => [name, change(dimension)]));
}

function levelOf({ dimensions, epoch }: FirstSeenState, name: string, at: Instant): Level {
  const { values, all, once } = dimensions[name] ?? NOTHING;
  const factor = YEAR.factor(epoch, at);
  const weight = (hour: number) => YEAR.weight(hour * HOUR, epoch) * factor;
  return { values, all: all * factor, once: once * factor, hour: hourOf(at), weight };
}

function sight(dimension: string, value: string, own: Level, others: () => readonly Level[]): Sighting {
  const times = timesOf(own, value);
  if (times > 0) {
    const fresh = novelty([own]);
    const probability = Math.min(fresh + (1 - fresh) * atMostAsFrequent(own, times), 1);
    return { dimension, value, times, knownTo: null, probability };
  }
  const levels = [own, ...others()];
  const knownBy = levels.findIndex((level) => timesOf(level, value) > 0);
  let probability = 0;
  for (let known = knownBy < 0 ? levels.length : knownBy; known <= levels.length; known++) {
    probability = Math.max(probability, novelty(levels.slice(0, known)));
  }
  return { dimension, value, times, knownTo: knownBy < 0 ? null : knownBy - 1, probability };
}

/** Probability that what the first level meets next is new to every level. */
function novelty(levels: readonly Level[]): number {
  const farthest = levels.at(-1);
  return levels.reduceRight((theirs, level) => {
    const own = level.once - (farthest && farthest !== level ? knownElsewhere(level, farthest) : 0);
    const [calm, wild] = [1 / theirs, Math.min(1 / theirs, PRIOR)];
    const rate = (prior: number) => (Math.max(own, 0) + prior * theirs) / (level.all + prior);
    return Math.max(rate(calm), rate(wild));
  }, 1 / 2);
}

/** What of the once-met was met by others of the group too. */
function knownElsewhere(level: Level, group: Level): number {
  let sum = 0;
  for (const known of level.values) {
    if (known[1] === 1 && isKept(known, level.hour) && timesOf(group, known[0]) > 1) sum += level.weight(known[2]);
  }
  return sum;
}

function atMostAsFrequent({ values, hour }: Level, times: number): number {
  let sum = 0;
  let rarer = 0;
  for (const known of values) {
    if (!isKept(known, hour)) continue;
    sum += known[1];
    if (known[1] <= times) rarer += known[1];
  }
  return rarer / sum;
}

function frequent({ values, hour }: Level): { readonly value: string; readonly times: number }[] {
  const kept = values.filter((known) => isKept(known, hour)).map(([value, times]) => ({ value, times }));
  return kept.sort((a, b) => b.times - a.times || (a.value < b.value ? -1 : 1));
}

function timesOf({ values, hour }: Level, value: string): number {
  const known = find(values, value);
  return known && isKept(known, hour) ? known[1] : 0;
}

function distinct(values: readonly string[]): readonly string[] {
  const short = values.map((value) => (value.length > LONGEST_VALUE ? value.slice(0, LONGEST_VALUE) : value));
  return short.length > 1 ? [...new Set(short)] : short;
}

/** That the least of several draws is at most so probable. */
function ofSeveral(least: number, draws: number): number {
  return draws > 1 ? -Math.expm1(draws * Math.log1p(-least)) : least;
}

function hourOf(at: Instant): number {
  return Math.floor(at / HOUR);
}
