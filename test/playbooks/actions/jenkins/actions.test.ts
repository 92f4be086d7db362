// The actions of Jenkins against a Jenkins that keeps state: plan, send, verify, undo, and what may go wrong.
import { readdir } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../../../playbooks/actions/index.ts';
import type { ActionPlan, Target } from '../../../../services/core/action.ts';
import { systemClock } from '../../../../services/core/clock.ts';
import { PipewardenError } from '../../../../services/core/errors.ts';
import { LEASE_MS } from '../../../../services/responder/lease.ts';
import { handClock, openSite, statuses } from '../../../responder/support.ts';
import { mortal, readRun, workerOf } from '../../../responder/workers.ts';
import { type JenkinsServer, startJenkins } from '../../jenkins-server.ts';
import { acting, codeOf } from '../acting.ts';
import { newRun } from '../new-run.ts';

const BUILD: Target = { type: 'run', id: 'shop/web/feature%2Fx#12', system: 'jenkins' };
const JOB: Target = { type: 'pipeline', id: 'shop/web/feature%2Fx', system: 'jenkins' };
const AGENT: Target = { type: 'runner', id: 'linux 1', system: 'jenkins' };
const SYSTEM: Target = { type: 'system', id: 'jenkins' };
const STORE = '/job/shop/credentials/store/folder/domain/_';
const CREDENTIAL: Target = { type: 'credential', id: 'deploy-key', store: STORE };
const USER: Target = { type: 'actor', id: 'Mara Lind', account: 'mara' };
const PATH = '/job/shop/job/web/job/feature%252Fx';
const KEPT = 'job/shop/job/web/job/feature%2Fx';

let jenkins: JenkinsServer;

beforeEach(async () => {
  jenkins = await startJenkins();
  jenkins.builds.set(`${KEPT}/12`, { building: true, result: null });
  jenkins.jobs.set(KEPT, { buildable: true, color: 'blue_anime', downstreamProjects: [{ name: 'deploy' }] });
  jenkins.queue.set(41, KEPT).set(42, 'job/other').set(43, `${KEPT}`).set(44, `${KEPT}/11`);
  jenkins.agents.set('linux 1', { displayName: 'linux 1', reason: null });
  jenkins.agents.set('(built-in)', { displayName: 'Built-In Node', reason: null });
  jenkins.agents.set('(master)', { displayName: 'Built-In Node', reason: null });
  jenkins.tokens.set('mara', 2);
  jenkins.sessions.add('mara');
  jenkins.credentials.add(`${STORE.slice(1)} deploy-key`).add(`${STORE.slice(1)} other`);
});
afterEach(async () => {
  await jenkins.web.close();
});

const act = (id: string) => acting(`jenkins.${id}`, jenkins.api);
const requests = ({ requests: all }: ActionPlan) => all.map(({ accepts: _, ...request }) => request);
const lines = ({ requests: all }: ActionPlan) => all.map(({ method, path }) => `${method} ${path}`);

describe('a build', () => {
  test.each([
    ['stop-build', 'stop'],
    ['terminate-build', 'term'],
    ['kill-build', 'kill'],
  ])('%s ends it once, however often it is asked for', async (id, call) => {
    const plan = await act(id).plan(BUILD);
    expect(requests(plan)).toEqual([{ method: 'POST', path: `${PATH}/12/${call}` }]);
    expect(plan.before).toEqual({ building: true, result: null });
    expect(await act(id).send(plan)).toEqual([302]);
    expect(await act(id).send(plan)).toEqual([302]);
    expect(await act(id).holds(BUILD)).toBe(true);
    expect(jenkins.effects).toEqual([`${call} ${KEPT}/12`]);
    expect((await act(id).plan(BUILD)).already_done).toBe('The build has already ended (aborted).');
  });
});

describe('what waits of a job', () => {
  test('is cancelled, and nothing of others; what has begun meanwhile is no failure', async () => {
    const plan = await act('cancel-queued').plan(JOB);
    expect(lines(plan)).toEqual(['POST /queue/cancelItem?id=41', 'POST /queue/cancelItem?id=43']);
    jenkins.queue.delete(43);
    expect(await act('cancel-queued').send(plan)).toEqual([204, 404]);
    expect(await act('cancel-queued').send(plan)).toEqual([404, 404]);
    expect(await act('cancel-queued').holds(JOB)).toBe(true);
    expect([...jenkins.queue.keys()]).toEqual([42, 44]);
    expect(jenkins.effects).toEqual(['cancelled 41']);
  });

  test('of a job that is known by a run alone too', async () => {
    const plan = await act('cancel-queued').plan({ type: 'pipeline', id: 'workflow of run x', run: BUILD.id });
    expect(plan.requests).toHaveLength(2);
  });
});

