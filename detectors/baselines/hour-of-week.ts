// Baseline "hour of week": when somebody works, in their own time.
//
// A kernel density on the circle of 168 hours (wrapped normal kernel, standard deviation 1.5 h), mixed with what is less
// specific and so known earlier: the same on the circle of a day (working days and weekends apart), and a uniform floor.
// The weights of the mixture are pseudo-counts, as in a Dirichlet prior (Gelman et al., Bayesian Data Analysis, 3rd ed.,
// §3.4): the day's shape counts like 20 observations, the uniform like 1. The probability of an hour is the mass of all
// hours that are at most as likely: the p-value of the highest-density region (Hyndman 1996, The American Statistician 50).
// Old observations fade with a half-life of 90 days, by forward decay (Cormode et al. 2009, ICDE): an observation weighs
// 2^(its age at a fixed landmark), and only reading divides; so it does not matter in which order they come.
// Hours are what the entity claims; fading follows the time that the server stamped, which nobody can write into a commit.
// Size: at most 168 weights and 16 recent hours, under 3 KB; somebody who works regular hours has 30 to 60 weights.
import type { Baseline } from '../../services/core/detector.ts';
import { type ClaimedTime, DAY, HOUR, type Instant, MINUTE } from '../../services/core/time.ts';

const HOURS = 168;
const HALF_LIFE = 90 * DAY;
/** The landmark moves when weights have grown by 2 to the power of this; what is then below `FORGOTTEN` is dropped. */
const HALF_LIVES_PER_LANDMARK = 4;
const FORGOTTEN = 0.01;
const RECENT = 16;
const DAY_PSEUDO_COUNT = 20;
const UNIFORM_PSEUDO_COUNT = 1;
/** Kernel by distance in hours: a normal density with standard deviation 1.5, cut at ±5 h and normalized. */
const KERNEL = normalKernel(1.5, 5);

type Weights = Readonly<Record<string, number>>;

export type HourState = {
  /** Weight by hour of the local week, Monday 00:00 first, as of the landmark; hours without weight are absent. */
  readonly weights: Weights;
  readonly landmark: Instant;
  readonly since: Instant;
  /**
   * The hours (since 1970) learned last, newest last: one observation an hour, so that a burst counts once, and so does
   * a rebase that brings the same commits again.
   */
  readonly recent: readonly number[];
  /** Minutes east of UTC that the entity last stated; null until it has. */
  readonly offset: number | null;
};

export interface HourDetail {
  /** Index into `hours`. */
  readonly at: number;
  /** Predictive probability of each hour of the local week. */
  readonly hours: readonly number[];
  readonly offset_minutes: number;
  /** This very hour has been learned already. */
  readonly repeated: boolean;
  /** Active hours a week, over the time that the weights reach back to. */
  readonly pace: number;
}

export const hourOfWeek: Baseline<ClaimedTime, HourState, HourDetail> = {
  id: 'hour-of-week',

  empty: () => ({ weights: {}, landmark: 0, since: 0, recent: [], offset: null }),

  read(state, observation, now) {
    const offset = observation.offset_minutes ?? state.offset ?? 0;
    const at = localHour(observation.at, offset);
    const weights = scaled(state.weights, 1 / growth(state.landmark, Math.max(now, state.landmark)));
    const observations = total(weights);
    const hours = predictive(weights, observations);
    const likelihood = hours[at] ?? 0;
    // The tolerance keeps hours that differ by rounding alone on the same side.
    const probability = hours.reduce((sum, other) => (other <= likelihood * (1 + 1e-9) ? sum + other : sum), 0);
    return {
      probability: Math.min(probability, 1),
      observations,
      ...(state.since > 0 ? { since: state.since } : {}),
      detail: {
        at,
        hours,
        offset_minutes: offset,
        repeated: state.recent.includes(clockHour(observation.at)),
        pace: observations / effectiveWeeks(now - state.since),
      },
    };
  },

  observe(state, observation, now) {
    const hour = clockHour(observation.at);
    if (state.recent.includes(hour)) return state;
    const offset = observation.offset_minutes ?? state.offset;
    const bin = String(localHour(observation.at, offset ?? 0));
    const { weights, landmark } = landmarked(state, now);
    return {
      weights: { ...weights, [bin]: round((weights[bin] ?? 0) + growth(landmark, now)) },
      landmark,
      since: state.since > 0 ? Math.min(state.since, now) : now,
      recent: [...state.recent, hour].slice(-RECENT),
      offset,
    };
  },
};

