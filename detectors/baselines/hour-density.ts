// Densities over the 168 hours of a week: smoothed, turned by hours, and compared with hours that were seen.

export const HOURS = 168;
const DAY = 24;
const WORKING_DAYS = 5;
/** The mean of three hours, so often: near enough a normal kernel, with a standard deviation of √(PASSES · 2/3) hours. */
const PASSES = 3;
/** Less than any density that is smoothed and mixed with a uniform one. */
const LEAST = 1e-9;
const NEARLY = 0.1;

/** Shares of the hours of a week, Monday 00:00 first; they add up to 1. */
export type Density = Float64Array;

/** 168 weights, or none. */
export type Weights = readonly number[];

/** Workspaces, written before they are read: lists by the thousand would keep the collector of garbage busy. */
const LOGS = new Float64Array(HOURS);
const TURNED = new Float64Array(HOURS);
const RAW = new Float64Array(HOURS);
const DAYS = new Float64Array(2 * DAY);

/**
 * Adds the weights, smoothed, times `week`, and times `day` the same spread over all days of their kind: what is known of
 * the hours of the five working days, and of those of the weekend.
 */
export function addSmoothed(density: Density, weights: Weights, week: number, day: number): void {
  DAYS.fill(0);
  for (let hour = 0; hour < HOURS; hour++) {
    const place = (hour % DAY) + (hour < WORKING_DAYS * DAY ? 0 : DAY);
    DAYS[place] = (DAYS[place] ?? 0) + (weights[hour] ?? 0);
  }
  const [working, free] = [day / WORKING_DAYS, day / (7 - WORKING_DAYS)];
  for (let hour = 0; hour < HOURS; hour++) {
    const ofDay =
      hour < WORKING_DAYS * DAY ? working * (DAYS[hour % DAY] ?? 0) : free * (DAYS[DAY + (hour % DAY)] ?? 0);
    RAW[hour] = week * (weights[hour] ?? 0) + ofDay;
  }
  for (let pass = 0; pass < PASSES; pass++) smooth(RAW);
  for (let hour = 0; hour < HOURS; hour++) density[hour] = (density[hour] ?? 0) + (RAW[hour] ?? 0);
}

/** Turns the density to what it is if the clock of whoever it is of is one of 24, each as probable as is said. */
export function turn(density: Density, shares: readonly number[]): void {
  if (shares[0] === 1) return;
  TURNED.fill(0);
  for (const [shift, share] of shares.entries()) {
    if (share === 0) continue;
    for (let hour = 0, from = HOURS - shift; hour < HOURS; hour++, from++) {
      TURNED[hour] = (TURNED[hour] ?? 0) + share * (density[from < HOURS ? from : from - HOURS] ?? 0);
    }
  }
  density.set(TURNED);
}

/** How probable each of 24 shifts of the clock is after hours that weigh so much (Bayes' rule); below 1 % counts as never. */
export function shiftsAfter(
  density: Density,
  seen: readonly (readonly [hour: number, weight: number])[],
  prior: readonly number[],
): readonly number[] {
  for (let hour = 0; hour < HOURS; hour++) LOGS[hour] = Math.log((density[hour] ?? 0) + LEAST);
  const logs = prior.map((share, shift) => {
    let log = Math.log(share);
    for (const [hour, weight] of seen) log += weight * (LOGS[hour < shift ? hour + HOURS - shift : hour - shift] ?? 0);
    return log;
  });
  const best = Math.max(...logs);
  const likely = logs.map((log) => (log < best + Math.log(0.01) ? 0 : Math.exp(log - best)));
  const sum = likely.reduce((all, each) => all + each, 0);
  return likely.map((each) => each / sum);
}

/**
 * Mass of the hours that are at most as likely: of the highest-density region the p-value (Hyndman 1996). Hours up to a
 * tenth more likely count in part: what is nearly equal does not change its rank by rounding.
 */
export function atMostAsLikely(density: Density, hour: number): number {
  const likelihood = density[hour] ?? 0;
  let mass = 0;
  for (const other of density) {
    if (other <= likelihood) mass += other;
    else if (other < likelihood * (1 + NEARLY)) mass += other * (1 - (other / likelihood - 1) / NEARLY);
  }
  return Math.min(mass, 1);
}

/** Each hour becomes the mean of itself and those beside it, around the circle. */
function smooth(circle: Float64Array): void {
  const first = circle[0] ?? 0;
  let before = circle[HOURS - 1] ?? 0;
  let now = first;
  for (let hour = 0; hour < HOURS; hour++) {
    const after = hour + 1 < HOURS ? (circle[hour + 1] ?? 0) : first;
    circle[hour] = (before + now + after) / 3;
    before = now;
    now = after;
  }
}
