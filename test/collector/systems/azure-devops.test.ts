// Azure DevOps as it is read: the log of each job that has ended, once, in the run that the service hook tells of.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SourceRecord } from '../../../services/collector/source.ts';
import { azureDevops } from '../../../services/collector/systems/azure-devops/azure-devops.ts';
import { entitiesOf } from '../../../services/core/entities-of.ts';
import { expectLongLog, longLog } from './long-log.ts';
import { type ReadSystem, readSystem, type TestClock, testClock } from './reading.ts';
import { type RecordingApi, startRecordingApi } from './recording-api.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');
const PROJECT = '6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c';
const BUILD = `/fabrikam/${PROJECT}/_apis/build/builds/2`;
let api: RecordingApi;
let clock: TestClock;
let read: ReadSystem;
/** By their numbers; undefined: the build was deleted. */
let logs: Record<string, string | Buffer> | undefined;

beforeEach(async () => {
  logs = {};
  api = await startRecordingApi(({ path, query, headers }) => {
    const sent = Buffer.from(headers.authorization?.slice('Basic '.length) ?? '', 'base64').toString();
    // Without the header a browser's page would come.
    if (sent !== ':the-token') return { status: headers['x-tfs-fedauthredirect'] === 'Suppress' ? 401 : 302 };
    if (query.get('api-version') !== '6.0') return { status: 400, body: { message: 'which version?' } };
    if (path === '/fabrikam/Fabrikam/_apis/build/builds') return { body: { count: 0, value: [] } };
    if (logs === undefined) return { status: 404, body: { message: 'The requested build 2 could not be found.' } };
    if (path === BUILD) {
      return {
        body: {
          id: 2,
          project: { id: PROJECT, name: 'Fabrikam' },
          repository: { id: 'r', type: 'TfsGit', name: 'Fabrikam-Git' },
        },
      };
    }
    if (path === `${BUILD}/timeline`) return { body: { records: records() } };
    const body = logs[path.slice(`${BUILD}/logs/`.length)];
    return body === undefined ? undefined : { body, headers: { 'content-type': 'text/plain' } };
  });
  clock = testClock(NOW);
  await start({});
});
afterEach(async () => {
  await read.close();
  await api.close();
});

async function start(more: object): Promise<void> {
  read = await readSystem({
    system: azureDevops,
    settings: {
      type: 'azure-devops',
      url: api.url,
      organization: 'fabrikam',
      projects: ['fabrikam'],
      token: '${env:TOKEN}',
      ...more,
    },
    clock,
    secrets: { '${env:TOKEN}': 'the-token' },
  });
}

/** A stage, its jobs with a log and a task each, and a job that was skipped. */
function records(): readonly object[] {
  const jobs = ['Compile', 'Test'].flatMap((name, index) => [
    { id: `j-${index + 1}`, type: 'Job', name, state: 'completed', log: { id: 10 + index } },
    { id: `t-${index + 1}`, parentId: `j-${index + 1}`, type: 'Task', name: 'script', log: { id: 20 + index } },
  ]);
  return [{ id: 's-1', type: 'Stage', name: 'Build', log: null }, ...jobs, { id: 'j-3', type: 'Job', name: 'Skipped' }];
}

function hook(eventType: string, resource: object, organization = 'fabrikam'): SourceRecord {
  const body = {
    id: '03c164c2-8912-4d5e-8009-3707d5f83734',
    eventType,
    publisherId: 'pipelines',
    resource,
    resourceContainers: {
      account: { id: 'f844ec47', baseUrl: `https://dev.azure.com/${organization}/` },
      project: { id: PROJECT },
    },
    createdDate: '2026-03-02T09:59:30Z',
  };
  return { source: 'azure-devops.webhook', received_at: NOW, body };
}

const run = { id: 2, pipeline: { name: 'CI' }, state: 'completed', result: 'succeeded' };
const repositories = [{ type: 'Git', url: 'https://fabrikam@dev.azure.com/fabrikam/Fabrikam/_git/Fabrikam-Git' }];

function job(id: string, name: string, more: object = {}, organization = 'fabrikam'): SourceRecord {
  const told = { id, name, state: 'completed', result: 'succeeded', attempt: 1, ...more };
  const resource = { job: told, stage: { id: 's-1', name: 'Build' }, run, pipeline: run.pipeline, repositories };
  return hook('ms.vss-pipelines.job-state-changed-event', resource, organization);
}

const build = hook('build.complete', {
  id: 2,
  status: 'completed',
  result: 'succeeded',
  finishTime: '2026-03-02T09:59:20.1234567Z',
  definition: { name: 'CI' },
  project: { id: PROJECT, name: 'Fabrikam' },
  repository: { id: 'r', type: 'TfsGit', name: 'Fabrikam-Git' },
});

