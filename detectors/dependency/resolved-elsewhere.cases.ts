// Cases of resolved-elsewhere.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { HOUR } from '../../services/core/time.ts';

const START = Date.UTC(2026, 0, 5, 9);
const LATER = START + 100 * HOUR;
const [GOOD, OTHER] = ['a'.repeat(40), 'e'.repeat(40)];

function run(at: number, requested: string | undefined, resolved: string) {
  return activityAt(
    at,
    'setup',
    {
      dependencies: [
        { type: 'action', name: 'example/action', ...(requested !== undefined && { requested }), resolved },
      ],
    },
    {
      source: 'github.job-log',
      vcs: { repository: { name: 'example/app' } },
      cicd: { pipeline: { name: 'ci', definition: '.github/workflows/ci.yml', task: { name: 'test' } } },
    },
  );
}

const runs = (requested: string) =>
  Array.from({ length: 20 }, (_, index) => run(START + index * HOUR, requested, GOOD));

export const cases: readonly DetectorCase[] = [
  {
    name: 'An exact version is another commit',
    kind: 'hit',
    history: runs('v4.1.0'),
    activity: run(LATER, 'v4.1.0', OTHER),
    expected: 'medium',
  },
  {
    name: 'A major label is another commit',
    kind: 'hit',
    history: runs('v4'),
    activity: run(LATER, 'v4', OTHER),
    expected: 'low',
  },
  {
    name: 'The same commit as ever',
    kind: 'near-miss',
    history: runs('v4'),
    activity: run(LATER, 'v4', GOOD),
    expected: null,
  },
  {
    name: 'The second run of a job',
    kind: 'cold-start',
    history: runs('v4').slice(0, 1),
    activity: run(LATER, 'v4', OTHER),
    expected: null,
  },
  {
    name: 'A reference without a version',
    kind: 'malformed',
    history: runs('v4'),
    activity: run(LATER, undefined, OTHER),
    expected: null,
  },
];