describe('what can be undone', () => {
  const aimed = [
    { id: 'disable-job', target: JOB, there: [`POST ${PATH}/disable`], effects: [`disable ${KEPT}`, `enable ${KEPT}`] },
    {
      id: 'take-agent-offline',
      target: AGENT,
      there: ['POST /computer/linux%201/toggleOffline'],
      effects: ['offline linux 1', 'online linux 1'],
    },
    { id: 'quiet-down', target: SYSTEM, there: ['POST /quietDown'], effects: ['quietDown', 'cancelQuietDown'] },
  ];

  test.each(aimed)('$id goes there and back', async ({ id, target, there, effects }) => {
    const plan = await act(id).plan(target);
    expect(lines(plan)).toEqual(there);
    expect(jenkins.effects).toEqual([]);
    await act(id).send(plan);
    expect(await act(id).holds(target)).toBe(true);
    expect((await act(id).plan(target)).requests).toEqual([]);
    expect(await act(id).undo(target, plan)).toBe(1);
    expect(await act(id).state(target)).toEqual(plan.before);
    expect(jenkins.effects).toEqual(effects);
  });

  test('says whom it touches at this moment', async () => {
    expect((await act('disable-job').plan(JOB)).blast_radius.slice(2)).toEqual([
      'A build of it runs at this moment.',
      'A build of it waits in the queue.',
      'Jobs that start after it, and now do not: 1.',
    ]);
    const offline = await act('take-agent-offline').plan(AGENT);
    expect(offline.blast_radius).toContain('Builds that run on it at this moment: 1.');
  });

  test('an agent that somebody else took offline stays so', async () => {
    jenkins.agents.set('linux 1', { displayName: 'linux 1', reason: 'new disk' });
    const before = await act('take-agent-offline').plan(AGENT);
    expect(before.already_done).toBe('The agent is offline.');
    expect(await act('take-agent-offline').undo(AGENT, before)).toBe(0);

    jenkins.agents.set('linux 1', { displayName: 'linux 1', reason: null });
    const plan = await act('take-agent-offline').plan(AGENT);
    await act('take-agent-offline').send(plan);
    jenkins.agents.set('linux 1', { displayName: 'linux 1', reason: 'new disk' });
    expect(await act('take-agent-offline').undo(AGENT, plan)).toBe(0);
  });

  test('its own node has its own address, and none that took its name is meant', async () => {
    const plan = await act('take-agent-offline').plan({ ...AGENT, id: 'Built-In Node' });
    expect(lines(plan)).toEqual(['POST /computer/(built-in)/toggleOffline']);
    expect(await codeOf(act('take-agent-offline').plan({ ...AGENT, id: 'master' }))).toBe('API_UNEXPECTED operator');
  });

  test('what is no job that can be disabled is told apart', async () => {
    jenkins.web.before = () => ({ status: 200, body: { name: 'a folder' } });
    expect(await codeOf(act('disable-job').plan(JOB))).toBe('API_UNEXPECTED operator');
  });
});

test('a stored credential is removed from its folder', async () => {
  const plan = await act('remove-credential').plan(CREDENTIAL);
  expect(lines(plan)).toEqual([`DELETE ${STORE}/credential/deploy-key/config.xml`]);
  expect(await act('remove-credential').send(plan)).toEqual([200]);
  expect(await act('remove-credential').send(plan)).toEqual([404]);
  expect(await act('remove-credential').holds(CREDENTIAL)).toBe(true);
  expect(jenkins.effects).toEqual(['removed deploy-key']);
});

test('what Jenkins shows nobody is revoked once, and never said to have been seen', async () => {
  const plan = await act('revoke-tokens').plan(USER);
  expect(lines(plan)).toEqual(['POST /user/mara/descriptorByName/jenkins.security.ApiTokenProperty/revokeAll']);
  await act('revoke-tokens').send(plan);
  await act('revoke-tokens').send(plan);
  expect(await act('revoke-tokens').holds(USER)).toBe(false);
  expect(jenkins.effects).toEqual(['revoked tokens of mara']);

  jenkins.tokens.set('mara', 1);
  const site = await openSite();
  const run = await newRun(site, 'jenkins.revoke-tokens', USER, 'unseen');
  await workerOf(site, jenkins.api, systemClock, 'jenkins')('responder')(run);
  const after = await readRun(site, run);
  expect(statuses(after)).toEqual(['jenkins.revoke-tokens verified']);
  expect(after.audit.find(({ action }) => action === 'action.verified')?.detail).toMatchObject({ seen: false });
  await site.close();
});

