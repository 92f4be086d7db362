// Baseline "hour of week": when somebody works, in their own time.
//
// A kernel density on the circle of 168 hours (close to a normal kernel, standard deviation 1.4 h), mixed with what is less
// specific and so known earlier: the same on the circle of a day (working days and weekends apart), that of the peers, and
// a uniform floor. The weights of the mixture are pseudo-counts, as in a Dirichlet prior (Gelman et al., Bayesian Data
// Analysis, 3rd ed., §3.4): of n observations the day's shape counts like 20 n / (n + 20), the peers' like 10, the uniform
// like 1 (where there are no peers like 1 + 40 / (n + 20)). The probability of an hour is the mass of all hours that are at
// most as likely: the p-value of the highest-density region (Hyndman 1996, The American Statistician 50).
// Zones: hours are those of the clock that the entity states with them, so who moves or changes to daylight time is at home
// at once. Who never states one is kept in UTC, and his hours of late say how his clock has shifted since: a mixture of the
// 24 shifts, one hour to either side not unlikely before any evidence; in the same way they say where he sits on the clock
// of his peers. An hour that he worked counts as evidence half as much after two days.
// Old observations fade with a half-life of 90 days. Hours are what the entity claims; fading follows the time that the
// server stamped, which nobody can write into a commit.
// Size: at most 168 weights and 16 recent hours, under 3 KB; somebody who works regular hours has 30 to 60 weights, 400 bytes.
import type { Baseline } from '../../services/core/baseline.ts';
import { type ClaimedTime, DAY, HOUR, type Instant, MINUTE } from '../../services/core/time.ts';
import { earlier, fading } from './fading.ts';
import { addSmoothed, atMostAsLikely, type Density, HOURS, shiftsAfter, turn, type Weights } from './hour-density.ts';
import { dense, isAmount, isCount, isListOf, sparse, unwritten, written } from './kept.ts';

const TAG = 'hour-of-week/1';
const HALF_LIFE = 90 * DAY;
const FADING = fading(HALF_LIFE);
const RECENT = 16;
const DAY_PSEUDO_COUNT = 20;
const PEERS_PSEUDO_COUNT = 10;
const UNIFORM_PSEUDO_COUNT = 1;
/** More where there are no peers to say what is usual, until there is history that does. */
const LONELY_PSEUDO_COUNT = 2;
/** What weighs less than this part of an observation is forgotten. */
const FORGOTTEN = 0.001;
/** Weights are kept in ten-thousandths. */
const UNITS = 10_000;
const EVIDENCE_HALF_LIFE = 2 * DAY;
/** A clock that is not stated shifts by an hour twice a year, and by more when somebody moves. */
const SHIFTS = Array.from({ length: 24 }, (_, shift) =>
  shift === 0 ? 0.9 : shift === 1 || shift === 23 ? 0.04 : 0.02 / 21,
);
/** Nobody knows on whose clock a newcomer is; that of the peers is as likely as all others together. */
const PLACES = Array.from({ length: 24 }, (_, shift) => (shift === 0 ? 1 / 2 : 1 / 46));

export type HourState = {
  /** Weight by hour of the local week, Monday 00:00 first, of the epoch. */
  readonly weights: Weights;
  readonly epoch: number;
  readonly since: Instant;
  /**
   * The latest hours (since 1970) that were learned, sorted: one observation an hour, so that a burst counts once, and so
   * does a rebase that brings the same commits again.
   */
  readonly recent: readonly number[];
  /** Minutes east of UTC that the entity stated last, and when; null until it has. */
  readonly offset: readonly [minutes: number, stated: Instant] | null;
};

export interface HourDetail {
  /** Index into `hours`. */
  readonly at: number;
  /** Predictive probability of each hour of the local week; worked out when it is asked for. */
  readonly hours: readonly number[];
  readonly offset_minutes: number;
  /** This very hour has been learned already. */
  readonly repeated: boolean;
  /** Active hours a week, over the time that the weights reach back to. */
  readonly pace: number;
}

