// Runner, job, run, commit and environment have the same ids in every feed that tells of them.
import { describe, expect, test } from 'vitest';
import type { Activity, ActivityBase } from '../../services/core/activity.ts';
import { activityAt } from '../../services/core/detector-case.ts';
import { entitiesOf, entityOf } from '../../services/core/entities-of.ts';
import type { EntityType } from '../../services/core/entity.ts';
import { jobPath, jobRunIds } from '../../services/core/run-ids.ts';

const SHA = '0123456789abcdef0123456789abcdef01234567';

function job(source: string, fields: Partial<ActivityBase>): Activity {
  return activityAt(1, 'job', { action: 'completed' }, { source, ...fields });
}

function id(type: EntityType, activity: Activity): string | undefined {
  return entityOf(type, activity)?.id;
}

describe('GitHub', () => {
  const webhook = job('github.webhook', {
    organization: 'acme',
    vcs: { repository: { name: 'acme/shop' }, ref: { head: { name: 'main', revision: SHA } } },
    cicd: {
      pipeline: { name: 'ci', run: { id: '77' }, task: { name: 'build', run: { id: '900' } } },
      worker: { id: '21', name: 'runner-4' },
    },
  });
  const log = activityAt(
    2,
    'log',
    { first_line: 1, lines: [], last: true },
    {
      source: 'github.job-log',
      vcs: { repository: { name: 'acme/shop' } },
      cicd: { pipeline: { run: { id: '77' }, task: { name: 'build' } } },
    },
  );

  test('a job is one run, whether a delivery or its log tells of it', () => {
    for (const type of ['run', 'job-run', 'repository'] as const) expect(id(type, log)).toBe(id(type, webhook));
    expect(id('run', log)).toBe('acme/shop/77');
    expect(id('job-run', log)).toBe('acme/shop/77#build');
  });

  test('all that a delivery names', () => {
    expect(entitiesOf(webhook).map(({ type, id }) => `${type} ${id}`)).toEqual([
      'repository acme/shop',
      'pipeline acme/shop:ci',
      'job acme/shop:ci#build',
      'run acme/shop/77',
      'job-run acme/shop/77#build',
      'runner runner-4',
      `commit ${SHA}`,
      'pool runner-#',
      'system github',
      'organization acme',
    ]);
  });

  test('a log that belongs nowhere is nobody’s job', () => {
    const lost = job('github.job-log', { cicd: { pipeline: { run: { id: '77' }, task: { name: 'build' } } } });
    expect(entitiesOf(lost).map(({ type }) => type)).toEqual(['system']);
  });

  test('what the sensor calls the machine is the runner', () => {
    const process = activityAt(3, 'process', { action: 'start' }, { source: 'tetragon', host: { name: 'runner-4' } });
    expect(id('runner', process)).toBe(id('runner', webhook));
  });
});

test('GitLab: a run is the pipeline’s number in the project’s whole path, not the job’s', () => {
  const hook = job('gitlab.webhook', {
    vcs: { repository: { name: 'payments/core/api' } },
    cicd: { pipeline: { run: { id: '727521' }, task: { name: 'build', run: { id: '41000312419' } } } },
  });
  expect(id('run', hook)).toBe('payments/core/api/727521');
  expect(jobRunIds(hook)).toEqual(['payments/core/api/727521#build', 'payments/core/api/jobs/41000312419']);
});

test('CircleCI: a log knows its job’s number, the workflow’s delivery that and the run', () => {
  const vcs = { repository: { name: 'acme/billing' } };
  const task = { name: 'test', run: { id: '20001' } };
  const hook = job('circleci.webhook', { vcs, cicd: { pipeline: { name: 'test', run: { id: '1214f036' }, task } } });
  const log = job('circleci.job-log', { vcs, cicd: { pipeline: { task } } });
  expect(jobRunIds(hook)).toEqual(expect.arrayContaining([...jobRunIds(log)]));
  expect(jobRunIds(log)).toEqual(['acme/billing/jobs/20001']);
});

describe('Jenkins', () => {
  test('a run is its job’s path and number, whoever tells and whatever it checks out', () => {
    const run = { id: '822' };
    const told = [
      job('jenkins.event', {
        cicd: { pipeline: { name: 'job/web/job/nightly/', run } },
        vcs: { repository: { name: 'scada-ui' } },
      }),
      job('jenkins.audit', { cicd: { pipeline: { name: 'web » nightly', run } } }),
      job('jenkins.console', { cicd: { pipeline: { run, task: { name: 'web/nightly' } } } }),
      job('jenkins.access', { cicd: { pipeline: { run: { id: 'web/nightly#822' } } } }),
    ];
    expect(told.map((each) => id('run', each))).toEqual(told.map(() => 'web/nightly#822'));
  });

  test('a console’s job is the whole job, a stage is a part of it', () => {
    const pipeline = { name: 'nightly', run: { id: '8' }, task: { name: 'Deploy' } };
    const stage = job('jenkins.console', { cicd: { pipeline } });
    expect([id('job', stage), id('job-run', stage)]).toEqual(['nightly#Deploy', 'nightly#8#Deploy']);
    const whole = job('jenkins.console', { cicd: { pipeline: { run: { id: '8' }, task: { name: 'nightly' } } } });
    expect([id('job', whole), id('job-run', whole)]).toEqual(['nightly', 'nightly#8']);
  });

  test.each([
    ['job/a/job/b', 'a/b'],
    ['a/b', 'a/b'],
    ['a » b', 'a/b'],
    ['job', 'job'],
  ])('%s is %s', (written, path) => {
    expect(jobPath(written)).toBe(path);
    expect(jobPath(path)).toBe(path);
  });
});

test('Buildkite: organization, pipeline and number', () => {
  const pipeline = { name: 'deploy', run: { id: '42' }, task: { name: 'push' } };
  const build = job('buildkite.webhook', { organization: 'acme', cicd: { pipeline } });
  expect([id('run', build), id('job-run', build)]).toEqual(['acme/deploy/42', 'acme/deploy/42#push']);
});

describe('a commit', () => {
  test('is its full id in any repository, and no abbreviation', () => {
    const at = (revision: string) => job('jenkins.event', { vcs: { ref: { head: { revision } } } });
    expect(id('commit', at(SHA.toUpperCase()))).toBe(SHA);
    expect(id('commit', at(SHA.slice(0, 12)))).toBeUndefined();
    expect(id('commit', at('0'.repeat(40)))).toBeUndefined();
  });
});

test('what is deployed to is an environment of the repository', () => {
  const fields = { vcs: { repository: { name: 'acme/shop' }, ref: { head: { revision: SHA } } } };
  const deployed = activityAt(1, 'deployment', { action: 'success', environment: 'production' }, fields);
  expect(id('environment', deployed)).toBe('acme/shop:production');
  expect(id('commit', deployed)).toBe(SHA);
});

test('an address is one in every spelling', () => {
  expect(id('address', job('x', { client: { address: '::FFFF:192.0.2.1' } }))).toBe('192.0.2.1');
  expect(id('address', job('x', { client: { address: 'unknown' } }))).toBeUndefined();
});
