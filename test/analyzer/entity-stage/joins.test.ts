// What belongs together is brought together: a job with its run, a sensor's event with the job of its runner.
import { describe, expect, test } from 'vitest';
import { entityOf } from '../../../services/core/entities-of.ts';
import { impactOf } from '../../../services/core/run-facts.ts';
import { job, ofRun, onRunner, staging } from './staging.ts';

const NAMED = { pipeline: { name: 'build', run: { id: '7' } } };

function run(seconds: number, action = 'requested') {
  return ofRun(
    seconds,
    'run',
    { action },
    { pipeline: { name: 'build', definition: '.github/workflows/build.yml', run: { id: '7', trigger: 'push' } } },
    { actor: { name: 'mara', type: 'person' } },
  );
}

describe('a run', () => {
  test('is known to all that belongs to it: who started it, which secrets and rights it has', () => {
    const { take, seen } = staging(['step']);
    take(
      run(0),
      job(1, 'queued'),
      ofRun(2, 'secret', { action: 'passed', names: ['DEPLOY_KEY'] }, NAMED),
      ofRun(3, 'setup', { permissions: { contents: 'read', packages: 'write' } }, { pipeline: { run: { id: '7' } } }),
      ofRun(
        60,
        'step',
        { name: 'make', ordinal: 1, first_line: 1, last_line: 2 },
        { pipeline: { run: { id: '7' }, task: { name: 'test' } } },
      ),
    );
    const run_ = seen[0]?.context.run;
    expect(run_).toMatchObject({
      actor: 'github:mara',
      trigger: 'push',
      secrets: ['DEPLOY_KEY'],
      writes: ['packages'],
    });
    expect(impactOf(run_)).toBe('high');
  });

  test('gives its pipeline to a log that knows only the run’s number', () => {
    const { take, seen } = staging(['step']);
    const step = ofRun(
      60,
      'step',
      { name: 'make', ordinal: 1, first_line: 1, last_line: 2 },
      { pipeline: { run: { id: '7' }, task: { name: 'test' } } },
    );
    take(run(0), step);
    const activity = seen[0]?.activity;
    expect(activity && entityOf('job', activity)?.id).toBe('example/app:.github/workflows/build.yml#test');
  });

  test('is found by its job’s number where a log knows nothing else', () => {
    const { take, seen } = staging(['step']);
    take(
      ofRun(
        0,
        'job',
        { action: 'success' },
        { pipeline: { name: 'build', run: { id: 'a-b-c' }, task: { name: 'test', run: { id: '42' } } } },
        { source: 'circleci.webhook' },
      ),
      ofRun(
        1,
        'step',
        { name: 'make', ordinal: 1, first_line: 1, last_line: 2 },
        { pipeline: { run: { id: '42' }, task: { name: 'test' } } },
        { source: 'circleci.job-log' },
      ),
    );
    expect(seen[0]?.context.run?.id).toBe('example/app/a-b-c');
  });

  test('that no feed told the rights of is taken for what its pipeline’s runs had before', () => {
    const { take, seen } = staging(['run']);
    take(run(0), ofRun(2, 'secret', { action: 'passed', names: ['DEPLOY_KEY'] }, NAMED));
    take(
      ofRun(
        3600,
        'run',
        { action: 'requested' },
        { pipeline: { name: 'build', definition: '.github/workflows/build.yml', run: { id: '8' } } },
      ),
    );
    expect(seen.at(-1)?.context.run).toMatchObject({ id: 'example/app/8', secrets: ['DEPLOY_KEY'] });
  });

  test('of a stranger’s change is a stranger’s', () => {
    const { take, seen } = staging(['run']);
    const change = ofRun(
      0,
      'change',
      { action: 'opened', author: 'zed', author_association: 'NONE', from_fork: true },
      {},
      { vcs: { provider: { name: 'github' }, repository: { name: 'example/app' }, change: { id: '12' } } },
    );
    const started = ofRun(
      5,
      'run',
      { action: 'requested' },
      { pipeline: { name: 'build', run: { id: '9', trigger: 'pull_request_target' } } },
      { vcs: { provider: { name: 'github' }, repository: { name: 'example/app' }, change: { id: '12' } } },
    );
    take(change, started);
    expect(seen[0]?.context.run).toMatchObject({ stranger: true, fork: true, change: '12' });
  });
});

describe('a sensor’s event', () => {
  test('is told of the job that its runner works on', () => {
    const { take, seen } = staging(['connection']);
    take(run(0), job(1, 'in_progress'), onRunner(5, 'runner-0007', 'connection', { host: 'example.net', port: 443 }));
    expect(seen.map(({ key }) => key)).toEqual(['repository:example/app']);
    expect(seen[0]?.context.run).toMatchObject({ id: 'example/app/7', actor: 'github:mara' });
    const activity = seen[0]?.activity;
    expect(activity && entityOf('job', activity)?.id).toBe('example/app:.github/workflows/build.yml#test');
  });

  test('that comes before the job is known is its pool’s at once, and the job’s as soon as it is', () => {
    const { take, seen } = staging(['connection']);
    take(onRunner(5, 'runner-0007', 'connection', { host: 'example.net', port: 443 }), job(4, 'in_progress'));
    expect(seen.map(({ key }) => key)).toEqual(['pool:runner-#', 'repository:example/app']);
    expect(seen[0]?.activity.id).toBe(seen[1]?.activity.id);
  });

  test('after the job’s end is not the job’s', () => {
    const { take, seen } = staging(['connection']);
    take(
      job(1, 'in_progress'),
      job(60, 'completed'),
      onRunner(300, 'runner-0007', 'connection', { host: 'example.net', port: 443 }),
    );
    expect(seen.map(({ key }) => key)).toEqual(['pool:runner-#']);
  });

  test('goes to the job of its own time, where a runner had several', () => {
    const { take, seen } = staging(['dns']);
    const second = ofRun(
      120,
      'job',
      { action: 'in_progress' },
      { pipeline: { name: 'build', run: { id: '8' }, task: { name: 'test' } }, worker: { name: 'runner-0007' } },
    );
    take(job(1, 'in_progress'), job(60, 'completed'), second);
    take(onRunner(30, 'runner-0007', 'dns', { name: 'late.example.net' }));
    take(onRunner(130, 'runner-0007', 'dns', { name: 'now.example.net' }));
    expect(seen.map(({ context }) => context.run?.id)).toEqual(['example/app/7', 'example/app/8']);
  });

  test('of a connection gets the name that its process asked for just before', () => {
    const { take, seen } = staging(['connection']);
    take(
      onRunner(5, 'runner-0007', 'dns', { name: 'example.net' }),
      onRunner(6, 'runner-0007', 'connection', { address: '192.0.2.7', port: 443 }),
      onRunner(7, 'runner-0007', 'connection', { address: '192.0.2.8', port: 443 }, { entity_id: 'another' }),
    );
    expect(seen.map(({ activity }) => activity.kind === 'connection' && activity.detail.host)).toEqual([
      'example.net',
      undefined,
    ]);
  });
});

test('an activity that comes twice is taken once under each key', () => {
  const { take, seen } = staging(['connection']);
  const connection = onRunner(5, 'runner-0007', 'connection', { host: 'example.net', port: 443 });
  take(job(1, 'in_progress'), connection, connection, job(1, 'in_progress'));
  expect(seen).toHaveLength(1);
});