export const hourOfWeek: Baseline<ClaimedTime, HourState, HourDetail> = {
  id: 'hour-of-week',

  empty: () => ({ weights: [], epoch: 0, since: 0, recent: [], offset: null }),

  observe(state, observation, now) {
    const hour = clockHour(observation.at);
    if (state.recent.includes(hour)) return state;
    const offset = later(
      state.offset,
      observation.offset_minutes === undefined ? null : [observation.offset_minutes, now],
    );
    const { epoch, weights: before } = carried(state, FADING.epochOf(now));
    const weights = before.length > 0 ? before.slice() : new Array<number>(HOURS).fill(0);
    const bin = localHour(observation.at, observation.offset_minutes ?? offset?.[0] ?? 0);
    weights[bin] = rounded((weights[bin] ?? 0) + FADING.weight(now, epoch));
    // What claims to be of tomorrow would stay among the latest for as long as it claims.
    const recent = observation.at > now + DAY ? state.recent : latest([...state.recent, hour]);
    return { weights, epoch, since: earlier(state.since, now), recent, offset };
  },

  probability(state, observation, now, peers) {
    const offset = observation.offset_minutes ?? state.offset?.[0];
    const at = localHour(observation.at, offset ?? 0);
    const predict = () => predictive(state, now, peers, offset === undefined);
    const observations = total(state.weights) * FADING.factor(state.epoch, now);
    return {
      probability: atMostAsLikely(predict(), at),
      observations,
      ...(state.since > 0 ? { since: state.since } : {}),
      detail: {
        at,
        get hours() {
          return [...predict()];
        },
        offset_minutes: offset ?? 0,
        repeated: state.recent.includes(clockHour(observation.at)),
        pace: observations / effectiveWeeks(now - state.since),
      },
    };
  },

  merge(one, other) {
    const epoch = Math.max(one.epoch, other.epoch);
    const [a, b] = [carried(one, epoch), carried(other, epoch)];
    const [long, short] = a.weights.length > 0 ? [a.weights, b.weights] : [b.weights, a.weights];
    const weights = long.map((weight, bin) => rounded(weight + (short[bin] ?? 0)));
    const offset = later(a.offset, b.offset);
    for (const hour of a.recent) {
      if (!b.recent.includes(hour)) continue;
      // Both learned this hour, and one that had learned from both would have learned it once.
      const bin = localHour(hour * HOUR, offset?.[0] ?? 0);
      weights[bin] = rounded(Math.max((weights[bin] ?? 0) - FADING.weight(hour * HOUR, epoch), 0));
    }
    return {
      weights: nonzero(weights),
      epoch,
      since: earlier(a.since, b.since),
      recent: latest([...new Set([...a.recent, ...b.recent])]),
      offset,
    };
  },

  decay: (state, at) => carried(state, FADING.epochOf(at)),

  serialize({ weights, epoch, since, recent, offset }) {
    const steps = recent.map((hour, index) => hour - (recent[index - 1] ?? 0));
    return written(TAG, [epoch, since, offset, steps, sparse(weights, UNITS)]);
  },

  parse(text) {
    const parts = unwritten(TAG, text);
    if (!Array.isArray(parts) || parts.length !== 5) return undefined;
    const [epoch, since, offset, steps, flat]: unknown[] = parts;
    if (!isCount(epoch) || !isAmount(since) || !isListOf(steps, isCount, RECENT) || !isOffset(offset)) return undefined;
    const weights = isListOf(flat, isCount, 2 * HOURS) ? dense(flat, UNITS, HOURS) : undefined;
    let hour = 0;
    const recent = steps.map((step) => (hour += step));
    if (!weights || steps.some((step, index) => step === 0 && index > 0)) return undefined;
    return { weights, epoch, since, recent, offset };
  },
};

/** Workspaces by how far the peer is; nobody has more groups. */
const WORK = Array.from({ length: 8 }, () => new Float64Array(HOURS));

