// What stands between a plan and its first request.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cancelRun } from '../../playbooks/actions/github/cancel-run.ts';
import { ACTIONS } from '../../playbooks/actions/index.ts';
import type { Change, Target } from '../../services/core/action.ts';
import { HOUR } from '../../services/core/time.ts';
import { createFreezer } from '../../services/responder/freeze.ts';
import { createGuard } from '../../services/responder/guards.ts';
import { isWithin } from '../../services/responder/hours.ts';
import { giveOrder } from '../../services/responder/orders.ts';
import { planContainment } from '../../services/responder/plan.ts';
import { isProtected, modeFor, OPEN_POLICY, type Policy } from '../../services/responder/policy.ts';
import { createRun, type RunDocument } from '../../services/responder/run.ts';
import { type GithubServer, startGithub } from '../playbooks/github-server.ts';
import { ANYBODY, attack, CONTAIN, handClock, openSite, type Site, statuses, stepOf } from './support.ts';
import { readRun, workerOf } from './workers.ts';

let site: Site;
let github: GithubServer;
let clock: ReturnType<typeof handClock>;
let folder: string;

beforeEach(async () => {
  site = await openSite();
  github = await startGithub();
  clock = handClock();
  folder = await mkdtemp(join(tmpdir(), 'guards-'));
});
afterEach(async () => {
  await site.close();
  await github.close();
  await rm(folder, { recursive: true });
});

async function newRun(incident: string, number = 42): Promise<RunDocument> {
  github.runs.set(`acme/shop/${number}`, { status: 'in_progress', conclusion: null });
  github.workflows.set('acme/shop/ci.yml', 'active');
  const named = attack({
    id: incident,
    entities: [
      { type: 'repository', id: 'acme/shop' },
      { type: 'run', id: `acme/shop/${number}` },
      { type: 'pipeline', id: 'acme/shop:.github/workflows/ci.yml' },
    ],
  });
  const run = createRun(named, planContainment(named, [CONTAIN], ACTIONS), 'act', clock.now());
  await site.store.put('run', run.id, run, 'absent');
  return run;
}

function work(run: RunDocument, policy: Partial<Policy> = {}) {
  const freezer = createFreezer(folder, site.store);
  const guard = createGuard({ policy: { ...OPEN_POLICY, ...policy }, freezer, store: site.store, clock });
  return workerOf(site, github.api, clock)('only', { guard })(run);
}

const approve = (run: RunDocument) =>
  giveOrder({ ...site, clock, deciders: ANYBODY }, run.id, {
    kind: 'approve',
    by: 'ann',
    reason: 'seen',
    channel: 'command',
  });

describe('the global stop', () => {
  const STOP = { by: 'bob', reason: 'a release', time: '2026-03-01T10:00:00Z' };

  test.each(['file', 'store'] as const)(
    'of the %s alone: nothing is sent, and a person decides afterwards',
    async (place) => {
      const run = await newRun('incident-1');
      const freezer = place === 'file' ? createFreezer(folder, undefined) : createFreezer(undefined, site.store);
      await freezer.set(STOP);
      await work(run);
      expect(github.effects).toEqual([]);
      expect((await readRun(site, run)).steps[0]).toMatchObject({
        status: 'waiting',
        approval: { people: 1 },
        problem: 'everything is stopped by bob: a release',
      });
      // Agreed to too early: it holds.
      await approve(run);
      await work(run);
      expect(github.effects).toEqual([]);
      await freezer.set(undefined);
      await approve(run);
      await work(run);
      expect(statuses(await readRun(site, run))).toEqual([
        'github.cancel-run verified',
        'github.disable-workflow verified',
      ]);
    },
  );

  test('holds for what was tried before too: it is looked at, and not sent again', async () => {
    const run = await newRun('incident-1');
    github.before = (line) => (line.startsWith('POST') ? { status: 503 } : undefined);
    await work(run).catch(() => undefined);
    github.before = () => undefined;
    await createFreezer(folder, undefined).set(STOP);
    await work(run);
    expect((await readRun(site, run)).steps[0]).toMatchObject({ status: 'waiting' });
    expect(github.requests.filter((line) => line.startsWith('POST'))).toHaveLength(1);
  });

  test('that cannot be asked for is taken for set: nothing is sent', async () => {
    const run = await newRun('incident-1');
    const away = { ...site.store, get: () => Promise.reject(new Error('no store')) };
    const parts = { policy: OPEN_POLICY, store: site.store, clock };
    const guard = createGuard({ ...parts, freezer: createFreezer(undefined, away) });
    await expect(workerOf(site, github.api, clock)('only', { guard })(run)).rejects.toThrow('no store');
    expect(github.effects).toEqual([]);
  });

  test('is told where it could not be set, and holds whatever its file says', async () => {
    const broken = { ...site.store, put: () => Promise.reject(new Error('no store')) };
    expect(await createFreezer(folder, broken).set(STOP)).toEqual({ store: 'no store' });
    expect(await createFreezer(folder, site.store).frozen()).toEqual(STOP);
    await writeFile(join(folder, 'frozen'), '');
    expect(await createFreezer(folder, site.store).frozen()).toMatchObject({ by: 'somebody' });
  });
});

