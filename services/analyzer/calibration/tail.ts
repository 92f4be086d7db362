// The recent distribution of a detector's surprise, as a fading histogram: what comes above the floor, in quarters of a bit.
//
// Fading is forward decay (Cormode et al. 2009, ICDE): an observation weighs 2^(its age at a fixed landmark), and only
// reading divides; so it does not matter in which order they come. Size: at most 218 weights, under 4 KB.
import { DAY, type Instant } from '../../core/time.ts';

/** Bits. What is no rarer than 1 in 50 is not unusual in itself: it never passes, and is not learned. */
export const FLOOR = Math.log2(50);
/** Bits between the edges of the histogram. Bars stand on edges only, so that counting what is above one is exact. */
export const STEP = 1 / 4;
/** The edges end at 60 bits, where a surprise ends (`surpriseOf`). */
export const EDGES = Math.floor((60 - FLOOR) / STEP) + 1;

const WEEK = 7 * DAY;
/** Short enough to follow a team that grows within a season, long enough that a quiet month halves nothing. */
const HALF_LIFE = 8 * WEEK;
/** The landmark moves when weights have grown by 2 to the power of this; what is then below `FORGOTTEN` is dropped. */
const HALF_LIVES_PER_LANDMARK = 8;
const FORGOTTEN = 0.001;
const ROUNDING = 1e4;

export type Tail = {
  /** Time of the first observation, which starts the clock and is not counted. */
  readonly since: Instant;
  readonly landmark: Instant;
  /** Weight as of the landmark by index of the edge below; edges without weight are absent. */
  readonly weights: Readonly<Record<string, number>>;
};

/** The last edge that a surprise reaches; undefined below the floor. */
export function edgeBelow(bits: number): number | undefined {
  return bits >= FLOOR ? Math.min(Math.floor((bits - FLOOR) / STEP), EDGES - 1) : undefined;
}

export function edgeBits(edge: number): number {
  return FLOOR + edge * STEP;
}

/**
 * One observation more. The first starts the clock and is not counted: that there is one says nothing of how often they
 * come. What is below the floor has no edge, and does nothing else.
 */
export function learned(tail: Tail | undefined, edge: number | undefined, at: Instant): Tail {
  if (tail === undefined) return { since: at, landmark: at, weights: {} };
  if (edge === undefined) return tail;
  const { landmark, weights } = landmarked(tail, at);
  const weight = (weights[edge] ?? 0) + 2 ** ((at - landmark) / HALF_LIFE);
  return { since: Math.min(tail.since, at), landmark, weights: { ...weights, [edge]: round(weight) } };
}

/** Faded counts by edge as of `now`: how many lie between this edge and the next. */
export function countsAt(tail: Tail, now: Instant): readonly number[] {
  const counts = new Array<number>(EDGES).fill(0);
  const growth = 2 ** ((Math.max(now, tail.landmark) - tail.landmark) / HALF_LIFE);
  for (const [edge, weight] of Object.entries(tail.weights)) counts[Number(edge)] = weight / growth;
  return counts;
}

/** What the time since the start counts when older parts of it fade, in weeks: the integral of the decay. */
export function weeksAt(tail: Tail, now: Instant): number {
  const lifetime = HALF_LIFE / Math.LN2;
  return (lifetime * (1 - Math.exp(-fading(tail, now)))) / WEEK;
}

/** What is left of the weight of something at the start, 0 to 1. */
export function remainderAt(tail: Tail, now: Instant): number {
  return Math.exp(-fading(tail, now));
}

function fading(tail: Tail, now: Instant): number {
  return (Math.max(now - tail.since, 0) * Math.LN2) / HALF_LIFE;
}

function landmarked({ landmark, weights }: Tail, now: Instant): Pick<Tail, 'landmark' | 'weights'> {
  if (now - landmark < HALF_LIVES_PER_LANDMARK * HALF_LIFE) return { landmark, weights };
  const factor = 2 ** (-(now - landmark) / HALF_LIFE);
  const kept = Object.entries(weights).map(([edge, weight]) => [edge, round(weight * factor)] as const);
  return { landmark: now, weights: Object.fromEntries(kept.filter(([, weight]) => weight >= FORGOTTEN)) };
}

function round(weight: number): number {
  return Math.round(weight * ROUNDING) / ROUNDING;
}
