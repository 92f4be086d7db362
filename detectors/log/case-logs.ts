// Logs for the cases of this family: a job whose log is read after each run.
import type { Activity } from '../../services/core/activity.ts';
import { activityAt } from '../../services/core/detector-case.ts';
import { HOUR } from '../../services/core/time.ts';

const START = Date.UTC(2026, 0, 5, 9);
const LOGS = 300;
export const LATER = START + LOGS * 4 * HOUR;

export function setupAt(at: number): Activity {
  return activityAt(at, 'setup', { runner: { version: '2.331.0' } }, place(at));
}

export function exposureAt(at: number, kinds: Readonly<Record<string, number>>, encoded: number): Activity {
  return activityAt(at, 'exposure', { kinds, fingerprints: [], encoded }, place(at));
}

/** A log each four hours; `held` says what stood in it. */
export function logs(
  held?: (index: number) => readonly [kinds: Readonly<Record<string, number>>, encoded: number],
  count = LOGS,
): readonly Activity[] {
  return Array.from({ length: count }, (_, index) => START + index * 4 * HOUR).flatMap((at, index) => {
    const found = held?.(index);
    return found ? [setupAt(at), exposureAt(at, ...found)] : [setupAt(at)];
  });
}

function place(at: number) {
  return {
    source: 'github.job-log',
    vcs: { repository: { name: 'example/app' } },
    cicd: { pipeline: { name: 'ci', run: { id: `${at}` }, task: { name: 'test' } } },
  };
}
