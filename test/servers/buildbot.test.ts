// A real Buildbot, watched while it builds: through an outage of the network, of Pipewarden, and of Buildbot itself.
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isObject } from '../../services/core/json.ts';
import { makeSecret } from '../helpers/secrets.ts';
import { type BuildbotServer, buildbotMissing, startBuildbot } from './buildbot-server.ts';
import { eventually } from './child.ts';
import { startProxy, type TcpProxy } from './faults/proxy.ts';
import { freePorts } from './free-ports.ts';
import { createWatching, numbered, runOf, type Watching } from './watching.ts';

const missing = buildbotMissing();
const token = makeSecret('github-personal-token', 11);
const password = randomBytes(16).toString('hex');

describe.skipIf(missing)(`Buildbot${missing ? ` (left out: ${missing})` : ''}`, () => {
  let server: BuildbotServer;
  let watching: Watching;
  /** The two ways that there are between them. */
  let asking: TcpProxy;
  let pushing: TcpProxy;

  beforeAll(async () => {
    const [port = 0] = await freePorts(1);
    pushing = await startProxy(port);
    const hook = { url: `http://127.0.0.1:${pushing.port}/hooks/buildbot`, user: 'ci', password };
    server = await startBuildbot({ hook, environment: { DEPLOY_TOKEN: token } });
    asking = await startProxy(server.port);
    const system = { type: 'buildbot', url: `http://127.0.0.1:${asking.port}` };
    watching = await createWatching({ source: 'buildbot.webhook', port, system, env: { HOOK: password } });
    await watching.start();
  });
  afterAll(async () => {
    await watching?.remove();
    await server?.stop();
    await Promise.all([asking?.close(), pushing?.close()]);
  });

  const says = (run: string, what: string) =>
    eventually(
      async () => ((await watching.lines(run)).some((line) => line.endsWith(` ${what}`)) ? true : undefined),
      `${run} says ${what}`,
    );
  const isOver = async (build: number) => {
    const answer = await server.get(`/builds/${build}`);
    return firstOf(answer, 'builds')?.complete === true;
  };

  test('nothing is missing and no line comes twice, whatever is away meanwhile', async () => {
    // What it prints after it was started again is short.
    const ticks = 'n=40; [ -e again ] && n=2; touch again; for i in $(seq 1 $n); do echo "tick $i"; sleep 1; done';
    await server.force('ci', ticks);
    await says('ci 1', 'tick 2');
    expect(await isOver(1)).toBe(false);

    asking.down = pushing.down = true;
    await sleep(3_000);
    asking.down = pushing.down = false;
    await says('ci 1', 'tick 8');
    expect(await isOver(1)).toBe(false);

    await watching.kill();
    await server.force('deploy', 'echo "deploying with $DEPLOY_TOKEN"; echo done');
    await eventually(async () => ((await isOver(2)) ? true : undefined), 'the second build ends');
    await watching.start();
    await says('deploy 2', 'done');

    await server.crash();
    await says('ci 3', 'tick 2');
    for (const build of [1, 2, 3]) await expectWhole(build, build === 2 ? 'deploy' : 'ci');
    // That the first one ended with Buildbot itself, nothing has pushed; nor does it push what becomes of its workers.
    await server.call('/workers/1', 'pause', { reason: 'quarantine' });
    await watching.kill();
    await watching.start();
    for (const run of ['ci 1', 'deploy 2', 'ci 3']) {
      const found = await eventually(async () => {
        const all = await told(run);
        return all.length > 1 ? all : undefined;
      }, `the end of ${run}`);
      expect(found).toEqual(['build.finished', 'build.started']);
    }
    const paused = await eventually(async () => {
      const all = await watching.activities();
      return all.findLast(
        ({ native_type, cicd }) => native_type === 'runner.changed' && cicd?.worker?.name === 'worker-1',
      );
    }, 'the worker is paused');
    expect(paused.record).toMatchObject({ after: { paused: true, reason: 'quarantine' } });

    // The past has the same builds, and they are the same.
    expect(await watching.backfill()).toEqual([{ name: 'buildbot: builds', records: 6, missing: [] }]);
    expect((await watching.activities()).filter(({ kind }) => kind === 'run')).toHaveLength(6);

    const setup = (await watching.activities()).find((each) => each.kind === 'setup' && runOf(each) === 'ci 1');
    expect(setup).toMatchObject({ cicd: { worker: { name: 'worker-1' } } });
    expect(await server.raw('/logs/1/raw')).toContain(token);
    expect(watching.filesWith(token)).toEqual([]);
    expect(watching.filesWith(password)).toEqual([]);
    expect(watching.err()).not.toContain(token);
  });

  async function told(run: string): Promise<readonly string[]> {
    const found = (await watching.activities()).filter((each) => each.kind === 'run' && runOf(each) === run);
    return found.map(({ native_type }) => native_type).sort();
  }

  /** What we have of a build's log is what Buildbot has, but for the secret. */
  async function expectWhole(build: number, builder: string): Promise<void> {
    const steps = list(await server.get(`/builds/${build}/steps?order=number`), 'steps');
    let text = '';
    for (const { stepid } of steps) {
      for (const { logid } of list(await server.get(`/steps/${stepid}/logs`), 'logs')) {
        const raw = await server.raw(`/logs/${logid}/raw`);
        // It begins each with the same three lines.
        text += text === '' ? raw : raw.split('\n').slice(3).join('\n');
      }
    }
    const expected = numbered(text);
    await eventually(
      async () => ((await watching.lines(`${builder} ${build}`)).length >= expected.length ? true : undefined),
      `the log of build ${build}`,
    );
    const found = await watching.lines(`${builder} ${build}`);
    expect(found.filter((_line, index) => !expected[index]?.includes(token))).toEqual(
      expected.filter((line) => !line.includes(token)),
    );
    expect(found).toHaveLength(expected.length);
  }
});

function list(answer: unknown, name: string): readonly Record<string, unknown>[] {
  const found: unknown = isObject(answer) ? answer[name] : undefined;
  return Array.isArray(found) ? found.filter(isObject) : [];
}

function firstOf(answer: unknown, name: string): Record<string, unknown> | undefined {
  return list(answer, name)[0];
}
