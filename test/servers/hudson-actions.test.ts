// A real Hudson, acted on as a Jenkins is: a build is stopped while its console grows, its job is disabled and its node taken
// offline; and all but the build is undone; an agent is deleted. Hudson is not Jenkins: on today's Java a stop ends as FAILURE there, it tells
// no reason for which a node is offline nor whether it is quieting down, and it has no `queue/cancelItem`: of these
// Jenkins' documentation decides, as test/playbooks/jenkins-server.ts answers it. `term` and `kill` are for Pipelines, which
// it never had, and it stores no credentials. A user it deletes by the same call, and makes again as soon as one looks for it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Api, Target } from '../../services/core/action.ts';
import { jenkins } from '../../services/responder/systems/jenkins.ts';
import { connectTools } from '../helpers/connect-tools.ts';
import { acting } from '../playbooks/actions/acting.ts';
import { statuses } from '../responder/support.ts';
import { type ActingOn, actingOn } from './acting-on.ts';
import { eventually } from './child.ts';
import { type HudsonServer, hudsonMissing, startHudson } from './hudson-server.ts';

const missing = hudsonMissing();
const BUILD: Target = { type: 'run', id: 'shop#1', system: 'jenkins' };
const JOB: Target = { type: 'pipeline', id: 'shop', system: 'jenkins' };
const NODE: Target = { type: 'runner', id: 'master', system: 'jenkins' };
const AGENT: Target = { type: 'runner', id: 'linux 1', system: 'jenkins' };
/** What its form for a new agent sends. */
const NEW_AGENT = {
  name: AGENT.id,
  type: 'hudson.slaves.DumbSlave$DescriptorImpl',
  json: JSON.stringify({
    name: AGENT.id,
    nodeDescription: '',
    numExecutors: '1',
    remoteFS: '/tmp/agent',
    labelString: '',
    mode: 'NORMAL',
    type: 'hudson.slaves.DumbSlave$DescriptorImpl',
    retentionStrategy: { 'stapler-class': 'hudson.slaves.RetentionStrategy$Always' },
    nodeProperties: { 'stapler-class-bag': 'true' },
    launcher: { 'stapler-class': 'hudson.slaves.JNLPLauncher' },
  }),
};
const DEFINITION = `<?xml version='1.0' encoding='UTF-8'?>
<project>
  <builders><hudson.tasks.Shell><command>for i in $(seq 1 300); do echo "tick $i"; sleep 1; done</command></hudson.tasks.Shell></builders>
</project>`;

describe.skipIf(missing)(`Hudson, acted on${missing ? ` (left out: ${missing})` : ''}`, () => {
  let server: HudsonServer;
  let responder: ActingOn;
  let api: Api;

  beforeAll(async () => {
    server = await startHudson();
    await server.post('/createItem?name=shop', DEFINITION);
    const url = `http://127.0.0.1:${server.port}/`;
    const tools = connectTools('any');
    api = jenkins.connect({ url, user: 'ci', token: '' }, tools);
    responder = await actingOn('jenkins', api);
  });
  afterAll(async () => {
    await responder?.close();
    await server?.stop();
  });

  const stateOf = (id: string, target: Target) => acting(id, api).state(target);
  const says = (what: string) =>
    eventually(async () => {
      const text = await server.get('/job/shop/1/logText/progressiveText?start=0').catch(() => '');
      return text.split(/\r?\n/).includes(what) ? true : undefined;
    }, `the console says ${what}`);

  test('a build is stopped while its console grows, and what was done around it is undone', async () => {
    await server.post('/job/shop/build?delay=0sec');
    await says('tick 2');
    const before = {
      node: await stateOf('jenkins.take-agent-offline', NODE),
      job: await stateOf('jenkins.disable-job', JOB),
    };
    expect(before).toEqual({ node: { offline: false, ours: false }, job: { buildable: true } });

    const run = await responder.run([
      ['jenkins.take-agent-offline', NODE],
      ['jenkins.stop-build', BUILD],
      ['jenkins.disable-job', JOB],
    ]);
    expect(statuses(run)).toEqual([
      'jenkins.take-agent-offline verified',
      'jenkins.stop-build verified',
      'jenkins.disable-job verified',
    ]);
    expect(run.steps[0]?.plan?.blast_radius).toContain('Builds that run on it at this moment: 1.');
    expect(JSON.parse(await server.get('/job/shop/1/api/json?tree=building,result'))).toMatchObject({
      building: false,
      result: expect.stringMatching(/^(?:ABORTED|FAILURE)$/),
    });
    expect(JSON.parse(await server.get('/computer/(master)/api/json?tree=temporarilyOffline'))).toMatchObject({
      temporarilyOffline: true,
    });
    expect((await acting('jenkins.stop-build', api).plan(BUILD)).already_done).toContain('has already ended');

    const undone = await responder.undo(run);
    expect(statuses(undone)).toEqual([
      'jenkins.take-agent-offline undone',
      'jenkins.stop-build verified',
      'jenkins.disable-job undone',
    ]);
    expect({
      node: await stateOf('jenkins.take-agent-offline', NODE),
      job: await stateOf('jenkins.disable-job', JOB),
    }).toEqual(before);
  });

  test('an agent is deleted, once', async () => {
    await server.post(`/computer/doCreateItem?${new URLSearchParams(NEW_AGENT)}`);
    const act = acting('jenkins.delete-agent', api);
    const plan = await act.plan(AGENT);
    expect(plan.before).toEqual({ exists: true });
    expect(await act.send(plan)).toEqual([302]);
    expect(await act.send(plan)).toEqual([404]);
    expect(await act.holds(AGENT)).toBe(true);
  });

  test('what waits in its queue is seen; a server that takes nothing out of it is not believed to have', async () => {
    await server.post('/job/shop/build?delay=600sec');
    const act = acting('jenkins.cancel-queued', api);
    const plan = await eventually(async () => {
      const made = await act.plan(JOB);
      return made.requests.length > 0 ? made : undefined;
    }, 'a build waits');
    expect(plan.requests.map(({ path }) => path)).toEqual([expect.stringMatching(/^\/queue\/cancelItem\?id=\d+$/)]);
    expect(await act.send(plan)).toEqual([404]);
    expect(await act.holds(JOB)).toBe(false);
  });
});
