// The actions of Buildbot against a Buildbot that keeps state: plan, send, verify, undo, and what may go wrong.
import { readdir } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../../../playbooks/actions/index.ts';
import type { Target } from '../../../../services/core/action.ts';
import { PipewardenError } from '../../../../services/core/errors.ts';
import { type BuildbotServer, startBuildbot } from '../../buildbot-server.ts';
import { acting, codeOf } from '../acting.ts';

const BUILD: Target = { type: 'run', id: 'ci#12', system: 'buildbot' };
const BUILDER: Target = { type: 'pipeline', id: 'ci', system: 'buildbot' };
const WORKER: Target = { type: 'runner', id: 'worker-1', system: 'buildbot', runner_id: '5' };

let buildbot: BuildbotServer;

beforeEach(async () => {
  buildbot = await startBuildbot();
  buildbot.builds.set(12, { complete: false, results: null });
  buildbot.waiting.add(41).add(42);
});
afterEach(async () => {
  await buildbot.web.close();
});

const act = (id: string) => acting(`buildbot.${id}`, buildbot.api);
const called = (path: string, method: string, params: object) => ({
  method: 'POST',
  path,
  body: { jsonrpc: '2.0', id: 1, method, params },
  accepts: [200],
});

test('a build that runs is stopped once, however often it is asked for', async () => {
  const plan = await act('cancel-build').plan(BUILD);
  expect(plan.requests).toEqual([called('/builds/12', 'stop', { reason: 'Stopped by Pipewarden' })]);
  expect(plan.before).toEqual({ complete: false, results: null });
  expect(await act('cancel-build').send(plan)).toEqual([200]);
  expect(await act('cancel-build').send(plan)).toEqual([200]);
  expect(await act('cancel-build').holds(BUILD)).toBe(true);
  expect(buildbot.effects).toEqual(['stopped 12']);
  expect((await act('cancel-build').plan(BUILD)).already_done).toBe('The build has already ended (cancelled).');
});

test('what waits of a builder is cancelled', async () => {
  const plan = await act('cancel-queued').plan(BUILDER);
  const params = { reason: 'Cancelled by Pipewarden' };
  expect(plan.requests).toEqual([41, 42].map((id) => called(`/buildrequests/${id}`, 'cancel', params)));
  await act('cancel-queued').send(plan);
  await act('cancel-queued').send(plan);
  expect(await act('cancel-queued').holds(BUILDER)).toBe(true);
  expect(buildbot.effects).toEqual(['cancelled 41', 'cancelled 42']);
  const byRun = await act('cancel-queued').plan({ type: 'pipeline', id: 'workflow of run ci#12', run: 'ci#12' });
  expect(byRun.already_done).toBe('No build of ci waits.');
});

describe('a worker', () => {
  test('is paused, and let go on', async () => {
    const plan = await act('pause-worker').plan(WORKER);
    expect(plan.requests).toEqual([called('/workers/5', 'pause', { reason: 'Paused by Pipewarden' })]);
    expect(plan.blast_radius).toContain('Builds that run on it at this moment: 1.');
    await act('pause-worker').send(plan);
    await act('pause-worker').send(plan);
    expect(await act('pause-worker').holds(WORKER)).toBe(true);
    expect(await act('pause-worker').undo(WORKER, plan)).toBe(1);
    expect(await act('pause-worker').state(WORKER)).toEqual(plan.before);
    expect(buildbot.effects).toEqual(['paused', 'unpaused']);
  });

  test('that somebody else paused stays so', async () => {
    const plan = await act('pause-worker').plan(WORKER);
    await act('pause-worker').send(plan);
    buildbot.worker.pause_reason = 'new disk';
    expect(await act('pause-worker').undo(WORKER, plan)).toBe(0);
    const later = await act('pause-worker').plan(WORKER);
    expect(later.already_done).toBe('The worker is paused.');
    expect(await act('pause-worker').undo(WORKER, later)).toBe(0);
  });

  test('is found by its name where its id is not known', async () => {
    const { runner_id: _, ...named } = WORKER;
    expect((await act('pause-worker').plan(named)).requests[0]?.path).toBe('/workers/worker-1');
  });
});

