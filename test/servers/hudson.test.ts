// A real Hudson, watched while it builds. Hudson is not Jenkins, which is not to be had here: jobs, builds, their API and
// their consoles are what both have from before 2011. Where Jenkins went its own way its documentation decides, and its
// own answers stand in test/collector/systems/jenkins.test.ts: notes in consoles, folders, `allBuilds`, API tokens. Crumbs
// (https://www.jenkins.io/doc/book/security/csrf-protection/), `whoAmI` and `queue/cancelItem` matter to who changes
// something; reading needs none of them. Events are sent by the test, as the Notification plugin would send them.
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeSecret } from '../helpers/secrets.ts';
import { eventually } from './child.ts';
import { startProxy, type TcpProxy } from './faults/proxy.ts';
import { freePorts } from './free-ports.ts';
import { type HudsonServer, hudsonMissing, startHudson } from './hudson-server.ts';
import { createWatching, numbered, runOf, type Watching } from './watching.ts';

const missing = hudsonMissing();
const token = makeSecret('github-personal-token', 21);
const password = randomBytes(16).toString('hex');

describe.skipIf(missing)(`Hudson${missing ? ` (left out: ${missing})` : ''}`, () => {
  let server: HudsonServer;
  let watching: Watching;
  let network: TcpProxy;
  let hook: string;

  beforeAll(async () => {
    const [port = 0] = await freePorts(1);
    hook = `http://127.0.0.1:${port}/hooks/jenkins`;
    server = await startHudson();
    network = await startProxy(server.port);
    const system = { type: 'jenkins', url: `http://127.0.0.1:${network.port}`, user: 'ci', token: '${env:TOKEN}' };
    const env = { HOOK: password, TOKEN: password };
    watching = await createWatching({ source: 'jenkins.event', port, system, env });
    await server.post('/createItem?name=shop', job(12));
    await watching.start();
  });
  afterAll(async () => {
    await watching?.remove();
    await network?.close();
    await server?.stop();
  });

  test('consoles are read while builds run; what nothing told of is found', async () => {
    await server.post('/job/shop/build?delay=0sec');
    await building(1, true);
    await tell('STARTED');
    await says('shop 1', 'tick 2');
    expect(await isBuilding(1)).toBe(true);
    network.down = true;
    await sleep(2_000);
    network.down = false;
    await says('shop 1', 'tick 7');

    await watching.kill();
    await building(1, false);
    await server.post('/job/shop/config.xml', job(1));
    await server.post('/createItem?name=other', job(1));
    await server.post('/job/shop/build?delay=0sec');
    await building(2, true);
    await building(2, false);
    await server.post('/computer/(master)/toggleOffline?offlineMessage=quarantine');
    await watching.start();
    for (const build of [1, 2]) await expectWhole(build);

    const changed = await eventually(async () => {
      const found = (await watching.activities()).filter(({ source }) => /definition|inventory/.test(source));
      return found.length >= 3 ? found : undefined;
    }, 'what was set otherwise');
    const names = changed.map(
      ({ cicd, native_type }) => `${cicd?.pipeline?.name ?? cicd?.worker?.name} ${native_type}`,
    );
    expect(names.sort()).toEqual(['master runner.changed', 'other definition.added', 'shop definition.changed']);

    const told = (await watching.activities()).filter(({ kind }) => kind === 'run');
    expect(told.map((each) => `${runOf(each)} ${each.native_type}`).sort()).toEqual([
      'shop 1 FINALIZED',
      'shop 1 STARTED',
      'shop 2 FINALIZED',
      'shop 2 STARTED',
    ]);
    // The past has the same builds, and they are the same.
    expect(await watching.backfill()).toEqual([{ name: 'jenkins: builds', records: 4, missing: [] }]);
    expect((await watching.activities()).filter(({ kind }) => kind === 'run')).toHaveLength(4);
    expect(watching.filesWith(token)).toEqual([]);
    expect(watching.filesWith(password)).toEqual([]);
  });

  const isBuilding = async (build: number) => {
    const answer = await server.get(`/job/shop/${build}/api/json?tree=building`).catch(() => undefined);
    return answer === undefined ? undefined : /"building":true/.test(answer);
  };
  const building = (build: number, is: boolean) =>
    eventually(async () => ((await isBuilding(build)) === is ? true : undefined), `build ${build}: ${is}`);
  const says = (run: string, what: string) =>
    eventually(
      async () => ((await watching.lines(run)).some((line) => line.endsWith(` ${what}`)) ? true : undefined),
      `${run} says ${what}`,
    );

  /** What the Notification plugin sends: https://plugins.jenkins.io/notification/ */
  async function tell(phase: string): Promise<void> {
    const full_url = `http://127.0.0.1:${network.port}/job/shop/1/`;
    const build = { full_url, number: 1, phase, url: 'job/shop/1/', timestamp: Date.now() };
    const answer = await fetch(hook, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from(`ci:${password}`).toString('base64')}`,
      },
      body: JSON.stringify({ name: 'shop', url: 'job/shop/', build }),
    });
    expect(answer.status).toBe(200);
  }

  async function expectWhole(build: number): Promise<void> {
    const expected = numbered(await server.get(`/job/shop/${build}/consoleText`));
    expect(expected.some((line) => line.includes(token))).toBe(true);
    const found = await eventually(async () => {
      const lines = await watching.lines(`shop ${build}`);
      return lines.length >= expected.length ? lines : undefined;
    }, `the console of build ${build}`);
    expect(found).toHaveLength(expected.length);
    expect(found.filter((_line, index) => !expected[index]?.includes(token))).toEqual(
      expected.filter((line) => !line.includes(token)),
    );
  }

  function job(ticks: number): string {
    const script = `for i in $(seq 1 ${ticks}); do echo "tick $i"; sleep 1; done; echo "deploying with ${token}"`;
    return `<?xml version='1.0' encoding='UTF-8'?>
<project>
  <builders><hudson.tasks.Shell><command>${script}</command></hudson.tasks.Shell></builders>
</project>`;
  }
});