test('sessions are ended once, and never said to have been seen', async () => {
  const plan = await act('drop-sessions').plan(USER);
  expect(lines(plan)).toEqual([
    'POST /user/mara/descriptorByName/jenkins.security.seed.UserSeedProperty/renewSessionSeed',
  ]);
  await act('drop-sessions').send(plan);
  await act('drop-sessions').send(plan);
  expect(await act('drop-sessions').holds(USER)).toBe(false);
  expect(jenkins.effects).toEqual(['ended sessions of mara']);
});

test.each([
  {
    id: 'delete-user',
    target: USER,
    there: 'POST /securityRealm/user/mara/doDelete',
    effect: 'securityRealm/user/mara',
  },
  { id: 'delete-agent', target: AGENT, there: 'POST /computer/linux%201/doDelete', effect: 'computer/linux 1' },
])('$id deletes once, however often it is asked for', async ({ id, target, there, effect }) => {
  const plan = await act(id).plan(target);
  expect(lines(plan)).toEqual([there]);
  expect(await act(id).send(plan)).toEqual([302]);
  expect(await act(id).send(plan)).toEqual([404]);
  expect(await act(id).holds(target)).toBe(true);
  expect((await act(id).plan(target)).requests).toEqual([]);
  expect(jenkins.effects).toEqual([`deleted ${effect}`]);
});

