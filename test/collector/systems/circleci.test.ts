// CircleCI as it is read: nothing missing and nothing twice, whatever goes wrong in between.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SourceRecord } from '../../../services/collector/source.ts';
import { circleci } from '../../../services/collector/systems/circleci/circleci.ts';
import { formatInstant, HOUR, MINUTE } from '../../../services/core/time.ts';
import { type CircleciApi, SLUG, startCircleciApi } from './circleci-api.ts';
import { type ReadSystem, readSystem, type TestClock, testClock } from './reading.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');
let api: CircleciApi;
let clock: TestClock;
let read: ReadSystem;
/** Of a server that is not CircleCI's: what was asked for, with which headers. */
let stored: { readonly url: string; readonly token: string | null }[];

beforeEach(async () => {
  stored = [];
  api = await startCircleciApi();
  clock = testClock(NOW);
  read = await readSystem({
    system: circleci,
    settings: { type: 'circleci', url: api.url, token: '${env:TOKEN}', organizations: ['gh/acme'] },
    clock,
    secrets: { '${env:TOKEN}': 'the-token' },
    async fetch(input, init) {
      const url = new URL(String(input));
      if (url.host !== 'storage.example') return await fetch(input, init);
      stored.push({ url: url.href, token: new Headers(init?.headers).get('circle-token') });
      const body = api.outputs[url.pathname.slice(1)];
      return new Response(body ?? 'gone', { status: body === undefined ? 503 : 200 });
    },
  });
});
afterEach(async () => {
  await read.close();
  await api.close();
});

function hook(workflow: string): SourceRecord {
  const job = { id: `job-of-${workflow}`, name: 'test', number: 136, status: 'success' };
  const body = {
    id: 'some-event',
    type: 'job-completed',
    happened_at: formatInstant(NOW),
    project: { slug: SLUG, name: 'shop' },
    workflow: { id: workflow, name: 'build' },
    job,
  };
  return { source: 'circleci.webhook', event: 'job-completed', received_at: NOW, body };
}

const lines = async () =>
  (await read.activities()).flatMap(({ kind, detail }) => (kind === 'log' && 'lines' in detail ? detail.lines : []));

test('the output of all steps is fetched when the job has ended, without the credential, and once', async () => {
  api.outputs = {
    first: JSON.stringify([
      { message: '#!/bin/bash -eo pipefail\nnpm c', time: '2026-03-02T09:59:00.000Z', type: 'out' },
      { message: 'i\nadded 3 packages', time: '2026-03-02T09:59:01.000Z', type: 'out' },
    ]),
    second: 'plain text\n',
    third: '[not json',
    fourth: '',
  };
  expect(await read.follow([hook('w1')])).toBe(0);
  expect(await read.follow([hook('w1')])).toBe(0);
  const told = ['#!/bin/bash -eo pipefail', 'npm ci', 'added 3 packages', 'plain text', '[not json'];
  expect(await lines()).toEqual(told);
  expect(stored.map(({ token }) => token)).toEqual([null, null, null, null]);
  expect((await read.activities()).find(({ kind }) => kind === 'log')).toMatchObject({
    source: 'circleci.job-log',
    vcs: { repository: { name: 'acme/shop' } },
    cicd: { pipeline: { run: { id: 'w1' }, task: { name: 'test' } } },
  });
});

test('an output that cannot be had for a while is tried again; what was read is not read twice', async () => {
  const long = Array.from({ length: 120_000 }, (_, index) => `line ${index} ${'.'.repeat(40)}`);
  api.outputs = { first: `${long.join('\n')}\n`, second: undefined };
  setTimeout(() => {
    api.outputs.second = 'the end\n';
  }, 500);
  expect(await read.follow([hook('w1')])).toBe(0);
  expect(await lines()).toEqual([...long, 'the end']);
  expect(stored.filter(({ url }) => url.includes('first')).length).toBeGreaterThan(1);
}, 60_000);

test('workflows and jobs whose webhook did not arrive are read, under the ids of the webhook', async () => {
  const made = Array.from({ length: 50 }, (_, index) => index);
  const at = (minutes: number) => formatInstant(NOW - minutes * MINUTE);
  for (const index of made) {
    api.pipelines.push({ id: `p${index}`, created_at: at(100 - index) });
    api.workflows.push({ id: `w${index}`, pipeline: `p${index}`, status: 'success', stopped_at: at(20) });
  }
  const waiting = api.workflows[7] ?? { status: '', stopped_at: null };
  Object.assign(waiting, { status: 'failing', stopped_at: null });
  await read.deliver([hook('w1')]);
  const [told] = await read.activities();
  let asked = 0;
  api.trouble = () => {
    asked += 1;
    if (asked === 30) return 'cut';
    return asked % 40 === 11 ? { status: 429, headers: { 'retry-after': '20' }, body: {} } : undefined;
  };
  await expect(read.poll('pipelines of gh/acme')).rejects.toMatchObject({ code: 'API_UNREACHABLE' });
  await read.poll('pipelines of gh/acme');
  const ids = async (kind: string) =>
    (await read.activities()).filter((each) => each.kind === kind).map(({ id }) => id);
  expect(new Set(await ids('run')).size).toBe(49);
  expect((await ids('run')).length).toBe(49);
  expect(new Set(await ids('job')).size).toBe(49);
  expect(await ids('job')).toContain(told?.id);
  // It is over at last; there is nothing else that is new.
  clock.move(HOUR);
  Object.assign(waiting, { status: 'failed', stopped_at: formatInstant(clock.now() - 20 * MINUTE) });
  await read.poll('pipelines of gh/acme');
  await read.poll('pipelines of gh/acme');
  expect((await ids('run')).length).toBe(50);
  expect((await read.activities()).find(({ kind }) => kind === 'run')).toMatchObject({
    actor: { name: 'mara' },
    vcs: { provider: { name: 'github' }, repository: { name: 'acme/shop' }, ref: { head: { name: 'main' } } },
    cicd: { pipeline: { run: { state: 'finished' } } },
  });
}, 60_000);