describe('who asks', () => {
  const signIns = () => buildbot.web.requests.filter((line) => line === 'GET /auth/login').length;

  test('signs in where that is needed, and once', async () => {
    const plan = await act('pause-worker').plan(WORKER);
    expect(signIns()).toBe(0);
    await act('pause-worker').send(plan);
    await act('cancel-build').send(await act('cancel-build').plan(BUILD));
    expect(signIns()).toBe(1);
  });

  test('signs in again when the session is over', async () => {
    const plan = await act('pause-worker').plan(WORKER);
    await act('pause-worker').send(plan);
    buildbot.sessions.clear();
    expect(await act('pause-worker').undo(WORKER, plan)).toBe(1);
    expect(signIns()).toBe(2);
  });

  test('is refused where the password is not enough', async () => {
    const plan = await act('pause-worker').plan(WORKER);
    buildbot.web.before = (line) => (line === 'GET /auth/login' ? { status: 401 } : undefined);
    expect(await codeOf(act('pause-worker').send(plan))).toBe('API_REFUSED operator');
    buildbot.web.before = (line) => (line.startsWith('POST') ? { status: 403 } : undefined);
    expect(await codeOf(act('pause-worker').send(plan))).toBe('API_REFUSED operator');
    expect(buildbot.effects).toEqual([]);
  });
});

describe('every action', () => {
  const aimed = [
    { id: 'cancel-build', target: BUILD },
    { id: 'cancel-queued', target: BUILDER },
    { id: 'pause-worker', target: WORKER },
  ];

  test.each(aimed)('$id plans without a credential, sends nothing, and says so', ({ id, target }) => {
    const plan = act(id).blind(target);
    expect(plan.requests).toHaveLength(1);
    expect(plan.blast_radius).toContain('The state was not read: there is no credential for buildbot.');
    expect(buildbot.web.requests).toEqual([]);
  });

  test.each(aimed)('$id says what became of a call that Buildbot does not take', async ({ id, target }) => {
    const plan = await act(id).plan(target);
    const answers = [
      { status: 401, code: 'API_REFUSED operator' },
      { status: 403, code: 'API_REFUSED operator' },
      { status: 404, code: 'API_REFUSED operator' },
      { status: 409, code: 'API_REFUSED operator' },
      { status: 422, code: 'API_REFUSED operator' },
      { status: 429, headers: { 'retry-after': '60' }, code: 'API_BUSY retry' },
      { status: 500, code: 'API_BUSY retry' },
    ];
    for (const { code, ...answer } of answers) {
      buildbot.web.before = () => answer;
      expect(await codeOf(act(id).send(plan))).toBe(code);
      expect(await codeOf(act(id).state(target))).toBe(code);
    }
    // A page in place of an answer.
    buildbot.web.before = () => ({ status: 200 });
    expect(await codeOf(act(id).state(target))).toBe('API_UNEXPECTED operator');
    expect(buildbot.effects).toEqual([]);
  });

  test.each([
    { id: 'cancel-build', target: { ...BUILD, id: 'ci' } },
    { id: 'cancel-build', target: { ...BUILD, id: 'ci#0' } },
    { id: 'cancel-build', target: { ...BUILD, id: 'ci#12/../1' } },
    { id: 'cancel-build', target: { ...BUILD, id: 'a/b#12' } },
    { id: 'cancel-queued', target: { ...BUILDER, id: '..' } },
    { id: 'cancel-queued', target: { ...BUILDER, id: 'a/b' } },
    { id: 'cancel-queued', target: { ...BUILDER, id: 'a\nb' } },
    { id: 'cancel-queued', target: { ...BUILDER, run: 'ci' } },
    { id: 'pause-worker', target: { type: 'runner', id: '../builds/1' } as const },
    { id: 'pause-worker', target: { type: 'runner', id: '' } as const },
    { id: 'pause-worker', target: { type: 'runner', id: 'a?b', runner_id: '0x5' } as const },
  ])('$id refuses a name that was made to mislead: $target', async ({ id, target }) => {
    expect(await codeOf(act(id).plan(target))).toBe('TARGET_INVALID give-up');
    expect(() => act(id).blind(target)).toThrow(PipewardenError);
    expect(buildbot.web.requests).toEqual([]);
  });

  test('the list holds one action for each file, named after it', async () => {
    const files = await readdir(new URL('../../../../playbooks/actions/buildbot', import.meta.url));
    const named = files.filter((file) => file !== 'paths.ts');
    const ids = [...ACTIONS.values()].flatMap(({ id, system }) => (system === 'buildbot' ? [id] : []));
    expect(ids.sort()).toEqual(named.map((file) => `buildbot.${file.replace(/\.ts$/, '')}`).sort());
  });
});
