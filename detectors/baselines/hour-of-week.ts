// Baseline "hour of week": when somebody works, in their own time.
//
// A kernel density on the circle of 168 hours (wrapped normal kernel, standard deviation 1.5 h), mixed with what is less
// specific and so known earlier: the same on the circle of a day (working days and weekends apart), and a uniform floor.
// The weights of the mixture are pseudo-counts, as in a Dirichlet prior (Gelman et al., Bayesian Data Analysis, 3rd ed.,
// §3.4): the day's shape counts like 20 observations, the uniform like 4. The probability of an hour is the mass of all
// hours that are at most as likely: the p-value of the highest-density region (Hyndman 1996, The American Statistician 50).
// Old observations fade with a half-life of 90 days. Size: at most 168 numbers, usually 30 to 60.
import type { Baseline } from '../../services/core/detector.ts';
import { type ClaimedTime, DAY, HOUR, type Instant, MINUTE } from '../../services/core/time.ts';

const HOURS = 168;
const HALF_LIFE = 90 * DAY;
const DAY_PSEUDO_COUNT = 20;
const UNIFORM_PSEUDO_COUNT = 4;
/** Kernel by distance in hours: a normal density with standard deviation 1.5, cut at ±5 h and normalized. */
const KERNEL = normalKernel(1.5, 5);

export type HourState = {
  /** Weight by hour of the local week, Monday 00:00 first; hours without weight are absent. */
  readonly weights: Readonly<Record<string, number>>;
  /** When the weights were last faded to. */
  readonly faded: Instant;
  readonly since: Instant;
  /** The hour (since 1970) learned last: one observation an hour, so that a rebase of fifty commits counts once. */
  readonly hour: number;
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
}

export const hourOfWeek: Baseline<ClaimedTime, HourState, HourDetail> = {
  id: 'hour-of-week',

  empty: () => ({ weights: {}, faded: 0, since: 0, hour: -1, offset: null }),

  read(state, observation) {
    const offset = observation.offset_minutes ?? state.offset ?? 0;
    const at = localHour(observation.at, offset);
    const hours = predictive(state.weights);
    const likelihood = hours[at] ?? 0;
    // The tolerance keeps hours that differ by rounding alone on the same side.
    const probability = hours.reduce((sum, other) => (other <= likelihood * (1 + 1e-9) ? sum + other : sum), 0);
    return {
      probability: Math.min(probability, 1),
      observations: total(state.weights),
      ...(state.since > 0 ? { since: state.since } : {}),
      detail: { at, hours, offset_minutes: offset, repeated: clockHour(observation.at) === state.hour },
    };
  },

  observe(state, observation) {
    const hour = clockHour(observation.at);
    if (hour === state.hour) return state;
    const offset = observation.offset_minutes ?? state.offset;
    const bin = String(localHour(observation.at, offset ?? 0));
    const weights = fade(state.weights, state.faded, observation.at);
    return {
      weights: { ...weights, [bin]: round((weights[bin] ?? 0) + 1) },
      faded: Math.max(state.faded, observation.at),
      since: state.since > 0 ? Math.min(state.since, observation.at) : observation.at,
      hour,
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

function fade(weights: HourState['weights'], from: Instant, to: Instant): Record<string, number> {
  const factor = from > 0 && to > from ? 2 ** ((from - to) / HALF_LIFE) : 1;
  const faded: Record<string, number> = {};
  for (const [bin, weight] of Object.entries(weights)) {
    const left = round(weight * factor);
    if (left >= 0.01) faded[bin] = left;
  }
  return faded;
}

function predictive(weights: HourState['weights']): readonly number[] {
  const week = new Array<number>(HOURS).fill(0);
  const working = new Array<number>(24).fill(0);
  const weekend = new Array<number>(24).fill(0);
  let count = 0;
  for (const [bin, weight] of Object.entries(weights)) {
    const hour = Number(bin);
    const day = isWeekend(hour) ? weekend : working;
    count += weight;
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

function total(weights: HourState['weights']): number {
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