function clockHour(at: Instant): number {
  return Math.floor(at / HOUR);
}

/** 1970-01-01 was a Thursday: three days after Monday. */
function localHour(at: Instant, offsetMinutes: number): number {
  const hours = Math.floor((at + offsetMinutes * MINUTE) / HOUR) + 3 * 24;
  return ((hours % HOURS) + HOURS) % HOURS;
}

function growth(landmark: Instant, now: Instant): number {
  return 2 ** ((now - landmark) / HALF_LIFE);
}

/** The weights with a landmark that is near enough for numbers to stay small. */
function landmarked({ weights, landmark }: HourState, now: Instant): Pick<HourState, 'weights' | 'landmark'> {
  if (landmark === 0) return { weights, landmark: now };
  if (now - landmark < HALF_LIVES_PER_LANDMARK * HALF_LIFE) return { weights, landmark };
  const rounded = Object.entries(scaled(weights, 1 / growth(landmark, now))).map(
    ([bin, weight]) => [bin, round(weight)] as const,
  );
  return { weights: Object.fromEntries(rounded.filter(([, weight]) => weight >= FORGOTTEN)), landmark: now };
}

function scaled(weights: Weights, factor: number): Weights {
  return Object.fromEntries(Object.entries(weights).map(([bin, weight]) => [bin, weight * factor]));
}

/** What so long a time counts when older parts of it fade: the integral of the decay, in weeks, at least one. */
function effectiveWeeks(age: number): number {
  const lifetime = HALF_LIFE / Math.LN2;
  return Math.max((lifetime * (1 - Math.exp(-age / lifetime))) / (7 * DAY), 1);
}

function predictive(weights: Weights, count: number): readonly number[] {
  const week = new Array<number>(HOURS).fill(0);
  const working = new Array<number>(24).fill(0);
  const weekend = new Array<number>(24).fill(0);
  for (const [bin, weight] of Object.entries(weights)) {
    const hour = Number(bin);
    const day = isWeekend(hour) ? weekend : working;
    for (const [distance, share] of KERNEL) {
      add(week, hour + distance, HOURS, weight * share);
      add(day, (hour % 24) + distance, 24, weight * share);
    }
  }
  const norm = count + (count > 0 ? DAY_PSEUDO_COUNT : 0) + UNIFORM_PSEUDO_COUNT;
  return week.map((specific, hour) => {
    const days = isWeekend(hour) ? 2 : 5;
    const ofDay = (isWeekend(hour) ? weekend : working)[hour % 24] ?? 0;
    const pooled = count > 0 ? (DAY_PSEUDO_COUNT * ofDay) / (count * days) : 0;
    return (specific + pooled + UNIFORM_PSEUDO_COUNT / HOURS) / norm;
  });
}

function add(circle: number[], index: number, length: number, value: number): void {
  const wrapped = ((index % length) + length) % length;
  circle[wrapped] = (circle[wrapped] ?? 0) + value;
}

function isWeekend(hour: number): boolean {
  return hour >= 5 * 24;
}

function total(weights: Weights): number {
  return Object.values(weights).reduce((sum, weight) => sum + weight, 0);
}

function round(weight: number): number {
  return Math.round(weight * 1000) / 1000;
}

function normalKernel(deviation: number, reach: number): readonly (readonly [number, number])[] {
  const raw: [number, number][] = [];
  for (let distance = -reach; distance <= reach; distance++) {
    raw.push([distance, Math.exp(-(distance ** 2) / (2 * deviation ** 2))]);
  }
  const sum = raw.reduce((all, [, value]) => all + value, 0);
  return raw.map(([distance, value]) => [distance, value / sum] as const);
}