test('what is protected is not touched, whoever agrees', async () => {
  const run = await newRun('incident-1');
  await work(run, { protected: ['pipeline:acme/*'] });
  expect(statuses(await readRun(site, run))).toEqual(['github.cancel-run verified', 'github.disable-workflow skipped']);
  expect(github.effects).toEqual(['cancelled acme/shop/42']);
});

test('a protected account is not cut off by its credentials, nor where another name is told of it', async () => {
  const policy = { ...OPEN_POLICY, protected: ['actor:github:break-glass', 'actor:gitlab#42'] };
  const guard = createGuard({ policy, freezer: createFreezer(folder, undefined), store: site.store, clock });
  const objection = async (target: Target) => {
    const [step] = createRun(attack(), [stepOf(cancelRun, target)], 'act', clock.now()).steps;
    return step && (await guard(step))?.kind;
  };
  const token = { type: 'credential', id: 'SHA256:x', system: 'github' } as const;
  expect(await objection({ ...token, account: 'Break-Glass' })).toBe('never');
  expect(await objection({ type: 'actor', id: 'ann@acme.example', system: 'github', account: 'break-glass' })).toBe(
    'never',
  );
  expect(await objection({ ...token, system: 'gitlab', account: 'ann', account_id: '42' })).toBe('never');
  expect(await objection({ ...token, account: 'ann' })).toBeUndefined();
});

test('who writes the store chooses no requests: what is sent again is what the action sends', async () => {
  const run = await newRun('incident-1');
  github.before = (line) => (line.startsWith('POST') ? { status: 503 } : undefined);
  await work(run).catch(() => undefined);
  github.before = () => undefined;
  const stored = await readRun(site, run);
  const strike: Change = { method: 'DELETE', path: '/repos/acme/shop', accepts: [204] };
  const forged = stored.steps.map((step) =>
    step.plan ? { ...step, plan: { ...step.plan, requests: [strike] } } : step,
  );
  await site.store.put('run', run.id, { ...stored, steps: forged }, 'any');
  await work(run);
  expect(github.requests.filter((line) => line.startsWith('DELETE'))).toEqual([]);
  expect(statuses(await readRun(site, run))).toEqual([
    'github.cancel-run verified',
    'github.disable-workflow verified',
  ]);
});

test.each([
  'github.disable-workflow',
  'github.quarantine-runner',
  'github.remove-runner',
  'github.cut-runner-group',
  'gitlab.revoke-token',
])('a state that comes back from the store does not lead %s elsewhere', (id) => {
  const place = { system: 'github', organization: 'acme', repository: 'acme/shop', run: 'acme/shop/42' };
  const runner: Target = { ...place, type: 'runner', id: 'linux-1', runner_group: 'builders' };
  const target: Target = id === 'gitlab.revoke-token' ? { type: 'credential', id: 'PersonalAccessToken/31' } : runner;
  for (const path of [
    '/repos/acme/victim',
    '/orgs/acme/actions/runners/../../../repos/acme/victim',
    '/repos/acme/../x/actions/workflows/7',
  ]) {
    const paths = ACTIONS.get(id)
      ?.intend(target, { path, state: 'active', open: true, labels: [] })
      .changes.map((change) => change.path);
    expect(paths).toHaveLength(1);
    expect(paths?.filter((each) => each.startsWith(path))).toEqual([]);
  }
});

