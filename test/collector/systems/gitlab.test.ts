// GitLab as it is read: nothing missing and nothing twice, whatever goes wrong in between.
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SourceRecord } from '../../../services/collector/source.ts';
import { gitlab } from '../../../services/collector/systems/gitlab/gitlab.ts';
import { systemClock } from '../../../services/core/clock.ts';
import { DAY, formatInstant, HOUR, MINUTE } from '../../../services/core/time.ts';
import { type GitlabApi, type GitlabJob, startGitlabApi, WEBHOOK } from './gitlab-api.ts';
import { type ReadOptions, type ReadSystem, readSystem, type TestClock, testClock } from './reading.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');
let api: GitlabApi;
let clock: TestClock;
let folder: string;
let read: ReadSystem;

async function start(settings: object = { groups: ['acme'], webhook: WEBHOOK }, more: Partial<ReadOptions> = {}) {
  const own = { type: 'gitlab', url: api.url, token: '${env:TOKEN}' };
  const secrets = { '${env:TOKEN}': 'the-token' };
  read = await readSystem({ system: gitlab, settings: { ...own, ...settings }, clock, secrets, folder, ...more });
}

beforeEach(async () => {
  api = await startGitlabApi();
  api.projects.push({ id: 15, path_with_namespace: 'acme/web/shop', last_activity_at: formatInstant(NOW) });
  clock = testClock(NOW);
  folder = await mkdtemp(join(tmpdir(), 'gitlab-'));
  await start();
});
afterEach(async () => {
  await read.close();
  await api.close();
  await rm(folder, { recursive: true });
});

function event(id: number, at = NOW - HOUR + id * 1000, entity_type: 'Group' | 'Project' = 'Group', entity_id = 1) {
  const details = { author_name: 'Mara', change: 'name', to: `name ${id}`, target_type: 'Project' };
  return { id, author_id: 4, entity_id, entity_type, created_at: formatInstant(at), details };
}

const numbers = async () =>
  (await read.activities())
    .map(({ record }) => Number(/"to":"name (\d+)"/.exec(JSON.stringify(record))?.[1]))
    .sort((a, b) => a - b);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

test('audit events of a group, of those below it and of its projects are read, each once', async () => {
  api.audit.push(...upTo(250).map((id) => event(id)));
  api.audit.push(event(250, NOW - MINUTE, 'Group', 2), event(251, NOW - MINUTE, 'Project', 15));
  await read.poll('audit acme');
  await read.poll("audit of acme's projects");
  await read.poll('audit acme');
  await read.poll("audit of acme's projects");
  expect(await numbers()).toEqual(upTo(252));
  expect(api.calls[0]?.headers['private-token']).toBe('the-token');
});

test('audit events of an instance: what is late is read; an outage, of whichever side, costs nothing', async () => {
  await read.close();
  await start({ instance: true });
  // Two days, so several rounds; newest first within each.
  clock.move(2 * DAY);
  api.audit.push(...upTo(400).map((id) => event(id, NOW + DAY + HOUR + id * 3 * MINUTE)));
  for (const trouble of ['cut', { status: 502, body: {} }, { status: 200, body: '<html>a proxy</html>' }] as const) {
    let asked = 0;
    api.trouble = () => (++asked === 3 ? trouble : undefined);
    await expect(read.poll('audit')).rejects.toMatchObject({ name: 'PipewardenError' });
    await read.close();
    await start({ instance: true });
  }
  api.trouble = (call) =>
    api.calls.indexOf(call) % 7 === 6 ? { status: 429, headers: { 'retry-after': '30' }, body: {} } : undefined;
  await read.poll('audit');
  expect(await numbers()).toEqual(upTo(400));
  // It happened before others that were read, and came to the log after them.
  api.audit.push(event(400, clock.now() - MINUTE), event(401, clock.now() - 5 * MINUTE));
  clock.move(5 * MINUTE);
  await read.poll('audit');
  await read.poll('audit');
  expect(await numbers()).toEqual(upTo(402));
});

