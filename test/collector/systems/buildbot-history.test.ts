// Buildbot's past: its builds in their order, under the ids of what is delivered and polled.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildbot } from '../../../services/collector/systems/buildbot/buildbot.ts';
import { DAY, MINUTE } from '../../../services/core/time.ts';
import { type BuildbotApi, startBuildbotApi } from './buildbot-api.ts';
import { type ReadSystem, readSystem, testClock, untilDone } from './reading.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');
const SINCE = NOW - 365 * DAY;
let api: BuildbotApi;
let read: ReadSystem;

beforeEach(async () => {
  api = await startBuildbotApi();
  const settings = { type: 'buildbot', url: `${api.url}/` };
  read = await readSystem({ system: buildbot, settings, clock: testClock(NOW) });
});
afterEach(async () => {
  await read.close();
  await api.close();
});

function build(buildid: number, at: number, complete = true): void {
  api.builds.push({ buildid, started_at: Math.floor(at / 1000), complete });
}

const runs = async () => (await read.activities()).filter(({ kind }) => kind === 'run');
const told = async () => (await runs()).map(({ native_type, cicd }) => `${cicd?.pipeline?.run?.id} ${native_type}`);
const expected = () =>
  api.builds.flatMap(({ buildid, started_at, complete }) =>
    complete && started_at * 1000 >= SINCE ? [`${buildid} build.finished`, `${buildid} build.started`] : [],
  );

test('a year of builds comes once, whatever cuts the reading off; what came before is not asked for', async () => {
  // Some numbers are gone.
  for (let id = 1; id <= 900; id += 1) if (id % 7 !== 0) build(id, NOW - 400 * DAY + id * 0.44 * DAY);
  let asked = 0;
  api.trouble = () => (++asked % 300 === 0 ? 'cut' : undefined);
  expect(await untilDone(() => read.backfill('builds', SINCE))).toBeGreaterThan(1);
  expect((await told()).toSorted()).toEqual(expected().toSorted());
  expect((await read.activities()).every(({ history }) => history)).toBe(true);
  const first = Number(expected()[0]?.split(' ', 1)[0]);
  expect(api.lines().filter((line) => line.includes('buildid__ge')).length).toBeLessThan(15);
  expect(api.lines().some((line) => line.endsWith(`/buildrequests/${first - 1}`))).toBe(false);
});

test('what was polled and what the past tells are one; what still runs is left to the poll', async () => {
  build(1, NOW - 90 * DAY);
  build(2, NOW - 30 * MINUTE);
  build(3, NOW - MINUTE, false);
  await read.poll('builds');
  const polled = (await runs()).length;
  await read.backfill('builds', SINCE);
  expect((await told()).toSorted()).toEqual(
    [...expected(), '2 build.finished', '2 build.started', '3 build.started'].toSorted(),
  );
  expect(new Set((await runs()).map(({ id }) => id)).size).toBe(polled + 2);
});

test('of a Buildbot without builds there is no past', async () => {
  expect(await read.backfill('builds', SINCE)).toEqual([]);
  expect(await read.activities()).toEqual([]);
});
