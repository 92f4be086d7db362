// CircleCI's past: all pipelines that it lists, oldest first, under the ids of what is delivered and polled.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { circleci } from '../../../services/collector/systems/circleci/circleci.ts';
import { pipelineHistory } from '../../../services/collector/systems/circleci/history.ts';
import { createClient } from '../../../services/collector/systems/client.ts';
import type { Turn } from '../../../services/collector/systems/system.ts';
import { DAY, formatInstant, HOUR } from '../../../services/core/time.ts';
import { type CircleciApi, startCircleciApi } from './circleci-api.ts';
import { type ReadSystem, readSystem, testClock, untilDone } from './reading.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');
const SINCE = NOW - 365 * DAY;
const NAME = 'pipelines of gh/acme';
const COUNT = 120;
let api: CircleciApi;
let read: ReadSystem;

beforeEach(async () => {
  api = await startCircleciApi();
  for (let index = 0; index < COUNT; index += 1) {
    // The first ten are too old.
    const at = NOW - 398.5 * DAY + index * 3.34 * DAY;
    api.pipelines.push({ id: `p${index}`, created_at: formatInstant(at), project_slug: `gh/acme/r${index % 4}` });
    const stopped_at = formatInstant(at + HOUR);
    api.workflows.push({ id: `w${index}`, pipeline: `p${index}`, status: 'success', stopped_at });
  }
  read = await readSystem({
    system: circleci,
    settings: { type: 'circleci', url: api.url, token: '${env:TOKEN}', organizations: ['gh/acme'] },
    clock: testClock(NOW),
  });
});
afterEach(async () => {
  await read.close();
  await api.close();
});

const ofKind = async (kind: string) => (await read.activities()).filter((each) => each.kind === kind);
const runs = async () => (await ofKind('run')).map(({ cicd }) => cicd?.pipeline?.run?.id);
const expected = (isMeant = (_index: number) => true) =>
  api.pipelines.flatMap(({ created_at }, index) =>
    Date.parse(created_at) >= SINCE && isMeant(index) ? [`w${index}`] : [],
  );

test('a year of pipelines comes once, whatever cuts the reading off; of a project out of reach it is said once', async () => {
  api.refused.add('gh/acme/r2');
  let asked = 0;
  api.trouble = () => (++asked % 50 === 0 ? 'cut' : undefined);
  const missing: string[] = [];
  expect(await untilDone(() => read.backfill(NAME, SINCE, missing))).toBeGreaterThan(3);
  const found = await runs();
  expect(found.toSorted()).toEqual(expected((index) => index % 4 !== 2).toSorted());
  expect(new Set((await ofKind('job')).map(({ id }) => id)).size).toBe(found.length);
  // Once in each process.
  expect(new Set(missing.map((each) => each.replace(/p\d+/, 'p')))).toEqual(
    new Set(['pipelines of gh/acme/r2: GET /v2/pipeline/p/workflow answered 403: Permission denied']),
  );
  const looked = api.lines().flatMap((line) => /\/pipeline\/p(\d+)\/workflow$/.exec(line)?.[1] ?? []);
  expect(looked.map(Number)).toEqual(looked.map(Number).toSorted((a, b) => a - b));
  expect((await read.activities()).every(({ history }) => history)).toBe(true);
});

test('what was polled and what the past tells are one; what still runs is left to the poll', async () => {
  const now = { id: 'p-now', created_at: formatInstant(NOW - 2 * HOUR) };
  api.pipelines.push(now, { id: 'p-running', created_at: formatInstant(NOW - HOUR) });
  api.workflows.push(
    { id: 'w-now', pipeline: 'p-now', status: 'failed', stopped_at: formatInstant(NOW - HOUR) },
    { id: 'w-running', pipeline: 'p-running', status: 'running', stopped_at: null },
  );
  await read.poll(NAME);
  const polled = await runs();
  expect(polled).toContain('w-now');
  await read.backfill(NAME, SINCE);
  const ids = (await ofKind('run')).map(({ id }) => id);
  expect(new Set(ids).size).toBe(expected().length - 1);
  expect(ids.length).toBe(expected().length - 1 + polled.length);
  expect(await runs()).not.toContain('w-running');
});

test('of more pipelines than are held at once, none is missing, none comes twice and the order stays', async () => {
  // Two of the same moment.
  api.pipelines.splice(60, 1, { id: 'p60', created_at: api.pipelines[59]?.created_at ?? '' });
  const clock = testClock(NOW);
  const client = createClient(
    { baseUrl: `${api.url}/api`, headers: () => ({}) },
    { clock, fetch, clean: (text) => text, userAgent: 'pipewarden/test' },
  );
  const turns: Turn[] = [];
  const history = pipelineHistory('gh/acme', client, { clock }, 13);
  for await (const turn of history.read(SINCE, undefined, new AbortController().signal)) turns.push(turn);
  const told = turns.flatMap(({ records }) =>
    records.flatMap(({ event, body }) => (event === 'workflow-completed' ? [body] : [])),
  );
  expect(told.map((body) => JSON.stringify(body).match(/"id":"(w\d+)"/)?.[1])).toEqual(expected());
});