const hook = (job: GitlabJob): SourceRecord => ({
  source: 'gitlab.webhook',
  event: 'Job Hook',
  received_at: clock.now(),
  body: {
    object_kind: 'build',
    build_id: job.id,
    build_name: job.name,
    build_status: job.status,
    build_started_at: job.started_at,
    build_finished_at: job.finished_at,
    pipeline_id: job.pipeline,
    ref: 'main',
    sha: 'da1560886d4f094c3e6c9ef40349f7d38b5d27d7',
    project: { id: 15, path_with_namespace: 'acme/web/shop', ci_config_path: null, visibility_level: 0 },
  },
});

function job(id: number, status: string, trace = '', pipeline = 31): GitlabJob {
  const finished_at = status === 'running' ? null : formatInstant(NOW);
  const made = { id, status, trace, pipeline, name: 'test', started_at: formatInstant(NOW - MINUTE), finished_at };
  api.jobs.push(made);
  return made;
}

const logged = async () => (await read.activities()).filter(({ kind }) => kind === 'log');
const text = async () =>
  (await logged()).flatMap(({ detail }) => ('lines' in detail && Array.isArray(detail.lines) ? detail.lines : []));
const trace = (from: number, to: number) =>
  upTo(to - from)
    .map((index) => `line ${from + index}\n`)
    .join('');

test.each([false, true])('a log is read while its job runs, and once (ranges: %s)', async (ranges) => {
  api.ranges = ranges;
  const running = job(41, 'running', `${trace(0, 1000)}half a li`);
  let looks = 0;
  api.trouble = ({ path }) => {
    if (!path.endsWith('/trace')) return undefined;
    looks += 1;
    if (looks === 2) running.trace += `ne\n${trace(1000, 2000)}`;
    if (looks === 4) return 'cut';
    if (looks === 5) running.trace += 'the end';
    if (looks === 6) running.status = 'success';
    return undefined;
  };
  expect(await read.follow([hook(running)])).toBe(0);
  // Its end is told too, and again.
  expect(await read.follow([hook(running), hook(running)])).toBe(0);
  expect(await text()).toEqual([
    ...trace(0, 1000).trim().split('\n'),
    'half a line',
    ...trace(1000, 2000).trim().split('\n'),
    'the end',
  ]);
  const activities = await logged();
  expect(activities.length).toBeGreaterThan(2);
  expect(activities.at(-1)).toMatchObject({
    source: 'gitlab.job-log',
    vcs: { repository: { name: 'acme/web/shop' } },
    cicd: { pipeline: { run: { id: '31' }, task: { name: 'test' } } },
  });
});

test('a reader that is killed while a job runs leaves nothing out, and tells nothing twice', async () => {
  const running = job(41, 'running', trace(0, 500));
  let turns = 0;
  await read.close();
  await start(undefined, {
    onDurable() {
      turns += 1;
      if (turns <= 6) running.trace += trace(turns * 500, turns * 500 + 500);
      if (turns === 6) running.status = 'failed';
      if (turns === 3 || turns === 5) throw new Error('killed');
    },
  });
  expect(await read.follow([hook(running)])).toBe(0);
  const once = new Map((await logged()).map((activity) => [activity.id, activity]));
  const lines = [...once.values()].flatMap(({ detail }) => ('lines' in detail ? detail.lines : []));
  expect(lines).toEqual(running.trace.trim().split('\n'));
});

test('a log whose start was missed is read when the job has ended; a million lines take little memory', async () => {
  const long = '.'.repeat(80);
  const finished = job(42, 'success', trace(0, 1_000_000).replaceAll('\n', ` ${long}\n`));
  const before = process.memoryUsage().heapUsed;
  let most = 0;
  const watching = setInterval(() => {
    most = Math.max(most, process.memoryUsage().heapUsed - before);
  }, 20);
  expect(await read.follow([hook(finished)])).toBe(0);
  clearInterval(watching);
  expect(most).toBeLessThan(400 * 1024 * 1024);
  expect((await text()).length).toBe(1_000_000);
}, 120_000);

test('a log that becomes shorter, and one that is none', async () => {
  const running = job(43, 'running', trace(0, 100));
  let looks = 0;
  api.trouble = ({ path }) => {
    if (!path.endsWith('/trace')) return undefined;
    looks += 1;
    if (looks === 3) running.trace = 'erased\n';
    if (looks === 5) running.status = 'canceled';
    return looks === 1 ? { headers: { 'content-type': 'text/html' }, body: '<html>log in' } : undefined;
  };
  expect(await read.follow([hook(running)])).toBe(0);
  expect(await text()).toEqual(trace(0, 100).trim().split('\n'));
});

