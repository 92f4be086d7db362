// What one detector (or one team) gives and where its bar stands. The bar moves once a day of event time, by bounded steps.
import type { Instant } from '../../core/time.ts';
import { edgeFor, ratesAt } from './rates.ts';
import { EDGES, FLOOR, learned, type Tail } from './tail.ts';

export type Meter = {
  readonly tail?: Tail;
  /** Edge of the histogram, with the fraction from which its next move starts. */
  readonly bar: number;
  readonly raised: number;
  /** Held back by a budget. */
  readonly held: number;
};

/** Edges a day, so quarters of a bit: up at once when it grows noisy, down slowly. */
const UP = 2;
const DOWN = 0.4;
/** So many days of a gap count: silence is no evidence that lowers a bar. */
const MOST_DAYS = 7;
/** Observations a week, with exact probabilities, that a detector is believed to see before it has shown. */
export const DETECTOR_VOLUME = 25;
/**
 * The bar of a newcomer is set for more than that, since it may be noisy: at 1 alert a week it stands at 1 in 100, at 5 a
 * week at the floor, at 1 in five weeks at 1 in 500. So a strong finding on the third day is raised.
 */
export const CAUTIOUS_VOLUME = 100;
/** A team's surprise is the rarity of what its members do, so that FLOOR is 256 a week (see `rarityBits`). */
export const TEAM_VOLUME = 256 * 2 ** FLOOR;

export function newMeter(share: number, volume: number, now: Instant): Meter {
  return { bar: edgeFor(ratesAt(undefined, volume, now), share), raised: 0, held: 0 };
}

export function withObservation(meter: Meter, edge: number | undefined, at: Instant): Meter {
  return { ...meter, tail: learned(meter.tail, edge, at) };
}

/** The bar, `days` later, on its way to where `share` a week reach it. */
export function moved(meter: Meter, rates: readonly number[], share: number, days: number): Meter {
  const target = edgeFor(rates, share);
  const steps = Math.min(days, MOST_DAYS);
  const bar = Math.min(Math.max(target, meter.bar - DOWN * steps), meter.bar + UP * steps);
  return { ...meter, bar: Math.min(Math.round(bar * 100) / 100, EDGES - 1) };
}

export function barEdge(meter: Meter): number {
  return Math.ceil(meter.bar - 1e-9);
}

/** How much surprise it is for a team that something of which so many come a week, over all, comes from it. */
export function rarityBits(perWeek: number): number {
  return FLOOR + Math.max(Math.log2(256 / perWeek), 0);
}
