// Calibration to an alert budget: how rare a surprise is for its detector, and whether the budget has room for it.
//
// Per detector the recent surprises above a floor are kept (tail.ts) and read as rates a week (rates.ts), which compare
// across detectors. Once a day of event time every bar moves, by a bounded step, towards where the detector's share of
// the budget reaches it (epoch.ts, shares.ts). Token buckets hold back what would still go beyond (guard.ts). Pure.
import { DAY, type Instant } from '../../core/time.ts';
import { advanced, detectorMeter, teamMeter } from './epoch.ts';
import { lets, refilled, spent } from './guard.ts';
import { type Budget, detectorBudget, type Judgement, rarity, teamBudget } from './judgement.ts';
import { barEdge, DETECTOR_VOLUME, type Meter, rarityBits, withObservation } from './meter.ts';
import { ratesAt } from './rates.ts';
import { type CalibrationState, MOST_METERS } from './state.ts';
import { edgeBelow, edgeBits, FLOOR } from './tail.ts';

const ENOUGH = 28 * DAY;

/**
 * A candidate: what was unusual for its detector. The ordinary need not come: below 1 in 50 nothing is learned, but that the
 * detector watches from now on.
 */
export interface Scored {
  readonly detector: string;
  /** Bits: −log2 of a tail probability. */
  readonly surprise: number;
  /** Server time. */
  readonly at: Instant;
  readonly team?: string;
  /** Near-certain evidence passes whatever the budget, is not counted in it, and teaches nothing. */
  readonly certain?: boolean;
}

export interface Calibrated {
  readonly state: CalibrationState;
  readonly judgement: Judgement;
}

/** Judges by the state as it was, then learns. Repeats must be gone; order within minutes changes next to nothing. */
export function calibrate(before: CalibrationState, scored: Scored, budget: Budget): Calibrated {
  const { detector, surprise, at } = scored;
  const state = advanced(before, at, budget);
  const meter = detectorMeter(state, detector, at, budget);
  const rates = ratesAt(meter.tail, DETECTOR_VOLUME, at);
  const edge = edgeBelow(surprise);
  const known = {
    perWeek: edge === undefined ? (rates[0] ?? 0) * 2 ** (FLOOR - surprise) : (rates[edge] ?? 0),
    bar: edgeBits(barEdge(meter)),
    enough: meter.tail !== undefined && at - meter.tail.since >= ENOUGH,
  };
  if (scored.certain) return { state, judgement: { ...known, verdict: 'raise' } };
  const learnt = withMeter(state, 'detectors', detector, withObservation(meter, edge, at));
  if (edge === undefined || edge < barEdge(meter)) return { state: learnt, judgement: { ...known, verdict: 'below' } };
  return withinBudget(learnt, scored, known, budget);
}

/** Learns from what would be no alert in any case: it is not judged, and takes no room. */
export function noticed(
  before: CalibrationState,
  { detector, surprise, at }: Scored,
  budget: Budget,
): CalibrationState {
  const state = advanced(before, at, budget);
  const edge = edgeBelow(surprise);
  if (edge === undefined) return state;
  return withMeter(state, 'detectors', detector, withObservation(detectorMeter(state, detector, at, budget), edge, at));
}

/** What stands above the detector's bar: the team's bar, then every budget that it counts in. */
function withinBudget(
  state: CalibrationState,
  scored: Scored,
  known: Omit<Judgement, 'verdict'>,
  budget: Budget,
): Calibrated {
  const { detector, team, at } = scored;
  let next = state;
  const ofTeam = teamBudget(budget, team);
  if (team !== undefined && ofTeam !== undefined) {
    const meter = teamMeter(state, team, ofTeam, at);
    const edge = edgeBelow(rarityBits(known.perWeek)) ?? 0;
    next = withMeter(next, 'teams', team, withObservation(meter, edge, at));
    if (edge < barEdge(meter)) return { state: next, judgement: { ...known, verdict: 'below' } };
  }
  const limits = limitsOf(scored, budget);
  const guards = limits.map(([key, perWeek]) => [key, refilled(state.guards[key], perWeek, at), perWeek] as const);
  const veryRare = rarity(known, budget) === 'very-rare';
  const room = guards.every(([, guard, perWeek]) => lets(guard, perWeek, veryRare));
  const after = guards.map(([key, guard]) => [key, room ? spent(guard) : guard] as const);
  next = { ...next, guards: { ...next.guards, ...Object.fromEntries(after) } };
  return { state: counted(next, detector, room), judgement: { ...known, verdict: room ? 'raise' : 'hold' } };
}

function limitsOf({ detector, team }: Scored, budget: Budget): readonly (readonly [string, number])[] {
  const ofDetector = detectorBudget(budget, detector);
  const ofTeam = teamBudget(budget, team);
  return [
    ['overall', budget.overall],
    ...(ofDetector === undefined ? [] : [[`detector/${detector}`, ofDetector] as const]),
    ...(ofTeam === undefined ? [] : [[`team/${team}`, ofTeam] as const]),
  ];
}

function counted(state: CalibrationState, detector: string, raised: boolean): CalibrationState {
  const meter = state.detectors[detector];
  if (meter === undefined) return state;
  const more = raised ? { raised: meter.raised + 1 } : { held: meter.held + 1 };
  return withMeter(state, 'detectors', detector, { ...meter, ...more });
}

/** Beyond the bound nobody new is remembered. */
function withMeter(state: CalibrationState, kind: 'detectors' | 'teams', id: string, meter: Meter): CalibrationState {
  const meters = state[kind];
  if (!Object.hasOwn(meters, id) && Object.keys(meters).length >= MOST_METERS) return state;
  return { ...state, [kind]: { ...meters, [id]: meter } };
}
