// Cases of mining-pool-contacted.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';

const AT = Date.UTC(2026, 2, 3, 14);

function asked(name: string) {
  return activityAt(
    AT,
    'dns',
    { name },
    {
      source: 'tetragon',
      vcs: { repository: { name: 'example/app' } },
      cicd: { pipeline: { name: 'ci', task: { name: 'test' } } },
      process: { executable: '/tmp/worker' },
    },
  );
}

export const cases: readonly DetectorCase[] = [
  {
    name: 'A program looks up a pool',
    kind: 'hit',
    history: [],
    activity: asked('pool.supportxmr.com'),
    expected: 'high',
  },
  {
    name: 'A pool’s name within another one',
    kind: 'near-miss',
    history: [],
    activity: asked('supportxmr.com.example.org'),
    expected: null,
  },
  {
    name: 'The first thing that a job does',
    kind: 'cold-start',
    history: [],
    activity: asked('eu1.nanopool.org'),
    expected: 'high',
  },
  {
    name: 'A lookup of nothing',
    kind: 'malformed',
    history: [],
    activity: asked(''),
    expected: null,
  },
];
