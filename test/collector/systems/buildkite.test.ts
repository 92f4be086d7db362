// Buildkite as it is read: the log of each job that has ended, once, in the run that the webhook tells of.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SourceRecord } from '../../../services/collector/source.ts';
import { buildkite } from '../../../services/collector/systems/buildkite/buildkite.ts';
import { entitiesOf } from '../../../services/core/entities-of.ts';
import { makeSecret } from '../../helpers/secrets.ts';
import { expectLongLog, longLog } from './long-log.ts';
import { type ReadSystem, readSystem, type TestClock, testClock } from './reading.ts';
import { type RecordingApi, startRecordingApi } from './recording-api.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');
const BUILD = 'f62a1b4d-10f9-4790-bc1c-e2c3a0c80983';
let api: RecordingApi;
let clock: TestClock;
let read: ReadSystem;
/** By job. */
let logs: Record<string, string | Buffer | undefined>;
let scopes: readonly string[];

beforeEach(async () => {
  logs = {};
  scopes = ['read_build_logs'];
  api = await startRecordingApi(({ path, headers }) => {
    if (headers.authorization !== 'Bearer the-token')
      return { status: 401, body: { message: 'Authentication required' } };
    if (path === '/v2/access-token') return { body: { uuid: 'a-token', scopes } };
    const [, job] = /^\/v2\/organizations\/acme\/pipelines\/shop\/builds\/17\/jobs\/([\w-]+)\/log$/.exec(path) ?? [];
    const body = logs[job ?? ''];
    if (body === undefined) return undefined;
    // Without `Accept: text/plain` it would be JSON.
    return headers.accept?.startsWith('text/plain')
      ? { body, headers: { 'content-type': 'text/plain; charset=utf-8' } }
      : { body: { content: String(body) } };
  });
  clock = testClock(NOW);
  read = await readSystem({
    system: buildkite,
    settings: { type: 'buildkite', url: api.url, token: '${env:TOKEN}', organizations: ['acme'] },
    clock,
    secrets: { '${env:TOKEN}': 'the-token' },
  });
});
afterEach(async () => {
  await read.close();
  await api.close();
});

function hook(job: string, more: object = {}, organization = 'acme'): SourceRecord {
  const body = {
    event: 'job.finished',
    job: {
      id: job,
      type: 'script',
      name: 'RSpec',
      state: 'passed',
      exit_status: 0,
      started_at: '2026-03-02T09:58:00Z',
      finished_at: '2026-03-02T09:59:00Z',
      ...more,
    },
    build: { id: BUILD, number: 17, state: 'running', branch: 'main' },
    pipeline: {
      url: `https://api.buildkite.com/v2/organizations/${organization}/pipelines/shop`,
      slug: 'shop',
      name: 'Shop',
      repository: 'git@github.com:acme/shop.git',
    },
    sender: { id: 's', name: 'Some Person' },
  };
  return { source: 'buildkite.webhook', event: 'job.finished', received_at: NOW, body };
}

const log = (...lines: readonly string[]) =>
  lines.map((line, index) => `\u001b_bk;t=${NOW - 60_000 + index}\u0007${line}\r\n`).join('');

test('the log of a job is fetched once, though its webhook comes twice, and meets it in one run', async () => {
  const secret = makeSecret('github-personal-token', 4);
  logs.j1 = log('~~~ Running commands', `\u001b[90m$\u001b[0m deploy --with ${secret}`, 'done');
  expect(await read.follow([hook('j1'), hook('j1')])).toBe(0);
  expect(await read.follow([hook('j1')])).toBe(0);
  expect(api.lines()).toEqual([`GET /v2/organizations/acme/pipelines/shop/builds/17/jobs/j1/log`]);
  const activities = await read.activities();
  expect(JSON.stringify(activities)).not.toContain(secret);
  const runsOf = (source: string) =>
    activities
      .filter((activity) => activity.source === source)
      .flatMap((activity) => entitiesOf(activity))
      .filter(({ type }) => ['run', 'job', 'job-run', 'pipeline', 'repository'].includes(type))
      .map(({ type, id }) => `${type} ${id}`);
  const told = new Set(runsOf('buildkite.job-log'));
  expect(told).toContain(`run acme/shop/${BUILD}`);
  expect(told).toContain(`job-run acme/shop/${BUILD}#RSpec`);
  expect(new Set(runsOf('buildkite.webhook'))).toEqual(told);
});

test('an outage and a refusal for the rate are waited out; nothing is missing and nothing twice', async () => {
  logs.j1 = log('~~~ Running commands', 'one');
  logs.j2 = log('~~~ Running commands', 'two');
  api.trouble = () => {
    const count = api.calls.length;
    if (count === 1) return 'cut';
    if (count === 2) return { status: 502, body: 'the-token' };
    return count === 3 ? { status: 429, headers: { 'ratelimit-reset': '30' }, body: {} } : undefined;
  };
  expect(await read.follow([hook('j1'), hook('j2')])).toBe(0);
  expect((await read.lines()).filter((line) => /(?:one|two)$/.test(line))).toHaveLength(2);
  expect(clock.now()).toBeGreaterThan(NOW);
});

test('a build that was deleted is told as missing; what prints nothing, and others’, is not asked for', async () => {
  expect(await read.follow([hook('gone')])).toBe(0);
  const { values } = await read.telemetry.metrics.readings.get();
  expect(values).toContainEqual(
    expect.objectContaining({ labels: { source: 'buildkite.job-log', outcome: 'missing' }, value: 1 }),
  );
  const silent = [{ type: 'manual' }, { type: 'trigger' }, { started_at: null }].map((more) => hook('j1', more));
  expect(await read.follow([...silent, hook('j1', {}, 'others')])).toBe(0);
  expect(api.calls).toHaveLength(1);
});

test('a page to sign in on is no log', async () => {
  logs.j1 = log('real');
  api.trouble = () =>
    api.calls.length === 1 ? { headers: { 'content-type': 'text/html' }, body: '<html>sign in' } : undefined;
  expect(await read.follow([hook('j1')])).toBe(0);
  expect((await read.lines()).map((line) => line.slice(-4))).toEqual(['real']);
});

test('a log of a million lines is read in bounded memory, every line once', async () => {
  logs.long = longLog((index) => `\u001b_bk;t=${NOW}\u0007line ${index} of a build\r`);
  await expectLongLog(read, hook('long'));
}, 120_000);

test('doctor says which scope the token lacks', async () => {
  const [credential] = read.connection.conditions;
  const { signal } = new AbortController();
  expect(await credential?.problem(signal)).toBeUndefined();
  scopes = ['read_builds'];
  expect(await credential?.problem(signal)).toContain('read_build_logs');
});
