// Whether there is room for one more alert. What is learned is only worth an alert where the budget has room for it; what
// finds none is kept at low, where it still strengthens others. Near-certain evidence and rules pass in any case.
//
// The budget counts alerts, which are incidents: what belongs to the story of an alert that has been let through within a day
// (the same run, person, credential, repository, address) is part of it, and takes no room.
import { type AlertBudget, teamOf } from '../../core/alert-budget.ts';
import type { StateChange, StateEntry } from '../../core/ports/event-log.ts';
import { compareSeverity, type Severity } from '../../core/severity.ts';
import type { Signal } from '../../core/signal.ts';
import { DAY } from '../../core/time.ts';
import { calibrate, noticed } from '../calibration/calibrate.ts';
import { emptyCalibration, parseCalibration, serializeCalibration } from '../calibration/state.ts';
import { Store } from '../entity-stage/store.ts';
import { linksOf } from './finding.ts';

const KEY = 'calibration';
/** What correlation joins by; see WINDOW there. */
const STORY = DAY;

export interface Room {
  /** The severity that the budget leaves; the detector's calibration learns from it. `surprise` in bits. */
  within(signal: Signal, severity: Severity, surprise: number | undefined): Severity;
  restore(entry: StateEntry): boolean;
  flush(): readonly StateChange[];
}

export function createRoom({ overall, detectors, teams }: AlertBudget): Room {
  const ofTeams = Object.fromEntries(
    teams.flatMap(({ name, perWeek }) => (perWeek === undefined ? [] : [[name, perWeek]])),
  );
  const budget = { overall, detectors, teams: ofTeams };
  const stories = new Store({ prefix: 'story/', limit: 20_000 });
  let state = emptyCalibration();
  let changed = false;

  function isOfStory({ activity }: Signal, keys: readonly string[]): boolean {
    return keys.some((key) => {
      const at = stories.get(key);
      return typeof at === 'number' && Math.abs(activity.observed_at - at) <= STORY;
    });
  }

  return {
    within(signal, severity, surprise) {
      const at = signal.activity.observed_at;
      const keys = linksOf(signal.activity).flatMap(({ key, weak }) => (weak ? [] : [key]));
      const isAlert = compareSeverity(severity, 'medium') >= 0;
      const tell = () => {
        for (const key of keys) stories.set(key, at, at);
      };
      const certain = surprise === undefined || signal.raise.certain === true;
      if (certain || (isAlert && isOfStory(signal, keys))) {
        if (isAlert) tell();
        return severity;
      }
      const team = teamOf(teams, signal.activity.vcs?.repository?.name);
      const scored = { detector: signal.detector, surprise, at, ...(team !== undefined && { team }) };
      changed = true;
      if (!isAlert) {
        state = noticed(state, scored, budget);
        return severity;
      }
      const { state: next, judgement } = calibrate(state, scored, budget);
      state = next;
      if (judgement.verdict !== 'raise') return 'low';
      tell();
      return severity;
    },
    restore(entry) {
      if (entry.key !== KEY) return stories.restore(entry);
      state = parseCalibration(entry.value) ?? emptyCalibration();
      return true;
    },
    flush() {
      const changes = stories.flush();
      if (changed) changes.push({ key: KEY, value: serializeCalibration(state) });
      changed = false;
      return changes;
    },
  };
}
