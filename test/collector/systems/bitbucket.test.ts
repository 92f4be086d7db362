// Bitbucket Cloud as it is read: the log of each step whose span came, once, in the run that the span tells of.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SourceRecord } from '../../../services/collector/source.ts';
import { bitbucket } from '../../../services/collector/systems/bitbucket/bitbucket.ts';
import { entitiesOf } from '../../../services/core/entities-of.ts';
import { expectLongLog, longLog } from './long-log.ts';
import { type ReadSystem, readSystem, type TestClock, testClock } from './reading.ts';
import { type RecordingApi, startRecordingApi } from './recording-api.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');
const PIPELINES = '/2.0/repositories/acme/shop/pipelines';
let api: RecordingApi;
let clock: TestClock;
let read: ReadSystem;
/** By the pipeline's id and the step's. */
let logs: Record<string, string | Buffer | undefined>;
let mayRead: boolean;

beforeEach(async () => {
  logs = {};
  mayRead = true;
  api = await startRecordingApi(({ path, headers }) => {
    if (headers.authorization !== 'Bearer the-token') return { status: 401, body: { type: 'error' } };
    if (!mayRead) return { status: 403, body: { type: 'error', message: 'lacks a scope' } };
    const [, pipeline = '', step] =
      /^\/2\.0\/repositories\/acme\/shop\/pipelines\/(\{\w+\})(?:\/steps\/(\{\w+\})\/log)?$/.exec(path) ?? [];
    if (step === undefined) {
      const isThere = Object.keys(logs).some((key) => key.startsWith(pipeline));
      return isThere && pipeline !== '' ? { body: { uuid: pipeline } } : undefined;
    }
    const body = logs[`${pipeline} ${step}`];
    // It is kept elsewhere.
    if (body !== undefined) return { status: 307, headers: { location: `${api.url}/kept/${pipeline}/${step}` } };
    return undefined;
  });
  api.trouble = ({ path }) => kept(path);
  clock = testClock(NOW);
  await start({ workspace: 'acme' });
});
afterEach(async () => {
  await read.close();
  await api.close();
});

async function start(more: object): Promise<void> {
  read = await readSystem({
    system: bitbucket,
    settings: { type: 'bitbucket', url: api.url, token: '${env:TOKEN}', ...more },
    clock,
    secrets: { '${env:TOKEN}': 'the-token' },
  });
}

function kept(path: string) {
  const [, pipeline, step] = /^\/kept\/(\{\w+\})\/(\{\w+\})$/.exec(path) ?? [];
  const body = logs[`${pipeline} ${step}`];
  return body === undefined ? undefined : { body, headers: { 'content-type': 'application/octet-stream' } };
}

interface Step {
  readonly id: string;
  readonly name: string;
}

/** One delivery, whose first span is not that of a step. */
function hook(steps: readonly Step[], attributes: Record<string, string> = {}): SourceRecord {
  const common = { 'pipeline_run.uuid': '{r1}', 'pipeline.repository.full_name': 'acme/shop', ...attributes };
  const span = (name: string, more: Record<string, string>) => ({
    name,
    startTimeUnixNano: '1772445510000000000',
    endTimeUnixNano: '1772445585000000000',
    attributes: Object.entries({ ...common, ...more }).map(([key, stringValue]) => ({ key, value: { stringValue } })),
  });
  const spans = [
    span('bbc.command', { 'step.uuid': '{s1}', 'step.name': 'Build', 'command.name': 'npm ci' }),
    ...steps.map(({ id, name }) => span('bbc.step', { 'step.uuid': id, 'step.name': name })),
  ];
  const body = { resourceSpans: [{ scopeSpans: [{ spans }] }] };
  return { source: 'bitbucket.webhook', event: 'pipeline:span_created', received_at: NOW, body };
}

const build = { id: '{s1}', name: 'Build' };
const deploy = { id: '{s2}', name: 'Deploy' };

