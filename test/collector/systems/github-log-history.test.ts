// The logs of past jobs, out of the archives of their runs: each once, whatever is wrong with an archive and whenever it ends.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSqliteDocumentStore } from '../../../services/adapters/document-store/sqlite.ts';
import { runTask } from '../../../services/cli/backfill/run.ts';
import { historyTasks } from '../../../services/cli/backfill/tasks.ts';
import type { Collector } from '../../../services/collector/host.ts';
import { createCursors } from '../../../services/collector/polling/cursors.ts';
import { github } from '../../../services/collector/systems/github/github.ts';
import type { Activity } from '../../../services/core/activity.ts';
import { systemClock } from '../../../services/core/clock.ts';
import { PipewardenError } from '../../../services/core/errors.ts';
import type { DocumentStore } from '../../../services/core/ports/document-store.ts';
import { DAY, formatInstant } from '../../../services/core/time.ts';
import { zeros, zipOf } from '../../helpers/zip.ts';
import { CANARY, type Collecting, startCollecting } from '../collecting.ts';
import { type GithubApi, startGithubApi } from './github-api.ts';
import { type ReadSystem, readSystem, testClock } from './reading.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');
const MIB = 1024 * 1024;
let api: GithubApi;
let read: ReadSystem;
let past: Collecting;
let store: DocumentStore;

beforeEach(async () => {
  api = await startGithubApi();
  const settings = { type: 'github', url: api.url, token: '${env:TOKEN}', organizations: ['acme'] };
  read = await readSystem({
    system: github,
    settings,
    clock: testClock(NOW),
    secrets: { '${env:TOKEN}': 'the-token' },
  });
  past = await startCollecting();
  store = openSqliteDocumentStore({ path: ':memory:', clock: systemClock });
  api.repositories.set('GET /orgs/acme/repos?per_page=100&type=all&sort=full_name', [
    { id: 1, full_name: 'acme/shop', private: true, owner: { login: 'acme', type: 'Organization' } },
  ]);
});
afterEach(async () => {
  await read.close();
  await past.close();
  await store.close();
  await api.close();
});

interface Job {
  readonly id: number;
  readonly name: string;
  readonly run_attempt?: number;
  readonly conclusion?: string;
}

/** What GitHub lists: runs by their jobs. */
function list(runs: Readonly<Record<number, readonly Job[]>>): void {
  const ids = Object.keys(runs).map(Number);
  const attemptsOf = (id: number) => (runs[id] ?? []).map(({ run_attempt = 1 }) => run_attempt);
  for (const [index, id] of ids.entries()) {
    const created_at = formatInstant(NOW - (ids.length - index) * DAY);
    api.runs.push({ id, status: 'completed', run_attempt: Math.max(...attemptsOf(id)), created_at });
  }
  for (const id of ids) {
    const jobs = (runs[id] ?? []).map((job) => ({
      run_id: id,
      run_attempt: 1,
      status: 'completed',
      conclusion: 'success',
      steps: [],
      ...job,
    }));
    api.repositories.set(`GET /repos/acme/shop/actions/runs/${id}/jobs?filter=all&per_page=100`, { jobs });
  }
}

function logOf(job: string, lines = 3): string {
  const line = (index: number) => `2026-02-20T09:00:00.${String(index).padStart(7, '0')}Z ${job} says ${index}\n`;
  return `2026-02-20T09:00:00.0000000Z Current runner version: '2.332.0'\n${Array.from({ length: lines }, (_, index) => line(index)).join('')}`;
}

async function backfill(collector: Collector = past.collector) {
  const [task] = historyTasks([['github', read.connection]], NOW - 30 * DAY, true).filter(({ name }) =>
    name.includes('job-logs'),
  );
  if (!task) throw new Error('there is no history of logs');
  const cursors = createCursors(store, 'this test', systemClock);
  const { signal } = new AbortController();
  const progress = { add: () => undefined, end: () => 0 };
  return await runTask(task, { collector, cursors, again: false, signal, progress });
}

/** Of log and step alike, in no order. */
const ids = (activities: readonly Activity[]) =>
  activities.filter(({ source }) => source === 'github.job-log').map(({ id }) => id);

const saidBy = async () =>
  (await past.activities()).flatMap((each) =>
    each.kind === 'log'
      ? [`${each.cicd?.pipeline?.run?.id} ${each.cicd?.pipeline?.task?.name}: ${each.detail.lines.length}`]
      : [],
  );

