// Buildbot as it is read: builds whose push never came, logs while they are written.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildbot } from '../../../services/collector/systems/buildbot/buildbot.ts';
import { MINUTE } from '../../../services/core/time.ts';
import { type Build, type BuildbotApi, type Log, pushed, startBuildbotApi } from './buildbot-api.ts';
import { type ReadSystem, readSystem, type TestClock, testClock } from './reading.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');
let api: BuildbotApi;
let clock: TestClock;
let read: ReadSystem;

beforeEach(async () => {
  api = await startBuildbotApi();
  clock = testClock(NOW);
  const settings = { type: 'buildbot', url: `${api.url}/`, user: 'reader', password: '${env:PASSWORD}' };
  read = await readSystem({ system: buildbot, settings, clock, secrets: { '${env:PASSWORD}': 'the-password' } });
});
afterEach(async () => {
  await read.close();
  await api.close();
});

function build(buildid: number, minutesAgo: number, complete = true): Build {
  return { buildid, started_at: (NOW - minutesAgo * MINUTE) / 1000, complete };
}

const runs = async () => (await read.activities()).filter(({ kind }) => kind === 'run');
const told = async () =>
  (await runs()).map(({ native_type, cicd }) => `${cicd?.pipeline?.run?.id} ${native_type}`).sort();
const lines = () => read.lines();
const push = (one: Build) => ({ source: 'buildbot.webhook', received_at: NOW, body: pushed(one) });

test('builds are told once, from their start to their end, also after an outage', async () => {
  api.builds.push(build(1, 300), build(2, 20), build(3, 200, false));
  await read.poll('builds');
  await read.poll('builds');
  expect(await told()).toEqual(['2 build.finished', '2 build.started', '3 build.started']);
  for (const one of api.builds) one.complete = true;
  api.builds.push(...Array.from({ length: 230 }, (_, index) => build(4 + index, 0)));
  api.trouble = ({ query }) => (query.get('buildid__gt') === '103' ? 'cut' : undefined);
  await expect(read.poll('builds')).rejects.toMatchObject({ code: 'API_UNREACHABLE' });
  api.trouble = () => undefined;
  await read.poll('builds');
  expect(await told()).toEqual(
    [2, 3, ...Array.from({ length: 230 }, (_, index) => 4 + index)]
      .flatMap((id) => [`${id} build.finished`, `${id} build.started`])
      .sort(),
  );
});

test('what is asked for has the id of what was pushed, though a build changes while it runs', async () => {
  const one = build(5, 1, false);
  api.builds.push(one);
  await read.poll('builds');
  api.trouble = ({ path, query }) => {
    if (path.endsWith('/builds/5') && query.size === 0) one.complete = true;
    return undefined;
  };
  await read.follow([push(one)]);
  await read.follow([push(one)]);
  await read.poll('builds');
  expect(await told()).toEqual(['5 build.finished', '5 build.finished', '5 build.started', '5 build.started']);
  expect(new Set((await runs()).map(({ id }) => id)).size).toBe(2);
});

const log = (logid: number, step: number, type: 's' | 't' = 's'): Log => ({
  logid,
  build: 5,
  step,
  type,
  lines: [],
  complete: false,
});

test('the logs of all steps are one log, read while it grows', async () => {
  const one = build(5, 1, false);
  const [first, other, second] = [log(11, 1), log(12, 1, 't'), log(13, 2)];
  api.builds.push(one);
  const story: (() => void)[] = [
    () => api.logs.push(first, other),
    () => first.lines.push('hmake', 'h in dir /build', 'h environment:', 'h  CC=gcc', 'h using PTY: False'),
    () => first.lines.push('otick 1', 'ewarning'),
    () => first.lines.push('otick 2', 'hprogram finished with exit code 0'),
    () => Object.assign(first, { complete: true }),
    () => Object.assign(other, { complete: true, lines: ['not read'] }),
    () => api.logs.push(second),
    () => second.lines.push(...Array.from({ length: 1_200 }, (_, index) => `oline ${index}`)),
    // Its master was killed: it never says that this log is complete.
    () => Object.assign(one, { complete: true }),
  ];
  api.trouble = ({ path, query }) => {
    if (/\/builds\/5$/.test(path) && query.size === 0) story.shift()?.();
    return undefined;
  };
  expect(await read.follow([push(one)])).toBe(0);
  const expected = [
    ...['Builder: shop-linux', 'Build number: 5', 'Worker name: worker-4'],
    ...['make', ' in dir /build', ' environment:', '  CC=gcc', ' using PTY: False'],
    ...['tick 1', 'warning', 'tick 2', 'program finished with exit code 0'],
    ...Array.from({ length: 1_200 }, (_, index) => `line ${index}`),
  ];
  expect(await lines()).toEqual(expected);
  expect((await read.activities()).find(({ kind }) => kind === 'setup')).toMatchObject({
    cicd: { pipeline: { run: { id: '5' }, task: { name: 'shop-linux' } }, worker: { name: 'worker-4' } },
  });
  // The push of its end leads to nothing more.
  await read.follow([push(one)]);
  expect(await lines()).toEqual(expected);
});

test('a build that is not there, or another Buildbot’s, is no error', async () => {
  const one = build(5, 1);
  expect(await read.follow([push(one)])).toBe(0);
  api.builds.push(one);
  const others = { ...pushed(one), builder: { name: 'elsewhere' } };
  expect(await read.follow([{ source: 'buildbot.webhook', received_at: NOW, body: others }])).toBe(0);
  expect(await lines()).toEqual([]);
});

test('where a proxy asks who it is, it says so', async () => {
  api.guard = `Basic ${Buffer.from('reader:the-password').toString('base64')}`;
  api.builds.push(build(5, 1));
  await read.poll('builds');
  expect(await told()).toEqual(['5 build.finished', '5 build.started']);
});

test('a worker is told when it is paused, once', async () => {
  const worker = { workerid: 4, name: 'worker-4', paused: false, connected_to: [{ masterid: 1 }], configured_on: [] };
  api.workers.push(worker);
  await read.poll('inventory');
  api.workers.splice(0, 1, { ...worker, paused: true, pause_reason: 'quarantine' });
  await read.poll('inventory');
  await read.poll('inventory');
  expect(await read.activities()).toMatchObject([
    {
      kind: 'runner',
      cicd: { worker: { name: 'worker-4' } },
      detail: { action: 'worker.changed' },
      record: { after: { paused: true, reason: 'quarantine' } },
    },
  ]);
});
