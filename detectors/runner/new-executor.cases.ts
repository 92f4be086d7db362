// Cases of new-executor: a repository whose builds run on a fleet, and whose deployments on one machine of their own.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { HOUR } from '../../services/core/time.ts';

const START = Date.UTC(2026, 0, 5, 9);

function ran(index: number, job: string, runner: string | undefined, hosted?: boolean) {
  return activityAt(
    START + index * HOUR,
    'job',
    { action: 'running', ...(job === 'deploy' && { environment: 'production' }) },
    {
      source: 'gitlab.webhook',
      actor: { name: 'release', type: 'person' },
      vcs: { provider: { name: 'gitlab' }, repository: { name: 'example/shop' } },
      cicd: {
        pipeline: {
          definition: '.gitlab-ci.yml',
          run: { id: `${index}` },
          task: { name: job, run: { id: `${index}${job}` } },
        },
        worker: { ...(runner !== undefined && { name: runner }), ...(hosted !== undefined && { hosted }) },
      },
    },
  );
}

function weeks(count: number) {
  return Array.from({ length: count }, (_, index) => [
    ran(index, 'build', `shared-v17-${index % 24}`),
    ran(index, 'deploy', 'deploy-1'),
    ran(index, 'test', `GitHub Actions ${1_000 + index}`, true),
  ]).flat();
}

export const cases: readonly DetectorCase[] = [
  {
    name: 'A deployment on another machine than ever',
    kind: 'hit',
    history: weeks(120),
    activity: ran(121, 'deploy', 'deploy-2'),
    expected: 'medium',
  },
  {
    name: 'A deployment on a machine of another name',
    kind: 'hit',
    history: weeks(120),
    activity: ran(121, 'deploy', 'runner-x'),
    expected: 'medium',
  },
  {
    name: 'The tests, which the vendor’s machines ran, on a machine of one’s own',
    kind: 'hit',
    history: weeks(120),
    activity: ran(121, 'test', 'lab-1', false),
    expected: 'low',
  },
  {
    name: 'A build on one more machine of the fleet',
    kind: 'near-miss',
    history: weeks(120),
    activity: ran(121, 'build', 'shared-v17-31'),
    expected: null,
  },
  {
    name: 'The fleet’s next generation',
    kind: 'near-miss',
    history: weeks(120),
    activity: ran(121, 'build', 'shared-v18-3'),
    expected: null,
  },
  {
    name: 'The next of the vendor’s machines',
    kind: 'near-miss',
    history: weeks(120),
    activity: ran(121, 'test', 'GitHub Actions 9999', true),
    expected: null,
  },
  {
    name: 'The tenth deployment',
    kind: 'cold-start',
    history: weeks(9),
    activity: ran(10, 'deploy', 'deploy-2'),
    expected: null,
  },
  {
    name: 'A job on no machine',
    kind: 'malformed',
    history: weeks(120),
    activity: ran(121, 'deploy', undefined),
    expected: null,
  },
];