/** Of the entity's own clock, or in UTC where that is not known. In a workspace: it holds until the next call. */
function predictive(
  state: HourState,
  now: Instant,
  peers: readonly HourState[],
  placeless: boolean,
  depth = 0,
): Density {
  const density = WORK[depth] ?? new Float64Array(HOURS);
  const peer = peers[depth];
  const lent = peer && predictive(peer, now, peers, false, depth + 1);
  const factor = FADING.factor(state.epoch, now);
  const count = factor * total(state.weights);
  const young = DAY_PSEUDO_COUNT / (count + DAY_PSEUDO_COUNT);
  const dayCount = young * count;
  const [peersCount, uniformCount] = lent
    ? [PEERS_PSEUDO_COUNT, UNIFORM_PSEUDO_COUNT]
    : [0, UNIFORM_PSEUDO_COUNT + young * LONELY_PSEUDO_COUNT];
  const all = count + dayCount + peersCount + uniformCount;
  if (lent && placeless)
    turn(
      lent,
      shiftsAfter(
        lent,
        state.recent.map((hour) => [localHour(hour * HOUR, 0), 1]),
        PLACES,
      ),
    );
  for (let hour = 0; hour < HOURS; hour++) {
    density[hour] = (uniformCount / HOURS + (lent ? peersCount * (lent[hour] ?? 0) : 0)) / all;
  }
  if (count === 0) return density;
  addSmoothed(density, state.weights, factor / all, (factor * dayCount) / count / all);
  if (placeless) turn(density, shiftsAfter(density, evidence(state, now), SHIFTS));
  return density;
}

function evidence({ recent }: HourState, now: Instant): readonly (readonly [hour: number, weight: number])[] {
  return recent.map((hour) => {
    return [localHour(hour * HOUR, 0), Math.min(2 ** ((hour * HOUR - now) / EVIDENCE_HALF_LIFE), 1)] as const;
  });
}

function clockHour(at: Instant): number {
  return Math.floor(at / HOUR);
}

/** 1970-01-01 was a Thursday: three days after Monday. */
function localHour(at: Instant, offsetMinutes: number): number {
  const hours = Math.floor((at + offsetMinutes * MINUTE) / HOUR) + 3 * 24;
  return ((hours % HOURS) + HOURS) % HOURS;
}

function latest(hours: readonly number[]): readonly number[] {
  return hours.toSorted((a, b) => a - b).slice(-RECENT);
}

function later(a: HourState['offset'], b: HourState['offset']): HourState['offset'] {
  if (!a || !b) return a ?? b;
  return b[1] > a[1] || (b[1] === a[1] && b[0] > a[0]) ? b : a;
}

function carried(state: HourState, epoch: number): HourState {
  if (epoch <= state.epoch) return state;
  const factor = FADING.carry(state.epoch, epoch);
  const weights = state.weights
    .map((weight) => rounded(weight * factor))
    .map((weight) => (weight < FORGOTTEN ? 0 : weight));
  return { ...state, epoch, weights: nonzero(weights) };
}

/** What so long a time counts when older parts of it fade: the integral of the decay, in weeks, at least one. */
function effectiveWeeks(age: number): number {
  const lifetime = HALF_LIFE / Math.LN2;
  return Math.max((lifetime * (1 - Math.exp(-Math.max(age, 0) / lifetime))) / (7 * DAY), 1);
}

function total(weights: Weights): number {
  let sum = 0;
  for (const weight of weights) sum += weight;
  return sum;
}

function rounded(weight: number): number {
  return Math.round(weight * UNITS) / UNITS;
}

function nonzero(weights: Weights): Weights {
  return weights.some((weight) => weight > 0) ? weights : [];
}

function isOffset(value: unknown): value is HourState['offset'] {
  if (value === null) return true;
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [minutes, stated]: unknown[] = value;
  return typeof minutes === 'number' && Math.abs(minutes) <= 26 * 60 && isAmount(stated);
}