async function counted(): Promise<Readonly<Record<string, number>>> {
  const { values } = await read.telemetry.metrics.archivedLogs.get();
  return Object.fromEntries(values.map(({ labels, value }) => [String(labels.outcome), value]));
}

test('it is read only where it is asked for', () => {
  const named = (logs: boolean) => historyTasks([['github', read.connection]], NOW, logs).map(({ name }) => name);
  expect(named(true).filter((name) => !named(false).includes(name))).toEqual(['github: job-logs acme']);
});

test('a log that was told live and comes again out of an archive is the same', async () => {
  const long = logOf('build / all', 120_000);
  api.logs.set('41', `\uFEFF${logOf('test')}`);
  api.logs.set('42', long);
  const job = (id: number, name: string) => ({
    source: 'github.webhook',
    event: 'workflow_job',
    received_at: NOW,
    body: {
      action: 'completed',
      workflow_job: { id, run_id: 17, name, conclusion: 'success', status: 'completed', steps: [] },
      repository: { id: 1, full_name: 'acme/shop', private: true, owner: { login: 'acme', type: 'Organization' } },
      sender: { login: 'mona', id: 7, type: 'User' },
    },
  });
  await read.follow([job(41, 'test'), job(42, 'build / all')]);
  list({
    17: [
      { id: 41, name: 'test' },
      { id: 42, name: 'build / all' },
      { id: 43, name: 'never', conclusion: 'skipped' },
    ],
  });
  const files = [
    { name: '0_test.txt', content: logOf('test') },
    { name: 'test/1_Set up job.txt', content: 'a part of it' },
    { name: 'test/system.txt', content: 'what the service says' },
    { name: '1_build _ all.txt', content: long },
  ];
  api.archives.set('17/1', zipOf(files));
  const asked = api.calls.length;
  expect(await backfill()).toMatchObject({ records: 0, missing: [] });
  const told = await past.activities();
  expect(new Set(ids(told))).toEqual(new Set(ids(await read.activities())));
  expect(ids(told)).toHaveLength(new Set(ids(told)).size);
  expect(told.every(({ history }) => history)).toBe(true);
  // It is of then, however late it is read.
  expect(told.every(({ observed_at }) => observed_at < NOW - DAY)).toBe(true);
  expect(api.lines().slice(asked + 2)).toEqual([
    'GET /repos/acme/shop/actions/runs/17/attempts/1/logs',
    'GET /archives/17/1',
    'GET /repos/acme/shop/actions/runs/17/jobs?filter=all&per_page=100',
  ]);
  expect(await counted()).toEqual({ read: 2 });
});

test('stopped anywhere, it goes on, and every log is told', async () => {
  const runs = Array.from({ length: 6 }, (_, index) => 20 + index);
  list(Object.fromEntries(runs.map((run) => [run, [{ id: run * 10, name: 'build' }]])));
  for (const run of runs)
    api.archives.set(`${run}/1`, zipOf([{ name: '0_build.txt', content: logOf(`${run}`, 120_000) }]));
  let durable = 0;
  const dying: Collector = {
    async ingest(records, signal) {
      const report = await past.collector.ingest(records, signal);
      if (records.length > 0) durable += 1;
      // Durable, and the place is not kept.
      if (records.length > 0 && durable % 3 === 0) throw new PipewardenError('INTERNAL', { problem: 'killed' });
      return report;
    },
  };
  let stops = 0;
  for (let result = await backfill(dying); result.error !== undefined; result = await backfill(dying)) stops += 1;
  expect(stops).toBeGreaterThan(2);
  expect(await backfill()).toMatchObject({ before: true });
  const chunks = (await past.activities()).filter(({ kind }) => kind === 'log');
  const lines = new Map(chunks.flatMap((each) => (each.kind === 'log' ? [[each.id, each.detail.lines.length]] : [])));
  expect([...lines.values()].reduce((sum, count) => sum + count, 0)).toBe(runs.length * 120_001);
  // For each stop, what was under way came again, and nothing else.
  expect(chunks.length - lines.size).toBeLessThanOrEqual(stops * (lines.size / runs.length));
}, 60_000);

test('what GitHub no longer has is told once for a repository', async () => {
  list({ 30: [{ id: 1, name: 'a' }], 31: [{ id: 2, name: 'a' }], 32: [{ id: 3, name: 'a', run_attempt: 2 }] });
  api.archives.set('32/2', zipOf([{ name: '0_a.txt', content: logOf('a') }]));
  const { missing } = await backfill();
  expect(missing).toEqual([
    'acme/shop: 3 runs have no logs, or none any more: GitHub keeps them for 90 days, unless it is set otherwise (first in run 30)',
  ]);
  expect(await saidBy()).toEqual(['32 a: 4']);
  // Nobody asked which jobs they had.
  expect(api.lines().filter((line) => line.includes('/jobs'))).toHaveLength(1);
});

