// A real Buildbot that takes orders of one user alone: a build is stopped while its log streams, what waits is cancelled, the
// worker is paused and let go on.
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Target } from '../../services/core/action.ts';
import { isObject } from '../../services/core/json.ts';
import { buildbot } from '../../services/responder/systems/buildbot.ts';
import { connectTools } from '../helpers/connect-tools.ts';
import { acting } from '../playbooks/actions/acting.ts';
import { statuses } from '../responder/support.ts';
import { type ActingOn, actingOn } from './acting-on.ts';
import { type BuildbotServer, buildbotMissing, startBuildbot } from './buildbot-server.ts';
import { eventually } from './child.ts';
import { freePorts } from './free-ports.ts';
import { createWatching, runOf, type Watching } from './watching.ts';

const missing = buildbotMissing();
const password = randomBytes(16).toString('hex');
const controller = { user: 'pipewarden', password: randomBytes(16).toString('hex') };

const BUILD: Target = { type: 'run', id: 'ci#1', system: 'buildbot' };
const BUILDER: Target = { type: 'pipeline', id: 'ci', system: 'buildbot' };
const WORKER: Target = { type: 'runner', id: 'worker-1', system: 'buildbot' };

describe.skipIf(missing)(`Buildbot, acted on${missing ? ` (left out: ${missing})` : ''}`, () => {
  let server: BuildbotServer;
  let watching: Watching;
  let responder: ActingOn;

  const apiWith = (token: string) => {
    const tools = connectTools(token);
    return buildbot.connect({ url: `http://127.0.0.1:${server.port}`, user: controller.user, token: '' }, tools);
  };

  beforeAll(async () => {
    const [port = 0] = await freePorts(1);
    const hook = { url: `http://127.0.0.1:${port}/hooks/buildbot`, user: 'ci', password };
    server = await startBuildbot({ controller, hook, environment: {} });
    const system = { type: 'buildbot', url: `http://127.0.0.1:${server.port}` };
    watching = await createWatching({ source: 'buildbot.webhook', port, system, env: { HOOK: password } });
    await watching.start();
    responder = await actingOn('buildbot', apiWith(controller.password));
  });
  afterAll(async () => {
    await responder?.close();
    await watching?.remove();
    await server?.stop();
  });

  const says = (run: string, what: string) =>
    eventually(
      async () => ((await watching.lines(run)).some((line) => line.endsWith(` ${what}`)) ? true : undefined),
      `${run} says ${what}`,
    );

  test('a build is stopped while its log streams, and what was done to its worker is undone', async () => {
    await server.force('ci', 'for i in $(seq 1 300); do echo "tick $i"; sleep 1; done');
    await says('ci 1', 'tick 2');
    // It waits for the builder.
    await server.force('ci', 'echo second');
    const api = apiWith(controller.password);
    await eventually(async () => {
      const { requests } = await acting('buildbot.cancel-queued', api).plan(BUILDER);
      return requests.length === 1 ? true : undefined;
    }, 'the second build waits');
    const before = await acting('buildbot.pause-worker', api).state(WORKER);
    expect(before).toEqual({ paused: false, ours: false });

    const run = await responder.run([
      ['buildbot.keep-build', BUILD],
      ['buildbot.pause-worker', WORKER],
      ['buildbot.cancel-queued', BUILDER],
      ['buildbot.cancel-build', BUILD],
    ]);
    expect(statuses(run)).toEqual([
      'buildbot.keep-build verified',
      'buildbot.pause-worker verified',
      'buildbot.cancel-queued verified',
      'buildbot.cancel-build verified',
    ]);
    const [kept] = run.steps;
    expect(kept?.evidence?.left_out).toEqual([]);
    expect(kept?.evidence?.pieces.map(({ name }) => name)).toEqual([
      'build',
      'steps',
      'properties',
      'changes',
      'request',
      'buildset',
    ]);
    expect(run.steps[1]?.plan?.blast_radius).toContain('Builds that run on it at this moment: 1.');
    expect(firstOf(await server.get('/builds/1'), 'builds')).toMatchObject({ complete: true, results: 6 });
    expect(firstOf(await server.get('/workers/1'), 'workers')).toMatchObject({
      paused: true,
      pause_reason: 'Paused by Pipewarden',
    });
    expect(await acting('buildbot.pause-worker', api).holds(WORKER)).toBe(true);
    const end = await eventually(async () => {
      const runs = (await watching.activities()).filter((each) => each.kind === 'run' && runOf(each) === 'ci 1');
      return runs.find(({ native_type }) => native_type === 'build.finished');
    }, 'the end of the build is told');
    expect(end.cicd?.pipeline?.run?.result).toBe('cancellation');

    // What has ended is left alone; Buildbot takes the request and does nothing.
    const again = acting('buildbot.cancel-build', api);
    expect((await again.plan(BUILD)).already_done).toBe('The build has already ended (cancelled).');
    expect(await again.send(again.blind(BUILD))).toEqual([200]);

    await server.force('deploy', 'echo released');
    const undone = await responder.undo(run);
    expect(statuses(undone)?.[1]).toBe('buildbot.pause-worker undone');
    expect(await acting('buildbot.pause-worker', api).state(WORKER)).toEqual(before);
    // The one that was cancelled does not come back.
    await says('deploy 2', 'released');
    expect(firstOf(await server.get('/buildrequests/2'), 'buildrequests')).toMatchObject({
      complete: true,
      results: 6,
    });
  });

  test('with a wrong password nothing is done, and it is said', async () => {
    const stranger = await actingOn('buildbot', apiWith('wrong'));
    const run = await stranger.run([['buildbot.pause-worker', WORKER]]);
    await stranger.close();
    expect(run.steps[0]).toMatchObject({ status: 'failed', problem: expect.stringContaining('403') });
    expect(firstOf(await server.get('/workers/1'), 'workers')).toMatchObject({ paused: false });
  });
});

describe.skipIf(missing)('Buildbot that takes orders of anybody', () => {
  test('pauses its worker, and never asks to sign in', async () => {
    const server = await startBuildbot({ environment: {} });
    try {
      const asked: string[] = [];
      const recording: typeof fetch = async (input, init) => {
        asked.push(new URL(`${input}`).pathname);
        return await fetch(input, init);
      };
      const tools = connectTools('any', { fetch: recording });
      const api = buildbot.connect({ url: `http://127.0.0.1:${server.port}`, user: 'any', token: '' }, tools);
      await eventually(() => worker(server), 'the worker is there');
      const responder = await actingOn('buildbot', api);
      const run = await responder.run([['buildbot.pause-worker', WORKER]]);
      expect(statuses(run)).toEqual(['buildbot.pause-worker verified']);
      expect(statuses(await responder.undo(run))).toEqual(['buildbot.pause-worker undone']);
      expect(asked).not.toContain('/auth/login');
      await responder.close();
    } finally {
      await server.stop();
    }
  });

  async function worker(server: BuildbotServer): Promise<true | undefined> {
    const { connected_to } = firstOf(await server.get('/workers/1'), 'workers') ?? {};
    return Array.isArray(connected_to) && connected_to.length > 0 ? true : undefined;
  }
});

function firstOf(answer: unknown, name: string): Record<string, unknown> | undefined {
  const found: unknown = isObject(answer) ? answer[name] : undefined;
  return Array.isArray(found) ? found.filter(isObject)[0] : undefined;
}
