// GitLab's past: all of it that can be had, under the ids of what is delivered and polled, wherever the reading breaks off.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { gitlab } from '../../../services/collector/systems/gitlab/gitlab.ts';
import { DAY, formatInstant, HOUR, MINUTE } from '../../../services/core/time.ts';
import { type GitlabApi, startGitlabApi } from './gitlab-api.ts';
import { type ReadOptions, type ReadSystem, readSystem, testClock, untilDone } from './reading.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');
const SINCE = NOW - 365 * DAY;
const PROJECTS = [15, 16, 17, 18];
const REFUSED = 16;
const PIPELINES = 40;
let api: GitlabApi;
let folder: string;
let read: ReadSystem;

async function start(settings: object = { groups: ['acme'] }, more: Partial<ReadOptions> = {}) {
  const own = { type: 'gitlab', url: api.url, token: '${env:TOKEN}' };
  read = await readSystem({
    system: gitlab,
    settings: { ...own, ...settings },
    clock: testClock(NOW),
    folder,
    ...more,
  });
}

beforeEach(async () => {
  api = await startGitlabApi();
  folder = await mkdtemp(join(tmpdir(), 'gitlab-history-'));
  for (const id of PROJECTS) {
    const name = `acme/p${id}`;
    api.projects.push({ id, path_with_namespace: name, last_activity_at: formatInstant(NOW) });
    for (let index = 0; index < PIPELINES; index += 1) {
      // The first of each is too old; the last one ended just now.
      const at = NOW - 400 * DAY + index * ((400 * DAY - MINUTE) / (PIPELINES - 1));
      pipeline(id * 1000 + index, id, at, index % 5 === 0 ? 'parent_pipeline' : 'push');
    }
  }
  await start();
});
afterEach(async () => {
  await read.close();
  await api.close();
  await rm(folder, { recursive: true });
});

function pipeline(id: number, project: number, at: number, source: string): void {
  const time = formatInstant(at);
  api.pipelines.push({ id, project, status: 'success', ref: 'main', source, updated_at: time, finished_at: time });
  const job = { id: id * 10, pipeline: id, name: 'test', status: 'success', trace: '' };
  api.jobs.push({ ...job, started_at: time, finished_at: time });
}

function event(id: number, at: number, entity_type: 'Group' | 'Project' = 'Group', entity_id = 1): void {
  const details = { author_name: 'Mara', change: 'name', to: `name ${id}`, target_type: 'Project' };
  api.audit.push({ id, entity_id, entity_type, created_at: formatInstant(at), details });
}

const ofKind = async (kind: string) => (await read.activities()).filter((each) => each.kind === kind);
const runs = async () => (await ofKind('run')).map(({ cicd }) => Number(cicd?.pipeline?.run?.id)).sort((a, b) => a - b);
const expected = () =>
  api.pipelines
    .filter(({ project, updated_at }) => !api.refused.has(project) && Date.parse(updated_at) >= SINCE)
    .map(({ id }) => id)
    .sort((a, b) => a - b);

test('a year of pipelines comes once, oldest first, whatever cuts the reading off; a project out of reach is told', async () => {
  api.refused.add(REFUSED);
  let asked = 0;
  api.trouble = () => (++asked % 60 === 0 ? 'cut' : undefined);
  const missing: string[] = [];
  const cuts = await untilDone(() => read.backfill('pipelines of acme', SINCE, missing));
  expect(cuts).toBeGreaterThan(2);
  expect(missing).toEqual(['pipelines of acme/p16: GET /projects/16/pipelines answered 403: 403 Forbidden']);
  expect(await runs()).toEqual(expected());
  const activities = await read.activities();
  expect(activities.every(({ history }) => history)).toBe(true);
  expect(new Set(activities.map(({ id }) => id)).size).toBe(activities.length);
  const asksOf = (project: number) =>
    api
      .lines()
      .flatMap((line) => /\/projects\/(\d+)\/pipelines\/(\d+)$/.exec(line)?.[2] ?? [])
      .filter((id) => id.startsWith(`${project}`));
  expect(asksOf(15)).toEqual(asksOf(15).toSorted());
});