function pipeline(id: number, at: number, source = 'push') {
  const times = { updated_at: formatInstant(at), finished_at: formatInstant(at) };
  return { id, project: 15, status: 'success', ref: 'main', source, ...times };
}

test('pipelines whose webhook did not arrive are read, under the ids of the webhook', async () => {
  const told = job(51, 'success', '', 61);
  job(52, 'failed', '', 62);
  api.pipelines.push(pipeline(61, NOW - 3 * MINUTE), pipeline(62, NOW - 2 * MINUTE, 'parent_pipeline'));
  await read.deliver([hook(told)]);
  const [before] = await read.activities();
  await read.poll('pipelines of acme');
  clock.move(5 * MINUTE);
  // Run again: it ends again, under another id.
  api.pipelines[0] = pipeline(61, clock.now() - MINUTE);
  await read.poll('pipelines of acme');
  await read.poll('pipelines of acme');
  const activities = await read.activities();
  const ids = (kind: string) => new Set(activities.filter((each) => each.kind === kind).map(({ id }) => id));
  expect(ids('job').size).toBe(2);
  expect(ids('job').has(before?.id ?? '')).toBe(true);
  expect(ids('run').size).toBe(3);
  expect(activities.find(({ kind }) => kind === 'run')).toMatchObject({
    vcs: { repository: { name: 'acme/web/shop' } },
    cicd: { pipeline: { definition: '.gitlab-ci.yml', run: { id: '61', state: 'finished', result: 'success' } } },
  });
});

test('a pipeline of a quiet project is found as well', async () => {
  await read.poll('pipelines of acme');
  await read.poll('pipelines of acme, quiet projects');
  api.projects.push({ id: 16, path_with_namespace: 'acme/nightly', last_activity_at: formatInstant(NOW - 30 * DAY) });
  clock.move(2 * HOUR);
  api.pipelines.push({ ...pipeline(71, NOW + HOUR, 'schedule'), project: 16 });
  await read.poll('pipelines of acme');
  expect(await read.activities()).toEqual([]);
  await read.poll('pipelines of acme, quiet projects');
  expect((await read.activities()).map(({ vcs }) => vcs?.repository?.name)).toEqual(['acme/nightly']);
});

function delivery(id: number, key: string, response_status: string) {
  const request_headers = { 'X-Gitlab-Event': 'Push Hook', 'Idempotency-Key': key };
  const project = { id: 15, path_with_namespace: 'acme/web/shop' };
  const request_data = {
    object_kind: 'push',
    ref: `refs/heads/b${key}`,
    before: '1'.repeat(40),
    after: key.padStart(40, '2'),
    project,
    commits: [],
  };
  return { id, response_status, request_headers, request_data };
}

test('webhooks that nobody took are fetched, once each, but for those that were sent again', async () => {
  api.events.push(delivery(1, '1', '200'), delivery(2, '2', '503'), delivery(3, '3', 'internal error'));
  api.events.push(delivery(4, '3', '201'), delivery(5, '5', '404'));
  await read.poll('deliveries acme');
  await read.poll('deliveries acme');
  await read.close();
  await start();
  clock.move(HOUR);
  api.events.push(...upTo(45).map((index) => delivery(100 + index, `${100 + index}`, '502')));
  await read.poll('deliveries acme');
  const branches = (await read.activities()).flatMap(({ vcs }) => vcs?.ref?.head?.name ?? []);
  expect(branches.sort()).toEqual(['b2', 'b5', ...upTo(45).map((index) => `b${100 + index}`)].sort());
});

test('the instance’s own audit log is followed', async () => {
  const path = join(folder, 'audit_json.log');
  await writeFile(path, `${JSON.stringify(event(0))}\n`);
  await read.close();
  await start({ instance: true, read: ['job-logs'], audit_log: path });
  const reading = read.poll('audit log');
  await systemClock.sleep(10);
  await appendFile(path, `${JSON.stringify(event(1))}\n`);
  await reading;
  await read.poll('audit log');
  expect(await numbers()).toEqual([0, 1]);
});
