// The bars of all detectors and teams, once a day of event time: each moves towards its share of the budget.
import { DAY, type Instant } from '../../core/time.ts';
import { type Budget, detectorBudget, teamBudget } from './judgement.ts';
import { barEdge, CAUTIOUS_VOLUME, DETECTOR_VOLUME, type Meter, moved, newMeter, TEAM_VOLUME } from './meter.ts';
import { ratesAt } from './rates.ts';
import { shares } from './shares.ts';
import type { CalibrationState } from './state.ts';
import { edgeBits } from './tail.ts';

/** The state as of `at`; the same one on the day of the last move, and for what comes late. */
export function advanced(state: CalibrationState, at: Instant, budget: Budget): CalibrationState {
  const day = Math.floor(at / DAY);
  if (day <= state.day) return state;
  const days = day - state.day;
  const detectors = Object.entries(state.detectors).map(([id, meter]) => {
    const rates = ratesAt(meter.tail, DETECTOR_VOLUME, at);
    return { id, meter, rates, claim: Math.min(rates[0] ?? 0, detectorBudget(budget, id) ?? Number.POSITIVE_INFINITY) };
  });
  const share = shares(
    detectors.map(({ claim }) => claim),
    budget.overall,
  );
  const teams = Object.entries(state.teams).flatMap(([team, meter]) => {
    const own = teamBudget(budget, team);
    if (own === undefined) return [];
    return [[team, moved(meter, ratesAt(meter.tail, TEAM_VOLUME, at), own, days)] as const];
  });
  // A budget that is gone takes its bucket with it.
  const guards = Object.entries(state.guards).filter(([key]) => isSet(key, budget));
  return {
    day,
    guards: Object.fromEntries(guards),
    detectors: Object.fromEntries(
      detectors.map(({ id, meter, rates }, index) => [id, moved(meter, rates, share[index] ?? 0, days)]),
    ),
    teams: Object.fromEntries(teams),
  };
}

/** The meter of a detector; a newcomer's stands as high as an even share of the budget takes. */
export function detectorMeter(state: CalibrationState, id: string, at: Instant, budget: Budget): Meter {
  const even = budget.overall / (Object.keys(state.detectors).length + 1);
  return (
    meterOf(state.detectors, id) ??
    newMeter(Math.min(even, detectorBudget(budget, id) ?? Number.POSITIVE_INFINITY), CAUTIOUS_VOLUME, at)
  );
}

export function teamMeter(state: CalibrationState, team: string, own: number, at: Instant): Meter {
  return meterOf(state.teams, team) ?? newMeter(own, TEAM_VOLUME, at);
}

/** Where a detector's bar stands at a time, and how many a week the tail expects above it: for reports and backtests. */
export function outlook(
  state: CalibrationState,
  detector: string,
  at: Instant,
  budget: Budget,
): { readonly bar: number; readonly perWeek: number } {
  const meter = detectorMeter(advanced(state, at, budget), detector, at, budget);
  const edge = barEdge(meter);
  return { bar: edgeBits(edge), perWeek: ratesAt(meter.tail, DETECTOR_VOLUME, at)[edge] ?? 0 };
}

/** `key` as calibrate.ts makes it. */
function isSet(key: string, budget: Budget): boolean {
  if (key.startsWith('team/')) return teamBudget(budget, key.slice('team/'.length)) !== undefined;
  if (key.startsWith('detector/')) return detectorBudget(budget, key.slice('detector/'.length)) !== undefined;
  return true;
}

function meterOf(meters: CalibrationState['detectors'], id: string): Meter | undefined {
  return Object.hasOwn(meters, id) ? meters[id] : undefined;
}