test('what a process told before it was killed has the same ids again', async () => {
  await read.close();
  let turns = 0;
  await start(undefined, {
    onDurable() {
      turns += 1;
      if (turns === 50) throw new Error('killed');
    },
  });
  await expect(read.backfill('pipelines of acme', SINCE)).rejects.toThrow('killed');
  expect(await read.backfill('pipelines of acme', SINCE)).toEqual([]);
  const found = await runs();
  expect([...new Set(found)]).toEqual(expected());
  // The turn that was durable when it was killed.
  expect(found.length).toBe(expected().length + 1);
  expect(new Set((await ofKind('run')).map(({ id }) => id)).size).toBe(expected().length);
});

test('what was polled and what the past tells are one', async () => {
  await read.poll('pipelines of acme');
  const polled = await ofKind('run');
  expect(polled.length).toBeGreaterThan(0);
  await read.backfill('pipelines of acme', SINCE);
  const ids = (await ofKind('run')).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length - polled.length);
  expect(new Set((await ofKind('job')).map(({ id }) => id)).size).toBe(ids.length - polled.length);
});

test('a year of audit events of groups and projects, in stretches that are short where much happened', async () => {
  api.refused.add(REFUSED);
  for (let index = 0; index < 3_000; index += 1) event(index, NOW - 40 * DAY + index * 20_000);
  for (let index = 0; index < 24; index += 1) event(3_000 + index, SINCE + index * 15 * DAY, 'Group', 2);
  event(4_000, NOW - 200 * DAY, 'Project', 15);
  event(4_001, NOW - 100 * DAY, 'Project', REFUSED);
  event(4_002, SINCE - DAY, 'Project', 15);
  await read.poll('audit acme');
  event(4_003, NOW - HOUR, 'Project', 17);
  await read.poll("audit of acme's projects");
  expect(await read.backfill('audit acme', SINCE)).toEqual([]);
  expect(await read.backfill("audit of acme's projects", SINCE)).toEqual([
    'audit events of acme/p16: GET /projects/16/audit_events answered 403: 403 Forbidden',
  ]);
  const activities = await read.activities();
  expect(new Set(activities.map(({ id }) => id)).size).toBe(3_026);
  // One was polled before.
  expect(activities.length).toBe(3_027);
  expect(api.lines().every((line) => !line.includes('audit_events') || spanOf(line) <= 30 * DAY)).toBe(true);
  const told = activities.filter(({ record }) => JSON.stringify(record).includes('"entity_id":1,'));
  expect(told.length).toBe(3_000);
});

function spanOf(line: string): number {
  const query = new URLSearchParams(line.slice(line.indexOf('?')));
  return Date.parse(query.get('created_before') ?? '') - Date.parse(query.get('created_after') ?? '');
}

test('of an instance there is one history of each; what is not read is not backfilled; a token that is none ends it', async () => {
  await read.close();
  await start({ instance: true });
  expect(read.connection.histories.map(({ name }) => name)).toEqual(['audit', 'pipelines']);
  event(1, NOW - 90 * DAY, 'Project', 15);
  expect(await read.backfill('audit', SINCE)).toEqual([]);
  expect(await read.activities()).toHaveLength(1);
  api.trouble = ({ path }) => (path.endsWith('/projects/17/pipelines') ? { status: 401, body: {} } : undefined);
  await expect(read.backfill('pipelines', SINCE)).rejects.toMatchObject({ code: 'API_REFUSED' });
  await read.close();
  await start({ groups: ['acme'], read: ['pipelines'] });
  expect(read.connection.histories.map(({ name }) => name)).toEqual(['pipelines of acme']);
});

test('a group that stands below a younger one is read too', async () => {
  api.root = 9;
  api.groups.push({ id: 12, full_path: 'acme/new' });
  for (const [index, group] of [2, 9, 12].entries()) event(index, NOW - HOUR, 'Group', group);
  await read.poll('audit acme');
  expect(await read.activities()).toHaveLength(3);
});
