// Cases of resolved-elsewhere: a job that takes two actions and an image, several times a day.
import type { Activity } from '../../services/core/activity.ts';
import type { Dependency } from '../../services/core/details/pipeline.ts';
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { DAY, HOUR } from '../../services/core/time.ts';

const START = Date.UTC(2026, 0, 5, 9);
const LATER = START + 40 * DAY;

function action(name: string, requested: string, sha: string): Dependency {
  return { type: 'action', name, requested, resolved: sha.padEnd(40, '0') };
}

function setup(at: number, dependencies: readonly Dependency[], digest = 'd0'): Activity {
  return activityAt(
    at,
    'setup',
    { image: { name: 'example/build:1.2.3', digest: `sha256:${digest.padEnd(64, '0')}` }, dependencies },
    {
      source: 'github.job-log',
      vcs: { repository: { name: 'example/app' } },
      cicd: { pipeline: { name: 'ci', run: { id: `${at}` }, task: { name: 'test' } } },
    },
  );
}

const USUAL = [action('example/setup', 'v4', 'a0'), action('example/publish', 'v1.2.3', 'b0')];
const HISTORY = Array.from({ length: 160 }, (_, index) => setup(START + index * 6 * HOUR, USUAL));

export const cases: readonly DetectorCase[] = [
  {
    name: 'An exact version gives another commit',
    kind: 'hit',
    history: HISTORY,
    activity: setup(LATER, [action('example/setup', 'v4', 'a0'), action('example/publish', 'v1.2.3', 'bad')]),
    expected: 'medium',
  },
  {
    name: 'A step of the log shows it',
    kind: 'hit',
    history: HISTORY,
    activity: activityAt(
      LATER,
      'step',
      {
        name: 'Publish',
        ordinal: 2,
        first_line: 9,
        last_line: 12,
        dependencies: [action('example/publish', 'v1.2.3', 'bad')],
      },
      { vcs: { repository: { name: 'example/app' } }, cicd: { pipeline: { name: 'ci', task: { name: 'deploy' } } } },
    ),
    expected: 'medium',
  },
  {
    name: 'A major label gives another commit, as it hardly ever does',
    kind: 'hit',
    history: HISTORY,
    activity: setup(LATER, [action('example/setup', 'v4', 'a1')]),
    expected: 'low',
  },
  {
    name: 'A major label that moves every week',
    kind: 'hit',
    history: Array.from({ length: 40 }, (_, day) =>
      setup(START + day * DAY, [action('example/setup', 'v4', `a${Math.floor(day / 7)}`)]),
    ),
    activity: setup(LATER, [action('example/setup', 'v4', 'ff')]),
    expected: 'informational',
  },
  {
    name: 'The image was built anew under its tag',
    kind: 'hit',
    history: HISTORY,
    activity: setup(LATER, USUAL, 'd1'),
    expected: 'low',
  },
  {
    name: 'Another runner still has the commit from before',
    kind: 'near-miss',
    history: [...HISTORY, setup(LATER, [action('example/setup', 'v4', 'a1')])],
    activity: setup(LATER + HOUR, [action('example/setup', 'v4', 'a0')]),
    expected: null,
  },
  {
    name: 'Another version is asked for',
    kind: 'near-miss',
    history: HISTORY,
    activity: setup(LATER, [action('example/publish', 'v1.2.4', 'b1')]),
    expected: null,
  },
  {
    name: 'An include from a branch has moved on',
    kind: 'near-miss',
    history: [setup(START, [{ type: 'include', name: 'example/templates', requested: 'main', resolved: 'a0' }])],
    activity: setup(LATER, [{ type: 'include', name: 'example/templates', requested: 'main', resolved: 'a1' }]),
    expected: null,
  },
  {
    name: 'A package within its range',
    kind: 'near-miss',
    history: [setup(START, [{ type: 'package', name: 'left', requested: '^1.0.0', resolved: '1.0.1' }])],
    activity: setup(LATER, [{ type: 'package', name: 'left', requested: '^1.0.0', resolved: '1.0.2' }]),
    expected: null,
  },
  { name: 'The first run', kind: 'cold-start', history: [], activity: setup(START, USUAL), expected: null },
  {
    name: 'A log that tells no commit',
    kind: 'malformed',
    history: HISTORY,
    activity: activityAt(LATER, 'setup', { dependencies: [{ type: 'action', name: 'example/setup' }] }, {}),
    expected: null,
  },
];