test('the logs of steps are fetched once, though the spans come twice, and meet them in one run', async () => {
  logs = { '{r1} {s1}': '+ npm ci\nadded 3 packages\n', '{r1} {s2}': '+ ./deploy\n' };
  expect(await read.follow([hook([build, deploy]), hook([build, deploy])])).toBe(0);
  expect(await read.follow([hook([build, deploy])])).toBe(0);
  expect(api.lines()).toEqual(
    ['{s1}', '{s2}'].flatMap((step) => [`GET ${PIPELINES}/{r1}/steps/${step}/log`, `GET /kept/{r1}/${step}`]),
  );
  const activities = await read.activities();
  const runsOf = (source: string) =>
    activities
      .filter((activity) => activity.source === source)
      .flatMap((activity) => entitiesOf(activity))
      .filter(({ type }) => ['run', 'job-run', 'repository'].includes(type))
      .map(({ type, id }) => `${type} ${id}`);
  const told = new Set(runsOf('bitbucket.job-log'));
  expect([...told].sort()).toEqual(
    [
      'job-run acme/shop/{r1}#Build',
      'job-run acme/shop/{r1}#Deploy',
      'repository acme/shop',
      'run acme/shop/{r1}',
    ].sort(),
  );
  for (const one of told) expect(runsOf('bitbucket.webhook')).toContain(one);
});

test('where a span tells the pipeline beside its run, the API is asked which it knows', async () => {
  logs = { '{p1} {s1}': '+ one\n' };
  expect(await read.follow([hook([build], { 'pipeline.uuid': '{p1}' })])).toBe(0);
  logs = { '{r2} {s1}': '+ two\n' };
  expect(await read.follow([hook([build], { 'pipeline_run.uuid': '{r2}', 'pipeline.uuid': '{p2}' })])).toBe(0);
  expect(await read.lines()).toEqual(['+ one', '+ two']);
});

test('after an outage in the middle, only what is missing is read', async () => {
  const long = Array.from({ length: 120_000 }, (_, index) => `line ${index} ${'.'.repeat(40)}`);
  logs = { '{r1} {s1}': `${long.join('\n')}\n`, '{r1} {s2}': 'the end\n' };
  let troubles = 0;
  api.trouble = ({ path }) => {
    if (path.includes('{s2}') && troubles < 3) {
      troubles += 1;
      if (troubles === 2) return { status: 429, headers: { 'retry-after': '20' }, body: {} };
      return troubles === 1 ? 'cut' : { status: 503, body: 'busy' };
    }
    return kept(path);
  };
  expect(await read.follow([hook([build, deploy])])).toBe(0);
  expect((await read.lines()).toSorted()).toEqual([...long, 'the end'].toSorted());
  expect(api.lines().filter((line) => line.startsWith('GET /kept/{r1}/{s1}'))).toHaveLength(1);
  expect(clock.now()).toBeGreaterThan(NOW);
}, 60_000);

test('a pipeline that was deleted is told as missing; other workspaces and repositories are not asked for', async () => {
  await read.close();
  await start({ workspace: 'acme', repositories: ['shop'] });
  expect(await read.follow([hook([build])])).toBe(0);
  const { values } = await read.telemetry.metrics.readings.get();
  expect(values).toContainEqual(
    expect.objectContaining({ labels: { source: 'bitbucket.job-log', outcome: 'missing' }, value: 1 }),
  );
  const asked = api.calls.length;
  const others = ['others/shop', 'acme/others'].map((name) => hook([build], { 'pipeline.repository.full_name': name }));
  expect(await read.follow([...others, hook([])])).toBe(0);
  expect(api.calls).toHaveLength(asked);
});

test('a repository that spans name by its id alone is asked for by it', async () => {
  const id = { 'pipeline.repository.full_name': '', 'pipeline.repository.uuid': '{673a}' };
  expect(await read.follow([hook([build], id)])).toBe(0);
  expect(api.lines()).toEqual(['GET /2.0/repositories/acme/{673a}/pipelines/{r1}/steps/{s1}/log']);
});

test('a log of a million lines is read in bounded memory, every line once', async () => {
  logs = { '{r1} {s1}': longLog((index) => `line ${index} of a build that goes on and on and on`) };
  await expectLongLog(read, hook([build]));
}, 120_000);

test('doctor asks whether pipelines may be read, with an API token too', async () => {
  const { signal } = new AbortController();
  const problem = () => read.connection.conditions[0]?.problem(signal);
  expect(await problem()).toBeUndefined();
  mayRead = false;
  await expect(problem()).rejects.toMatchObject({ code: 'API_REFUSED' });
  await read.close();
  await start({ workspace: 'acme', user: 'ci@example.org', repositories: ['shop'] });
  await expect(problem()).rejects.toMatchObject({ code: 'API_REFUSED' });
  const sent = Buffer.from(api.calls.at(-1)?.headers.authorization?.slice('Basic '.length) ?? '', 'base64');
  expect(sent.toString()).toBe('ci@example.org:the-token');
});
