// Surprises in order through calibration: what would have been raised at a budget, and what the tail expected.
import { calibrate } from '../../../services/analyzer/calibration/calibrate.ts';
import { outlook } from '../../../services/analyzer/calibration/epoch.ts';
import { emptyCalibration } from '../../../services/analyzer/calibration/state.ts';
import { DAY, type Instant } from '../../../services/core/time.ts';
import type { Surprise } from './surprises.ts';

const WEEK = 7 * DAY;
const DETECTOR = 'off-hours-commit';

export interface Outcome {
  readonly weeks: number;
  readonly alerts: number;
  readonly held: number;
  /** Alerts a week in the worst four weeks. */
  readonly worst: number;
  /** Sum over the days of how many the tail expects above the bar, as it stands before the day. */
  readonly expected: number;
  /** How many came above the bar, held back or not. */
  readonly observed: number;
}

export function replayAt(overall: number, deeds: readonly Surprise[]): Outcome {
  const budget = { overall };
  const from = deeds[0]?.at ?? 0;
  const to = deeds.at(-1)?.at ?? 0;
  const raised: Instant[] = [];
  let state = emptyCalibration();
  let held = 0;
  let expected = 0;
  let next = 0;
  for (let day = from; day <= to; day += DAY) {
    // Before the first candidate the detector has not said that it watches.
    if (day > from) expected += outlook(state, DETECTOR, day, budget).perWeek / 7;
    for (let deed = deeds[next]; deed !== undefined && deed.at < day + DAY; deed = deeds[++next]) {
      const { at, bits } = deed;
      const result = calibrate(state, { detector: DETECTOR, surprise: bits, at }, budget);
      state = result.state;
      if (result.judgement.verdict === 'raise') raised.push(at);
      if (result.judgement.verdict === 'hold') held++;
    }
  }
  const weeks = (to - from) / WEEK;
  return {
    weeks,
    alerts: raised.length,
    held,
    worst: worstFourWeeks(raised),
    expected,
    observed: raised.length + held,
  };
}

function worstFourWeeks(raised: readonly Instant[]): number {
  let first = 0;
  let most = 0;
  for (const [last, at] of raised.entries()) {
    while ((raised[first] ?? at) <= at - 4 * WEEK) first++;
    most = Math.max(most, last - first + 1);
  }
  return most / 4;
}
