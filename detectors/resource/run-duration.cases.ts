// Cases of run-duration: a pipeline that takes seven minutes, more or less, and one that deploys.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { HOUR } from '../../services/core/time.ts';

const AT = Date.UTC(2026, 2, 3, 14);

function ended(
  at: number,
  seconds: number | undefined,
  environment?: string,
  result: 'success' | 'skip' | 'timeout' = 'success',
) {
  return activityAt(
    at,
    'job',
    {
      action: 'completed',
      ...(seconds !== undefined && { seconds }),
      ...(environment !== undefined && { environment }),
    },
    {
      source: 'github.webhook',
      vcs: { repository: { name: 'example/app' } },
      cicd: {
        pipeline: {
          name: 'ci',
          definition: '.github/workflows/ci.yml',
          run: { id: String(at) },
          task: { name: 'build', run: { id: String(at), result } },
        },
      },
    },
  );
}

function past(count: number, environment?: string) {
  return Array.from({ length: count }, (_, index) =>
    ended(AT - (count + 1 - index) * 5 * HOUR, 400 + ((index * 37) % 90), environment),
  );
}

export const cases: readonly DetectorCase[] = [
  {
    name: 'A job runs for an hour instead of seven minutes',
    kind: 'hit',
    history: past(120),
    activity: ended(AT, 3_600),
    expected: 'low',
  },
  {
    name: 'A deployment succeeds within three seconds',
    kind: 'hit',
    history: past(120, 'production'),
    activity: ended(AT, 3, 'production'),
    expected: 'low',
  },
  {
    name: 'A job that holds nothing is done early',
    kind: 'near-miss',
    history: past(120),
    activity: ended(AT, 3),
    expected: null,
  },
  {
    name: 'A job takes a little longer than ever',
    kind: 'near-miss',
    history: past(120),
    activity: ended(AT, 540),
    expected: null,
  },
  {
    name: 'A job that was skipped',
    kind: 'near-miss',
    history: past(120, 'production'),
    activity: ended(AT, 1, 'production', 'skip'),
    expected: null,
  },
  {
    name: 'The fifth run of a pipeline',
    kind: 'cold-start',
    history: past(4),
    activity: ended(AT, 3_600),
    expected: null,
  },
  {
    name: 'The first job of all uses up its time',
    kind: 'cold-start',
    history: [],
    activity: ended(AT, 3_600, undefined, 'timeout'),
    expected: 'informational',
  },
  {
    name: 'A job that does not say how long it took',
    kind: 'malformed',
    history: past(120),
    activity: ended(AT, undefined),
    expected: null,
  },
];
