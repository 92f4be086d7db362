// Made streams of candidates: Poisson in time, their surprise drawn from some law; and a replay that keeps what came of them.
import { calibrate, type Scored } from '../../../services/analyzer/calibration/calibrate.ts';
import { outlook } from '../../../services/analyzer/calibration/epoch.ts';
import type { Budget, Judgement } from '../../../services/analyzer/calibration/judgement.ts';
import { type CalibrationState, emptyCalibration } from '../../../services/analyzer/calibration/state.ts';
import { FLOOR } from '../../../services/analyzer/calibration/tail.ts';
import { DAY, type Instant } from '../../../services/core/time.ts';
import { randomFrom } from '../../helpers/random.ts';

export const WEEK = 7 * DAY;
export const START: Instant = Date.UTC(2026, 0, 5);

/** Bits above the floor, from a number in (0, 1]. */
export type Law = (uniform: number) => number;

export const LAWS = {
  /** Exact p-values: every bit halves. */
  exact: (uniform) => -Math.log2(uniform),
  /** Overconfident: twice the bits. */
  boastful: (uniform) => -2 * Math.log2(uniform),
  /** Generalized Pareto with shape 0.25: now and then a very large one. */
  heavy: (uniform) => (uniform ** -0.25 - 1) / 0.25,
  /** Bounded at 5 bits: a detector that cannot say more. */
  bounded: (uniform) => 5 * (1 - uniform ** 0.5),
  /** Three values and nothing between. */
  tied: (uniform) => (uniform < 0.02 ? 6 : uniform < 0.2 ? 3 : 0.5),
  /** Mostly small, one in twenty from another world. */
  mixed: (uniform) => (uniform < 0.05 ? 8 - Math.log2(uniform / 0.05) : uniform),
} satisfies Record<string, Law>;

export interface StreamOptions {
  readonly detector?: string;
  readonly team?: string;
  readonly perWeek: number;
  readonly weeks: number;
  readonly law: Law;
  readonly seed: number;
  readonly from?: Instant;
}

export function streamOf(options: StreamOptions): Scored[] {
  const { detector = 'some-detector', team, perWeek, weeks, law, seed, from = START } = options;
  const random = randomFrom(seed);
  const scored: Scored[] = [];
  for (let at = from; ; ) {
    at += Math.round((-Math.log(1 - random()) * WEEK) / perWeek);
    if (at >= from + weeks * WEEK) return scored;
    scored.push({ detector, surprise: FLOOR + law(1 - random()), at, ...(team === undefined ? {} : { team }) });
  }
}

export function inOrder(...streams: readonly Scored[][]): Scored[] {
  return streams.flat().sort((a, b) => a.at - b.at);
}

export interface Told extends Scored, Judgement {}

export function replayed(
  stream: readonly Scored[],
  budget: Budget,
  from: CalibrationState = emptyCalibration(),
): { readonly state: CalibrationState; readonly told: Told[] } {
  let state = from;
  const told = stream.map((scored) => {
    const result = calibrate(state, scored, budget);
    state = result.state;
    return { ...scored, ...result.judgement };
  });
  return { state, told };
}

export function raised(told: readonly Told[]): Told[] {
  return told.filter(({ verdict }) => verdict === 'raise');
}

/** How many the tail expected above the bar from day to day, and how many came. */
export function exceedances(stream: readonly Scored[], budget: Budget): { expected: number; observed: number } {
  let state = emptyCalibration();
  let expected = 0;
  let observed = 0;
  let day = (stream[0]?.at ?? START) + DAY;
  for (const scored of stream) {
    for (; day <= scored.at; day += DAY) expected += outlook(state, scored.detector, day, budget).perWeek / 7;
    const { state: next, judgement } = calibrate(state, scored, budget);
    if (judgement.verdict !== 'below') observed++;
    state = next;
  }
  return { expected, observed };
}

/** The most that are in any four weeks. */
export function worstFourWeeks(told: readonly Told[]): number {
  return Math.max(
    0,
    ...told.map(({ at }) => told.filter((other) => other.at <= at && other.at > at - 4 * WEEK).length),
  );
}
