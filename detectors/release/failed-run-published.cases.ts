// Cases of failed-run-published.
import type { Activity } from '../../services/core/activity.ts';
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { DAY, MINUTE } from '../../services/core/time.ts';

const START = Date.UTC(2026, 0, 5, 9);
const LATER = START + 60 * DAY;

function told(at: number, run: string | undefined, result?: 'failure' | 'success'): Activity {
  const fields = {
    source: 'cdevents',
    vcs: { repository: { name: 'example/app' } },
    ...(run !== undefined && { cicd: { pipeline: { name: 'release', run: { id: run, ...(result && { result }) } } } }),
  };
  return result
    ? activityAt(at, 'run', { action: 'completed' }, fields)
    : activityAt(at, 'artifact', { action: 'published', name: 'app', version: '1.0.0' }, fields);
}

const runs = Array.from({ length: 12 }, (_, index) => [
  told(START + index * DAY, String(index)),
  told(START + index * DAY + MINUTE, String(index), 'success'),
]).flat();

export const cases: readonly DetectorCase[] = [
  {
    name: 'The run that published fails',
    kind: 'hit',
    history: [...runs, told(LATER, '99')],
    activity: told(LATER + MINUTE, '99', 'failure'),
    expected: 'low',
  },
  {
    name: 'What a run published is told after it failed',
    kind: 'hit',
    history: [...runs, told(LATER + MINUTE, '99', 'failure')],
    activity: told(LATER, '99'),
    expected: 'low',
  },
  {
    name: 'A run fails that published nothing',
    kind: 'near-miss',
    history: runs,
    activity: told(LATER, '99', 'failure'),
    expected: null,
  },
  {
    name: 'The first run of all',
    kind: 'cold-start',
    history: [told(START, '1')],
    activity: told(START + MINUTE, '1', 'failure'),
    expected: null,
  },
  {
    name: 'No run is named',
    kind: 'malformed',
    history: runs,
    activity: told(LATER, undefined, 'failure'),
    expected: null,
  },
];