describe('a user', () => {
  test('is not deleted where Jenkins keeps none itself, nor if Pipewarden acts as it', async () => {
    expect(await codeOf(act('delete-user').plan({ ...USER, account: 'CI' }))).toBe('TARGET_INVALID give-up');
    jenkins.realm = false;
    expect(await codeOf(act('delete-user').plan(USER))).toBe('TARGET_INVALID give-up');
    expect(jenkins.effects).toEqual([]);
  });

  test('is not taken for another who is called so in full', async () => {
    jenkins.web.before = (line) => (line.includes('/user/mara') ? { status: 200, body: { id: 'eve' } } : undefined);
    for (const id of ['revoke-tokens', 'drop-sessions']) {
      expect(await codeOf(act(id).plan(USER))).toBe('API_UNEXPECTED operator');
    }
    expect((await act('delete-user').plan(USER)).already_done).toBe('Jenkins has no such user.');
  });

  test('may have an e-mail address as its id', () => {
    const plan = act('drop-sessions').blind({ ...USER, account: 'mara@example.org' });
    expect(plan.requests[0]?.path).toMatch(/^\/user\/mara%40example\.org\//);
  });
});

test('builds that run on an agent that is to be deleted are said', async () => {
  expect((await act('delete-agent').plan(AGENT)).blast_radius).toContain('Builds run on it at this moment.');
});

test.each(['before', 'after'] as const)(
  'a toggle is thrown once when its worker dies %s any effect',
  async (moment) => {
    const site = await openSite();
    const clock = handClock();
    for (let n = 1; ; n++) {
      jenkins.agents.set('linux 1', { displayName: 'linux 1', reason: null });
      jenkins.effects.length = 0;
      const run = await newRun(site, 'jenkins.take-agent-offline', AGENT, `${moment}-${n}`);
      const parts = mortal(site, jenkins.api, n, moment);
      const worker = workerOf(site, jenkins.api, clock, 'jenkins');
      await worker('first', parts)(run).catch(() => undefined);
      clock.pass(LEASE_MS);
      await worker('second')(run);
      const after = statuses(await readRun(site, run));
      expect({ n, after, effects: jenkins.effects }).toEqual({
        n,
        after: ['jenkins.take-agent-offline verified'],
        effects: ['offline linux 1'],
      });
      if (!parts.dead()) break;
    }
    await site.close();
  },
);

describe('every action', () => {
  const aimed = [
    { id: 'stop-build', target: BUILD },
    { id: 'terminate-build', target: BUILD },
    { id: 'kill-build', target: BUILD },
    { id: 'cancel-queued', target: JOB },
    { id: 'disable-job', target: JOB },
    { id: 'take-agent-offline', target: AGENT },
    { id: 'quiet-down', target: SYSTEM },
    { id: 'remove-credential', target: CREDENTIAL },
    { id: 'revoke-tokens', target: USER },
    { id: 'drop-sessions', target: USER },
    { id: 'delete-user', target: USER },
    { id: 'delete-agent', target: AGENT },
  ];

  test.each(aimed)('$id plans without a credential, sends nothing, and says so', ({ id, target }) => {
    const plan = act(id).blind(target);
    expect(plan.requests).toHaveLength(1);
    expect(plan.blast_radius).toContain('The state was not read: there is no credential for jenkins.');
    expect(jenkins.web.requests).toEqual([]);
  });

  test.each(aimed)('$id says what became of a call that Jenkins does not take', async ({ id, target }) => {
    const plan = await act(id).plan(target);
    const answers = [
      { status: 401, code: 'API_REFUSED operator' },
      { status: 403, code: 'API_REFUSED operator' },
      { status: 409, code: 'API_REFUSED operator' },
      { status: 422, code: 'API_REFUSED operator' },
      { status: 429, headers: { 'retry-after': '60' }, code: 'API_BUSY retry' },
      { status: 500, code: 'API_BUSY retry' },
    ];
    for (const { code, ...answer } of answers) {
      jenkins.web.before = () => answer;
      expect(await codeOf(act(id).send(plan))).toBe(code);
      expect(await codeOf(act(id).state(target))).toBe(code);
    }
    jenkins.web.before = () => ({ status: 404 });
    expect(await codeOf(act(id).state(target))).toBe('API_REFUSED operator');
    // A page in place of an answer.
    jenkins.web.before = () => ({ status: 200 });
    expect(await codeOf(act(id).state(target))).toBe('API_UNEXPECTED operator');
    expect(jenkins.effects).toEqual([]);
  });

  const away = { ...CREDENTIAL, store: '/job/../credentials/store/system/domain/_' };
  test.each([
    { id: 'stop-build', target: { ...BUILD, id: 'shop' } },
    { id: 'stop-build', target: { ...BUILD, id: 'shop#0' } },
    { id: 'stop-build', target: { ...BUILD, id: 'shop#12/../../..' } },
    { id: 'stop-build', target: { ...BUILD, id: '../shop#12' } },
    { id: 'stop-build', target: { ...BUILD, id: 'shop//x#12' } },
    { id: 'stop-build', target: { ...BUILD, id: 'shop?a=b#12' } },
    { id: 'disable-job', target: { ...JOB, id: 'a\nb' } },
    { id: 'disable-job', target: { ...JOB, id: '' } },
    { id: 'disable-job', target: { ...JOB, run: 'shop' } },
    { id: 'cancel-queued', target: { ...JOB, id: 'shop;a=b' } },
    { id: 'cancel-queued', target: { ...JOB, id: Array.from({ length: 21 }).fill('a').join('/') } },
    { id: 'take-agent-offline', target: { ...AGENT, id: '..' } },
    { id: 'take-agent-offline', target: { ...AGENT, id: 'a/b' } },
    { id: 'take-agent-offline', target: { ...AGENT, id: '' } },
    { id: 'remove-credential', target: { type: 'credential', id: 'deploy-key' } as const },
    { id: 'remove-credential', target: { ...CREDENTIAL, id: 'a/../b' } },
    { id: 'remove-credential', target: { ...CREDENTIAL, store: '/credentials/store/system/domain/..' } },
    { id: 'remove-credential', target: { ...CREDENTIAL, store: `${STORE}?x` } },
    { id: 'remove-credential', target: away },
    { id: 'revoke-tokens', target: { type: 'actor', id: 'mara' } as const },
    { id: 'revoke-tokens', target: { ...USER, account: '../user/admin' } },
    { id: 'revoke-tokens', target: { ...USER, account: '' } },
    { id: 'drop-sessions', target: { ...USER, account: 'a?b' } },
    { id: 'delete-user', target: { ...USER, account: '..' } },
    { id: 'delete-user', target: { type: 'actor', id: 'mara' } as const },
    { id: 'delete-agent', target: { ...AGENT, id: '../job/x' } },
    { id: 'delete-agent', target: { ...AGENT, id: 'Built-In Node' } },
    { id: 'delete-agent', target: { ...AGENT, id: 'master' } },
  ])('$id refuses a name that was made to mislead: $target', async ({ id, target }) => {
    expect(await codeOf(act(id).plan(target))).toBe('TARGET_INVALID give-up');
    expect(() => act(id).blind(target)).toThrow(PipewardenError);
    expect(jenkins.web.requests).toEqual([]);
  });

  test('the list holds one action for each file, named after it', async () => {
    const files = await readdir(new URL('../../../../playbooks/actions/jenkins', import.meta.url));
    const named = files.filter((file) => !['paths.ts', 'build.ts', 'user.ts'].includes(file));
    const ids = [...ACTIONS.values()].flatMap(({ id, system }) => (system === 'jenkins' ? [id] : []));
    expect(ids.sort()).toEqual(named.map((file) => `jenkins.${file.replace(/\.ts$/, '')}`).sort());
  });
});