test('only so much is done unasked within an hour, of all and of one target', async () => {
  const first = await newRun('incident-1', 42);
  await work(first, { per_hour: 3 });
  const second = await newRun('incident-2', 43);
  await work(second, { per_hour: 3 });
  expect(statuses(await readRun(site, second))).toEqual([
    'github.cancel-run verified',
    'github.disable-workflow waiting',
  ]);
  await approve(second);
  await work(second, { per_hour: 3 });
  expect(statuses(await readRun(site, second))?.[1]).toBe('github.disable-workflow verified');

  const third = await newRun('incident-3', 44);
  await work(third, { per_target: 2 });
  expect(statuses(await readRun(site, third))).toEqual([
    'github.cancel-run verified',
    'github.disable-workflow waiting',
  ]);
  clock.pass(2 * HOUR);
  const fourth = await newRun('incident-4', 45);
  await work(fourth, { per_hour: 3, per_target: 2 });
  expect(statuses(await readRun(site, fourth))).toEqual([
    'github.cancel-run verified',
    'github.disable-workflow verified',
  ]);
});

test('a clock that is set back loosens no limit', async () => {
  const first = await newRun('incident-1', 42);
  await work(first, { per_hour: 2 });
  clock.pass(-24 * HOUR);
  const second = await newRun('incident-2', 43);
  await work(second, { per_hour: 2 });
  expect(statuses(await readRun(site, second))).toEqual([
    'github.cancel-run waiting',
    'github.disable-workflow waiting',
  ]);
});

describe('modes', () => {
  test('the first rule that fits decides', () => {
    const policy: Policy = {
      ...OPEN_POLICY,
      rules: [
        { mode: 'observe', entities: ['repository:acme/legacy-*'] },
        { mode: 'approve', severity: 'high' },
        { mode: 'suggest', playbooks: ['freeze-branch'] },
      ],
    };
    const named = (id: string) => [{ type: 'repository' as const, id }];
    expect(modeFor(policy, CONTAIN, attack({ entities: named('acme/legacy-a') }), 0)).toBe('observe');
    expect(modeFor(policy, CONTAIN, attack({ entities: named('acme/shop') }), 0)).toBe('approve');
    expect(modeFor(policy, CONTAIN, attack({ severity: 'critical' }), 0)).toBe('automatic');
    expect(modeFor(policy, { ...CONTAIN, id: 'freeze-branch' }, attack({ severity: 'critical' }), 0)).toBe('suggest');
  });

  test('a rule may hold for what is little sure, and at some hours', () => {
    const night = { days: ['fri'] as const, from: '22:00', to: '06:00', zone: 'Europe/Berlin' };
    const policy: Policy = {
      ...OPEN_POLICY,
      rules: [
        { mode: 'approve', below: 20 },
        { mode: 'suggest', during: [night] },
      ],
    };
    const mode = (surprise: number, time: string) => modeFor(policy, CONTAIN, attack({ surprise }), Date.parse(time));
    expect(mode(19, '2026-11-27T12:00:00Z')).toBe('approve');
    expect(mode(20, '2026-11-27T20:59:00Z')).toBe('automatic');
    // Friday 22:00 in Berlin, in winter and in summer, and until Saturday 06:00.
    expect(mode(20, '2026-11-27T21:00:00Z')).toBe('suggest');
    expect(mode(20, '2026-07-24T20:00:00Z')).toBe('suggest');
    expect(mode(20, '2026-11-28T04:59:00Z')).toBe('suggest');
    expect(mode(20, '2026-11-28T05:00:00Z')).toBe('automatic');
    expect(mode(20, '2026-11-28T21:00:00Z')).toBe('automatic');
  });

  test('hours within a day end on it', () => {
    const noon = { days: ['mon', 'tue'] as const, from: '12:00', to: '13:00', zone: 'UTC' };
    const within = (time: string) => isWithin(noon, Date.parse(time));
    expect(within('2026-11-23T12:30:00Z')).toBe(true);
    expect(within('2026-11-23T13:00:00Z')).toBe(false);
    expect(within('2026-11-25T12:30:00Z')).toBe(false);
  });

  test('a pattern fits as a regular expression would, in linear time', () => {
    const piece = fc.stringMatching(/^[ab/:]{0,4}$/);
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 5 }),
        fc.stringMatching(/^[ab/:]{0,12}$/),
        (pieces, id) => {
          const pattern = `run:${pieces.join('*')}`;
          const expected = new RegExp(`^run:${pieces.join('.*')}$`).test(`run:${id}`);
          expect(isProtected({ ...OPEN_POLICY, protected: [pattern] }, { type: 'run', id })).toBe(expected);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
