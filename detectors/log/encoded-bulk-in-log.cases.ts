// Cases of encoded-bulk-in-log: a job that prints a badge in most runs.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { DAY, HOUR } from '../../services/core/time.ts';

const START = Date.UTC(2026, 0, 5, 9);
const LATER = START + 90 * DAY;

function log(at: number, encoded: number, kinds: Readonly<Record<string, number>> = {}) {
  return activityAt(
    at,
    'exposure',
    { kinds, fingerprints: [], encoded },
    {
      source: 'github.job-log',
      vcs: { repository: { name: 'example/app' } },
      cicd: { pipeline: { name: 'ci', definition: '.github/workflows/ci.yml', task: { name: 'test' } } },
    },
  );
}

const months = Array.from({ length: 600 }, (_, index) => log(START + index * 3 * HOUR, 20 + ((index * 37) % 180)));

export const cases: readonly DetectorCase[] = [
  {
    name: 'Two kilobytes of encoded text, ten times the most ever',
    kind: 'hit',
    history: months,
    activity: log(LATER, 2415),
    expected: 'medium',
  },
  {
    name: 'A new job prints a lot at once, in a repository whose jobs print little',
    kind: 'cold-start',
    history: months,
    activity: {
      ...log(LATER, 4806, { 'aws-access-key-id': 1 }),
      cicd: { pipeline: { name: 'plan', definition: '.github/workflows/plan.yml', task: { name: 'plan' } } },
    },
    expected: 'low',
  },
  {
    name: 'A badge that is a little longer',
    kind: 'near-miss',
    history: months,
    activity: log(LATER, 253),
    expected: null,
  },
  {
    name: 'A job that prints archives every day',
    kind: 'near-miss',
    history: Array.from({ length: 200 }, (_, index) => log(START + index * 8 * HOUR, 900 + ((index * 131) % 3000))),
    activity: log(LATER, 3100),
    expected: null,
  },
  { name: 'A log without any', kind: 'malformed', history: months, activity: log(LATER, 0), expected: null },
];