const log = (...lines: readonly string[]) => lines.map((line) => `2026-03-02T09:58:00.1234567Z ${line}\n`).join('');

async function entities(source: string): Promise<ReadonlySet<string>> {
  const all = (await read.activities())
    .filter((activity) => activity.source === source)
    .flatMap((one) => entitiesOf(one));
  const types = ['run', 'job-run', 'repository'];
  return new Set(all.filter(({ type }) => types.includes(type)).map(({ type, id }) => `${type} ${id}`));
}

test('the log of a job is fetched once, though its event comes twice, and meets it in one run', async () => {
  logs = { 10: log('##[section]Starting: Compile', 'compiling'), 11: log('testing') };
  expect(await read.follow([job('j-1', 'Compile'), job('j-1', 'Compile')])).toBe(0);
  expect(await read.follow([job('j-1', 'Compile'), build])).toBe(0);
  expect(api.calls.map(({ path }) => path)).toEqual([BUILD, `${BUILD}/timeline`, `${BUILD}/logs/10`]);
  const told = await entities('azure-devops.job-log');
  const place = 'Fabrikam/Fabrikam-Git';
  expect([...told].sort()).toEqual([`job-run ${place}/2#Compile`, `repository ${place}`, `run ${place}/2`]);
  for (const one of told) expect(await entities('azure-devops.webhook')).toContain(one);
  // It is run again; whose record has another id is found by its name.
  expect(await read.follow([job('other', 'Compile', { attempt: 2 })])).toBe(0);
  expect(api.calls.filter(({ path }) => path.endsWith('/logs/10'))).toHaveLength(2);
});

test('of a run, the logs of all jobs are read when it has ended; after an outage only what is missing', async () => {
  await read.close();
  await start({ each: 'run' });
  logs = { 10: log('one'), 11: log('two') };
  let troubles = 0;
  api.trouble = ({ path }) => {
    if (!path.endsWith('/logs/11') || troubles >= 3) return undefined;
    troubles += 1;
    if (troubles === 2) return { status: 429, headers: { 'retry-after': '20' }, body: {} };
    return troubles === 1 ? 'cut' : { status: 503, body: 'the-token' };
  };
  expect(await read.follow([build, build, job('j-1', 'Compile')])).toBe(0);
  expect((await read.lines()).map((line) => line.slice(-3)).sort()).toEqual(['one', 'two']);
  expect(api.calls.filter(({ path }) => path.endsWith('/logs/10'))).toHaveLength(1);
  expect(clock.now()).toBeGreaterThan(NOW);
  const told = await entities('azure-devops.job-log');
  expect(told).toContain('job-run Fabrikam/Fabrikam-Git/2#Test');
  expect(told).toContain([...(await entities('azure-devops.webhook'))].find((one) => one.startsWith('run ')));
});

test('a build that was deleted is told as missing; other organizations, projects and states are left', async () => {
  logs = undefined;
  expect(await read.follow([job('j-1', 'Compile')])).toBe(0);
  const { values } = await read.telemetry.metrics.readings.get();
  expect(values).toContainEqual(
    expect.objectContaining({ labels: { source: 'azure-devops.job-log', outcome: 'missing' }, value: 1 }),
  );
  const asked = api.calls.length;
  const running = job('j-1', 'Compile', { state: 'running', result: null });
  const skipped = job('j-1', 'Compile', { result: 'skipped' });
  expect(await read.follow([running, skipped, job('j-1', 'Compile', {}, 'others')])).toBe(0);
  expect(api.calls).toHaveLength(asked);
  await read.close();
  logs = { 10: log('one') };
  await start({ projects: ['Another'] });
  expect(await read.follow([job('j-1', 'Compile')])).toBe(0);
  expect(await read.lines()).toEqual([]);
});

test('a log of a million lines is read in bounded memory, every line once', async () => {
  logs = { 10: longLog((index) => `2026-03-02T09:58:00.1234567Z line ${index} of a build`) };
  await expectLongLog(read, job('j-1', 'Compile'));
}, 120_000);

test('doctor asks for the builds of each project', async () => {
  const { signal } = new AbortController();
  const problem = () => read.connection.conditions[0]?.problem(signal);
  await read.close();
  await start({ projects: ['Fabrikam'] });
  expect(await problem()).toBeUndefined();
  await read.close();
  await start({ projects: ['Fabrikam'], token: '${env:OTHER}' });
  await expect(problem()).rejects.toMatchObject({ code: 'API_REFUSED' });
});
