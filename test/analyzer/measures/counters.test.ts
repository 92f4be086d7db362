// Runs and reports by repository and day: each once, however often and in whichever order it is told.
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Counters, createCounters } from '../../../services/analyzer/measures/counters.ts';
import type { Activity, ActivityKind } from '../../../services/core/activity.ts';
import type { Result } from '../../../services/core/details/pipeline.ts';
import { activityAt } from '../../../services/core/detector-case.ts';
import type { DayCount } from '../../../services/core/measure.ts';
import { DAY } from '../../../services/core/time.ts';
import { randomFrom } from '../../helpers/random.ts';
import { startAnalyzing } from '../analyzing.ts';

const START = Date.UTC(2026, 2, 2, 10);
const REPOSITORY = 'orchard/press';

interface More {
  readonly at?: number;
  readonly repository?: string;
  readonly attempt?: number;
  readonly source?: string;
}

function told<Kind extends ActivityKind>(
  kind: Kind,
  detail: Parameters<typeof activityAt<Kind>>[2],
  cicd: object,
  more: More,
) {
  const { at = START, repository = REPOSITORY, source = 'github.webhook' } = more;
  return activityAt(at, kind, detail, { source, vcs: { repository: { name: repository } }, cicd });
}

function run(id: string, result: Result | undefined, more: More = {}): Activity {
  const { attempt = 1 } = more;
  const pipeline = { name: 'ci', run: { id, attempt, ...(result && { result }) } };
  return told('run', { action: 'completed' }, { pipeline }, more);
}

function job(id: string, name: string, result: Result, more: More = {}): Activity {
  return told(
    'job',
    { action: 'completed' },
    { pipeline: { name: 'ci', run: { id }, task: { name, run: { result } } } },
    more,
  );
}

function scan(id: string, name: string, tool: string, complete = true, more: More = {}): Activity {
  const detail = { action: 'scan', tool, report: { id: `report ${id} ${tool}`, findings: 1, complete } };
  return told('alert', detail, { pipeline: { run: { id }, task: { name } } }, { source: 'sarif', ...more });
}

function daysOf(counters: Counters, activities: readonly Activity[]): readonly DayCount[] {
  for (const activity of activities) counters.take(activity);
  return counters.flush().days;
}

function counted(activities: readonly Activity[]): readonly object[] {
  return daysOf(createCounters(), activities)
    .map(({ repository, day, runs, scans }) => ({ repository, day, runs, scans }))
    .sort((a, b) => (`${a.repository} ${a.day}` < `${b.repository} ${b.day}` ? -1 : 1));
}

const week = [
  run('1', 'success'),
  run('2', undefined),
  run('2', 'failure'),
  job('2', 'scan', 'failure'),
  scan('2', 'scan', 'Semgrep OSS'),
  run('3', 'cancellation', { at: START + DAY }),
  run('4', 'failure', { at: START + DAY }),
  job('4', 'build', 'failure', { at: START + DAY }),
  scan('4', 'scan', 'Trivy', true, { at: START + DAY }),
  scan('4', 'scan', 'Gitleaks', false, { at: START + DAY }),
  run('1', 'timeout', { repository: 'orchard/cider' }),
];
const expected = [
  { repository: 'orchard/cider', day: '2026-03-02', runs: { ended: 1, failed: 1, cancelled: 0, gated: 0 }, scans: {} },
  {
    repository: REPOSITORY,
    day: '2026-03-02',
    runs: { ended: 2, failed: 1, cancelled: 0, gated: 1 },
    scans: { sast: 1 },
  },
  {
    repository: REPOSITORY,
    day: '2026-03-03',
    runs: { ended: 2, failed: 1, cancelled: 1, gated: 0 },
    scans: { sca: 1 },
  },
];

describe('a day of a repository', () => {
  test('has its runs by how they ended, its complete reports, and builds that failed where they were scanned', () => {
    expect(counted(week)).toEqual(expected);
  });

  test.for(Array.from({ length: 20 }, (_, seed) => seed))(
    'is the same in any order, told twice, by two feeds (%i)',
    (seed) => {
      const random = randomFrom(seed);
      const again = week.map((activity) => ({ ...activity, source: 'github.audit' }));
      const runsAgain = again
        .filter(({ kind }) => kind === 'run')
        .map((activity) => ({ ...activity, id: `${activity.id}x` }));
      const order = [...week, ...week, ...runsAgain].map((activity) => ({ activity, at: random() }));
      expect(counted(order.sort((a, b) => a.at - b.at).map(({ activity }) => activity))).toEqual(expected);
    },
  );

  test('counts each attempt of a run', () => {
    expect(counted([run('1', 'failure'), run('1', 'success', { attempt: 2 })])).toMatchObject([
      { runs: { ended: 2, failed: 1 } },
    ]);
  });
});

test('what is known is bounded; the days and runs that came first give way', () => {
  const counters = createCounters({ days: 2, runs: 1 });
  const three = [0, 1, 2].map((day) => run(String(day), 'success', { at: START + day * DAY }));
  expect(daysOf(counters, three)).toHaveLength(3);
  counters.take(job('7', 'scan', 'failure'));
  counters.take(job('8', 'scan', 'failure'));
  const { state } = counters.flush();
  expect(state.filter(({ value }) => value === null).map(({ key }) => key)).toContain('measure/run/orchard/press/7');
});

test('offset and counts are one commit: after a crash and a second delivery each run counts once', async () => {
  const analyzing = await startAnalyzing({ detectors: [] });
  onTestFinished(() => analyzing.close());
  const newest = async () => {
    const entries = await analyzing.log.read('measure', 0, 0, 1_000);
    return new Map(entries.map(({ key, value }): [string, DayCount] => [key, JSON.parse(value)]));
  };
  const half = week.slice(0, 5);
  await analyzing.take(...half);
  await analyzing.reopen();
  await analyzing.take(...half, ...week.slice(5));
  await analyzing.reopen();
  await analyzing.take(...week);
  const days = [...(await newest()).values()].map(({ repository, day, runs, scans }) => ({
    repository,
    day,
    runs,
    scans,
  }));
  expect(days.sort((a, b) => (`${a.repository} ${a.day}` < `${b.repository} ${b.day}` ? -1 : 1))).toEqual(expected);
});