test('where an archive cannot be read, the logs of its jobs are', async () => {
  const jobs = (id: number) => [
    { id, name: 'a' },
    { id: id + 1, name: 'b' },
  ];
  list({ 40: jobs(400), 41: jobs(410), 42: jobs(420), 43: jobs(430) });
  for (const id of [400, 401, 410, 411, 421, 430, 431]) api.logs.set(String(id), logOf(String(id)));
  const a = { name: '0_a.txt', content: logOf('a') };
  api.archives.set('40/1', zipOf([a]).subarray(0, -10));
  // GitHub does not get it together.
  api.trouble = ({ path }) => (path.includes('/runs/41/attempts/') ? { status: 502, body: 'a page' } : undefined);
  // One is a bomb, one is nobody's, one is not there.
  api.archives.set(
    '42/1',
    zipOf([
      { name: '1_b.txt', packed: zeros(100), unpacked: 100 * MIB },
      { name: '2_c.txt', content: 'c' },
      { name: '../../3_b.txt', content: 'c' },
    ]),
  );
  api.archives.set('43/1', zipOf([a, { name: '1_b.txt', packed: zeros(70), unpacked: 5 }]));
  const { missing, error } = await backfill();
  expect(error).toBeUndefined();
  expect((await saidBy()).sort()).toEqual([
    '40 a: 4',
    '40 b: 4',
    '41 a: 4',
    '41 b: 4',
    '42 b: 4',
    '43 a: 4',
    '43 b: 4',
  ]);
  expect(missing).toEqual([
    'acme/shop: 2 archives of logs could not be read; their jobs were asked one by one (first in run 40: the archive cannot be read: it is damaged or ends early)',
    'acme/shop: 2 logs in archives could not be read; their jobs were asked one by one (first in run 42: a file of the archive cannot be read: it unpacks to far more than a log would)',
    'acme/shop: 2 logs in archives belong to no job that GitHub lists under a name like theirs (first in run 42)',
    'acme/shop: 1 jobs have no log (first in run 42)',
  ]);
  expect(await counted()).toEqual({ damaged: 2, ratio: 1, name: 2, read: 1 });
});

const completed = (id: number) => ({
  source: 'github.webhook',
  event: 'workflow_job',
  received_at: NOW,
  body: {
    action: 'completed',
    workflow_job: { id, run_id: 17, name: 'build', conclusion: 'success', status: 'completed', steps: [] },
    repository: { id: 1, full_name: 'acme/shop', private: true, owner: { login: 'acme', type: 'Organization' } },
    sender: { login: 'mona', id: 7, type: 'User' },
  },
});

test('a job’s log that comes as a zip is read like any other, whatever the answer calls itself', async () => {
  const content = `${logOf('build')}2026-02-20T09:00:00.0000009Z ${CANARY}\n`;
  api.logs.set('51', zipOf([{ name: 'anything', content }]));
  api.logs.set(
    '52',
    zipOf([
      { name: '1_other.txt', content: 'x' },
      { name: '0_build.txt', content },
    ]),
  );
  expect(await read.follow([completed(51), completed(52)])).toBe(0);
  expect(await read.lines()).toHaveLength(10);
  expect(JSON.stringify(await read.activities())).not.toContain(CANARY);
  expect(await counted()).toEqual({ read: 2 });
});

test('a bomb in place of a log is given up at once, and counted', async () => {
  const packed = zeros(10 * 1024);
  api.logs.set('61', zipOf([{ name: '0_build.txt', packed, unpacked: 10 * 1024 * MIB }]));
  api.logs.set('62', zipOf([{ name: '0_build.txt', packed, unpacked: 10 }]));
  api.logs.set('63', zipOf([{ name: 'a' }, { name: 'b' }]));
  api.logs.set('64', logOf('build'));
  expect(await read.follow([completed(61), completed(62), completed(63), completed(64)])).toBe(3);
  expect(await counted()).toEqual({ 'too-large': 1, damaged: 1, name: 1 });
  const readings = (await read.telemetry.metrics.readings.get()).values.map(({ labels, value }) => [
    labels.outcome,
    value,
  ]);
  expect(readings).toEqual([
    ['read', 1],
    ['archive_refused', 3],
  ]);
  expect(await read.lines()).toHaveLength(4);
});
