// How many of at least so much surprise come a week: counted where enough were seen, extrapolated beyond (peaks over
// threshold). Ties count as at least as extreme, as in a conformal rank (Vovk et al. 2005, Algorithmic Learning in a Random World).
import type { Instant } from '../../core/time.ts';
import { fitPareto, survival } from './pareto.ts';
import { countsAt, EDGES, edgeBits, remainderAt, STEP, type Tail, weeksAt } from './tail.ts';

/** From how many exceedances on the tail is counted rather than extrapolated. */
const TAIL = 25;
/**
 * How many exceedances the fitted tail counts for against those that were seen beyond an edge (the mean of a gamma prior's
 * posterior): so a detector with few values, whose tail is in steps, is still counted right.
 */
const TRUST = 2;
/**
 * A bar that follows what it counts comes to stand where by chance few came. Beyond the k-th largest of the last n the next
 * falls with k in n + 1 (the conformal rank), beyond an edge between it and the one before with half of one more; faded
 * observations weigh half on average. At the floor, which follows nothing, none is missing.
 */
const HALF = 1 / 4;
/** What is believed before anything was seen counts like so many weeks, and fades. */
const PRIOR_WEEKS = 1;
/** A week: nothing is rarer than can be known. */
const RAREST = 1e-6;

/** Rates a week by edge, falling. `volume`: how many exact p-values a week a newcomer is taken to give. */
export function ratesAt(tail: Tail | undefined, volume: number, now: Instant): readonly number[] {
  const believed = (edge: number) => volume * 2 ** -edgeBits(edge);
  if (tail === undefined) return Array.from({ length: EDGES }, (_, edge) => Math.max(believed(edge), RAREST));
  const counts = countsAt(tail, now);
  const above = cumulated(counts);
  const threshold = above.findIndex((count) => count <= TAIL);
  const excesses = counts
    .slice(threshold)
    .map((weight, index) => ({ value: (index + 1 / 2) * STEP, weight }))
    .filter(({ weight }) => weight > 0);
  const pareto = fitPareto(excesses);
  const prior = PRIOR_WEEKS * remainderAt(tail, now);
  const weeks = weeksAt(tail, now) + prior;
  const rates = above.map((count, edge) => {
    const fitted = (above[threshold] ?? 0) * survival(pareto, (edge - threshold) * STEP);
    const exceedances = edge <= threshold ? count : (fitted * (count + TRUST)) / (fitted + TRUST);
    const missing = HALF * Math.min(exceedances, 1) * (1 - exceedances / (above[0] || 1));
    return Math.max((exceedances + missing + believed(edge) * prior) / weeks, RAREST);
  });
  return falling(rates);
}

/** The first edge that no more than `rate` a week reach. */
export function edgeFor(rates: readonly number[], rate: number): number {
  const edge = rates.findIndex((each) => each <= rate);
  return edge < 0 ? EDGES - 1 : edge;
}

/** How many lie at or above each edge. */
function cumulated(counts: readonly number[]): readonly number[] {
  let above = 0;
  return counts
    .toReversed()
    .map((count) => {
      above += count;
      return above;
    })
    .reverse();
}

function falling(rates: readonly number[]): readonly number[] {
  let most = 0;
  return rates
    .toReversed()
    .map((rate) => {
      most = Math.max(most, rate);
      return most;
    })
    .reverse();
}
