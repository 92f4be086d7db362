// Gitea and Forgejo as they are read: the log of each job that has ended, of each attempt.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SourceRecord } from '../../../services/collector/source.ts';
import { gitea } from '../../../services/collector/systems/gitea/gitea.ts';
import { entitiesOf } from '../../../services/core/entities-of.ts';
import { type ReadSystem, readSystem, testClock } from './reading.ts';
import { type RecordingApi, startRecordingApi } from './recording-api.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');
let api: RecordingApi;
let read: ReadSystem;
let log: string;
/** Forgejo's, of run 17: since version 16. */
let jobs: readonly object[] | undefined;

beforeEach(async () => {
  log = '2026-03-02T09:59:00.1234567Z first\n';
  jobs = undefined;
  api = await startRecordingApi(({ path, query }) => {
    if (path === '/api/v1/repos/acme/shop/actions/runs/17/jobs') return jobs && { body: jobs };
    const job = /^\/api\/v1\/repos\/acme\/shop\/actions\/jobs\/(4[12])\/logs$/.exec(path)?.[1];
    if (job === undefined) return undefined;
    return { body: jobs ? `2026-03-02T09:59:00.1234567Z job ${job}, attempt ${query.get('attempt')}\n` : log };
  });
  read = await readSystem({
    system: gitea,
    settings: { type: 'gitea', url: `${api.url}/`, token: '${env:TOKEN}', owners: ['Acme'] },
    clock: testClock(NOW),
    secrets: { '${env:TOKEN}': 'the-token' },
  });
});
afterEach(async () => {
  await read.close();
  await api.close();
});

const job = (owner: string, run_attempt: number, conclusion = 'success'): SourceRecord => ({
  source: 'gitea.webhook',
  event: 'workflow_job',
  received_at: NOW,
  body: {
    action: 'completed',
    workflow_job: { id: 41, run_id: 17, run_attempt, name: 'build', conclusion, status: 'completed', steps: [] },
    repository: { id: 1, full_name: `${owner}/shop`, owner: { login: owner } },
    sender: { login: 'mona', id: 7 },
  },
});

test('the log of a job is fetched once for each attempt, of those who are watched', async () => {
  api.trouble = ({ headers }) => (api.calls.length === 1 ? { status: 502, body: headers.authorization } : undefined);
  expect(await read.follow([job('acme', 1), job('others', 1), job('acme', 1, 'skipped')])).toBe(0);
  log = '2026-03-02T10:59:00.1234567Z second\n';
  expect(await read.follow([job('acme', 1), job('acme', 2)])).toBe(0);
  const logs = (await read.activities()).filter(({ kind }) => kind === 'log');
  expect(logs.map(({ detail }) => ('lines' in detail ? detail.lines : []))).toHaveLength(2);
  expect(logs).toMatchObject([
    { cicd: { pipeline: { run: { id: '17' }, task: { name: 'build' } } }, vcs: { repository: { name: 'acme/shop' } } },
    { source: 'gitea.job-log' },
  ]);
  expect(api.calls).toHaveLength(3);
  expect(api.calls[0]?.headers.authorization).toBe('token the-token');
});

const run = (stopped: string): SourceRecord => ({
  source: 'gitea.webhook',
  event: 'action_run_success',
  received_at: NOW,
  body: {
    action: 'success',
    run: {
      id: 17,
      status: 'success',
      workflow_id: 'ci.yml',
      stopped,
      repository: { id: 1, full_name: 'acme/shop', owner: { login: 'acme' } },
    },
  },
});

test('Forgejo tells of a run: the logs of its jobs are fetched, those of an older one are told as missing', async () => {
  expect(await read.follow([run('2026-03-02T09:50:00Z')])).toBe(0);
  const { values } = await read.telemetry.metrics.readings.get();
  expect(values).toContainEqual(
    expect.objectContaining({ labels: { source: 'gitea.job-log', outcome: 'missing' }, value: 1 }),
  );
  jobs = [
    { id: 41, name: 'build', attempt: 1, status: 'success' },
    { id: 42, name: 'test', attempt: 2, status: 'failure' },
    { id: 43, name: 'deploy', attempt: 1, status: 'skipped' },
  ];
  const asked = api.calls.length;
  expect(await read.follow([run('2026-03-02T09:59:00Z'), run('2026-03-02T09:59:00Z')])).toBe(0);
  expect((await read.lines()).map((line) => line.slice(29))).toEqual(['job 41, attempt 1', 'job 42, attempt 2']);
  expect(api.calls).toHaveLength(asked + 3);
  const activities = await read.activities();
  const runs = (source: string) =>
    activities
      .filter((activity) => activity.source === source)
      .flatMap((activity) => entitiesOf(activity))
      .flatMap(({ type, id }) => (type === 'run' ? [id] : []));
  expect(new Set(runs('gitea.job-log'))).toEqual(new Set(runs('gitea.webhook')));
});
