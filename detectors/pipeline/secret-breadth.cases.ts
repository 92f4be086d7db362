// Cases of secret-breadth: a repository whose test jobs have no secrets, whose build has one and whose release has three.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { HOUR } from '../../services/core/time.ts';

const START = Date.UTC(2026, 0, 5, 9);

function given(index: number, pipeline: string, names: readonly string[] | undefined) {
  return activityAt(START + index * HOUR, 'setup', names ? { variables: names } : {}, {
    source: 'github.job-log',
    vcs: { repository: { name: 'example/shop' } },
    cicd: {
      pipeline: {
        name: pipeline,
        definition: `.github/workflows/${pipeline}.yml`,
        run: { id: `${index}${pipeline}` },
        task: { name: pipeline },
      },
    },
  });
}

const RELEASE = ['SIGNING_ID', 'REGISTRY_LOGIN', 'CLOUD_ROLE'];

function weeks(runs: number) {
  return Array.from({ length: runs }, (_, index) => [
    given(index, 'test', undefined),
    given(index, 'build', ['CACHE_LOGIN']),
    given(index, 'release', RELEASE),
  ]).flat();
}

export const cases: readonly DetectorCase[] = [
  {
    name: 'A pipeline that nobody knew gets all secrets of the release',
    kind: 'hit',
    history: weeks(100),
    activity: given(101, 'audit', RELEASE),
    expected: 'medium',
  },
  {
    name: 'A new pipeline gets one secret that the build uses too',
    kind: 'hit',
    history: weeks(100),
    activity: given(101, 'docs', ['CACHE_LOGIN']),
    expected: 'low',
  },
  {
    name: 'The tests, which never had any, get two secrets of the release',
    kind: 'hit',
    history: weeks(100),
    activity: given(101, 'test', RELEASE.slice(0, 2)),
    expected: 'medium',
  },
  {
    name: 'The build gets a secret that nothing else uses',
    kind: 'hit',
    history: weeks(100),
    activity: given(101, 'build', ['CACHE_LOGIN', 'CACHE_REGION']),
    expected: 'low',
  },
  {
    name: 'The release gets what it always gets, in another order',
    kind: 'near-miss',
    history: weeks(100),
    activity: given(101, 'release', RELEASE.toReversed()),
    expected: null,
  },
  {
    name: 'A new pipeline gets the job’s own token',
    kind: 'near-miss',
    history: weeks(100),
    activity: given(101, 'docs', ['GITHUB_TOKEN']),
    expected: null,
  },
  {
    name: 'On its first day, everything in a repository is new',
    kind: 'cold-start',
    history: weeks(3),
    activity: given(4, 'audit', RELEASE),
    expected: null,
  },
  {
    name: 'Secrets of no run',
    kind: 'malformed',
    history: weeks(100),
    activity: activityAt(START + 101 * HOUR, 'secret', { action: 'used', names: RELEASE }, {}),
    expected: null,
  },
];
