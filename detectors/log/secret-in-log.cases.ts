// Cases of secret-in-log: a job whose tests print a made-up password in every run.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { DAY, HOUR } from '../../services/core/time.ts';

const START = Date.UTC(2026, 0, 5, 9);
const LATER = START + 90 * DAY;
const JOB = {
  source: 'github.job-log',
  vcs: { repository: { name: 'example/app' } },
  cicd: { pipeline: { name: 'ci', definition: '.github/workflows/ci.yml', task: { name: 'test' } } },
};

function log(at: number, kinds: Readonly<Record<string, number>>) {
  return activityAt(at, 'exposure', { kinds, fingerprints: [], encoded: 0 }, JOB);
}

const months = Array.from({ length: 400 }, (_, index) => [
  activityAt(START + index * 5 * HOUR, 'setup', { variables: ['DEPLOY_KEY'] }, JOB),
  log(START + index * 5 * HOUR + 1, { password: 3 }),
]).flat();

export const cases: readonly DetectorCase[] = [
  { name: 'A private key', kind: 'hit', history: months, activity: log(LATER, { 'private-key': 1 }), expected: 'high' },
  {
    name: 'Two kinds of tokens at once',
    kind: 'hit',
    history: months,
    activity: log(LATER, { 'github-personal-token': 1, 'aws-access-key-id': 1 }),
    expected: 'medium',
  },
  {
    name: 'The password that its tests print every day',
    kind: 'near-miss',
    history: months,
    activity: log(LATER, { password: 5 }),
    expected: null,
  },
  {
    name: 'The first log of all shows a private key',
    kind: 'cold-start',
    history: [],
    activity: log(LATER, { 'private-key': 1 }),
    expected: 'high',
  },
  { name: 'A log that held none', kind: 'malformed', history: months, activity: log(LATER, {}), expected: null },
];
