// What people say of a run: agreed, refused, undone; and whoever dies in between, the state is the one before or the one after.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../playbooks/actions/index.ts';
import { PipewardenError } from '../../services/core/errors.ts';
import { type Order, planDigest } from '../../services/core/order.ts';
import { DAY } from '../../services/core/time.ts';
import { readChain, verifyChain } from '../../services/responder/audit-verify.ts';
import { createDeciders } from '../../services/responder/deciders.ts';
import { LEASE_MS } from '../../services/responder/lease.ts';
import { giveOrder } from '../../services/responder/orders.ts';
import { planContainment } from '../../services/responder/plan.ts';
import { reconcile } from '../../services/responder/reconcile.ts';
import { createRun, type RunDocument } from '../../services/responder/run.ts';
import { createTelemetry } from '../../services/telemetry/telemetry.ts';
import { type GithubServer, startGithub } from '../playbooks/github-server.ts';
import { ANYBODY, attack, CONTAIN, FREEZE, handClock, openSite, type Site, statuses, trail } from './support.ts';
import { mortal, readRun, workerOf } from './workers.ts';

let site: Site;
let github: GithubServer;
let clock: ReturnType<typeof handClock>;

beforeEach(async () => {
  site = await openSite();
  github = await startGithub();
  clock = handClock();
  github.workflows.set('acme/shop/ci.yml', 'active');
});
afterEach(async () => {
  await site.close();
  await github.close();
});

const ann: Order = { kind: 'approve', by: 'ann', reason: 'I see it too', channel: 'command' };

/** Disable the workflow, and freeze the branch, which `people` have to agree to. */
async function newRun(incident: string, people: 1 | 2 | null = null): Promise<RunDocument> {
  const named = attack({ id: incident });
  const steps = [
    ...CONTAIN.steps.slice(1),
    ...FREEZE.steps.map((step) => ({ ...step, approval: people && { people } })),
  ];
  const run = createRun(named, planContainment(named, [{ ...CONTAIN, steps }], ACTIONS), 'act', clock.now());
  await site.store.put('incident', named.id, named, 'any');
  await site.store.put('run', run.id, run, 'absent');
  return run;
}

const work = (run: RunDocument) => workerOf(site, github.api, clock)('only')(run);
const say = (run: RunDocument, order: Partial<Order> = {}) =>
  giveOrder({ ...site, clock, deciders: ANYBODY }, run.id, { ...ann, ...order });
const refusal = async (call: Promise<unknown>) =>
  await call.then(
    () => 'taken',
    (error: unknown) => (error instanceof PipewardenError ? `${error.code}: ${error.message}` : String(error)),
  );

describe('a step that asks', () => {
  test('is done when one person has agreed, and the trail says who and why', async () => {
    const run = await newRun('incident-1', 1);
    await work(run);
    expect(await readRun(site, run)).toMatchObject({
      status: 'waiting',
      steps: [{ status: 'verified' }, { status: 'waiting' }],
    });
    expect(github.effects).toEqual(['disabled acme/shop/ci.yml']);
    await say(run);
    await work(run);
    const after = await readRun(site, run);
    expect(statuses(after)).toEqual(['github.disable-workflow verified', 'github.freeze-branch verified']);
    expect(after.audit.find(({ action }) => action === 'action.approved')).toMatchObject({
      actor: 'ann',
      detail: { reason: 'I see it too', channel: 'command', step: 1 },
    });
    expect(github.effects).toEqual(['disabled acme/shop/ci.yml', 'froze acme/shop']);
  });

  test('of two people waits for the second, and the first does not count twice', async () => {
    const run = await newRun('incident-1', 2);
    await work(run);
    await say(run);
    await work(run);
    expect(await refusal(say(run, { step: 1 }))).toBe('ORDER_REFUSED: ann has agreed already: it takes another person');
    expect(github.effects).toHaveLength(1);
    await say(run, { by: 'bob' });
    await work(run);
    expect((await readRun(site, run)).steps[1]).toMatchObject({
      status: 'verified',
      approvals: [{ by: 'ann' }, { by: 'bob' }],
    });
  });

  test('is not decided by whom the incident is about', async () => {
    const run = await newRun('incident-1', 1);
    await work(run);
    for (const kind of ['approve', 'reject', 'undo'] as const) {
      expect(await refusal(say(run, { kind, by: 'mallory' }))).toBe(
        'ORDER_REFUSED: the incident is about mallory: somebody else has to say it',
      );
    }
  });

  test('is not decided by whom the incident is about under any other of their accounts, nor counted twice', async () => {
    const people = [
      {
        person: 'mara@acme.example',
        logins: ['github:mara-l'],
        ids: ['gitlab:42', 'slack:U1'],
        emails: ['m@acme.example'],
      },
      { person: 'ann', ids: ['slack:U2'], emails: ['ann@acme.example'] },
    ];
    const deciders = createDeciders(people, []);
    const run = await newRun('incident-1', 2);
    const about = attack({ entities: [{ type: 'actor', id: 'github:mara-l' }] });
    await site.store.put('incident', about.id, about, 'any');
    await work(run);
    const sayAs = (by: string) => giveOrder({ ...site, clock, deciders }, run.id, { ...ann, step: 1, by });
    for (const by of ['mara@acme.example', 'MARA@acme.example', 'gitlab#42', 'slack:U1', 'm@acme.example', 'mara-l']) {
      expect(await refusal(sayAs(by)), by).toContain('somebody else has to say it');
    }
    await sayAs('slack:U2');
    expect(await refusal(sayAs('ann@acme.example'))).toContain('ann has agreed already');
    expect(await refusal(sayAs('Ann'))).toContain('ann has agreed already');
  });

  test('is not decided by the owner of a credential that the incident is about, nor by who began the run', async () => {
    const run = await newRun('incident-1', 1);
    const targets = [{ type: 'credential', id: 'hash', system: 'gitlab', account: 'bob', account_id: '7' }] as const;
    const about = attack({ entities: [{ type: 'credential', id: 'hash' }], targets });
    await site.store.put('incident', about.id, about, 'any');
    const audit = run.audit.map((entry) => ({ ...entry, actor: 'carol' }));
    await site.store.put('run', run.id, { ...run, audit }, 'any');
    await work(run);
    expect(await refusal(say(run, { by: 'gitlab:bob' }))).toContain('the incident is about gitlab:bob');
    expect(await refusal(say(run, { by: 'gitlab#7' }))).toContain('the incident is about gitlab#7');
    expect(await refusal(say(run, { by: 'Carol' }))).toContain('Carol began this run');
  });

  test('is decided by those alone that the configuration lets', async () => {
    const people = [{ person: 'ann', logins: ['github:ann-k'] }, { person: 'bob' }];
    const run = await newRun('incident-1', 1);
    await work(run);
    const sayAs = (by: string, approvers: readonly string[]) =>
      giveOrder({ ...site, clock, deciders: createDeciders(people, approvers) }, run.id, { ...ann, by });
    expect(await refusal(sayAs('bob', ['ann']))).toBe(
      'ORDER_REFUSED: bob is not among those who may decide: `containment.approvers`',
    );
    expect(await refusal(sayAs('carol', ['*']))).toContain('not among those who may decide');
    expect(await refusal(sayAs('Pipewarden', []))).toContain('is no person');
    expect(await refusal(sayAs('github:ann-k', ['ann']))).toBe('taken');
    expect((await readRun(site, run)).steps[1]?.approvals).toMatchObject([{ by: 'ann' }]);
  });

  test('is bound to the plan that was shown', async () => {
    const run = await newRun('incident-1', 1);
    await work(run);
    const [, waiting] = (await readRun(site, run)).steps;
    if (!waiting) throw new Error('the step is gone');
    const other = planDigest({ ...waiting, target: { ...waiting.target, id: 'acme/other' } });
    expect(await refusal(say(run, { step: 1, plan: other }))).toContain('no longer what you were shown');
    expect(await refusal(say(run, { step: 1, plan: planDigest(waiting) }))).toBe('taken');
  });

  test('is not done when somebody refuses, nor when nobody agrees in time', async () => {
    const refused = await newRun('incident-1', 1);
    await work(refused);
    await say(refused, { kind: 'reject', reason: 'a drill' });
    await work(refused);
    expect((await readRun(site, refused)).steps[1]).toMatchObject({
      status: 'skipped',
      problem: 'ann refused it: a drill',
    });

    const late = await newRun('incident-2', 1);
    await work(late);
    clock.pass(DAY);
    expect(await refusal(say(late, { step: 1 }))).toBe('ORDER_REFUSED: the time to agree is over');
    await reconcile({ ...site, clock, telemetry: createTelemetry('silent') });
    const after = await readRun(site, late);
    expect(after).toMatchObject({ status: 'done', steps: [{}, { status: 'skipped' }] });
    expect(trail(after)).toContain('action.expired');
  });

  test('is settled once when two speak at the same moment', async () => {
    const run = await newRun('incident-1', 1);
    await work(run);
    const outcomes = await Promise.all([
      refusal(say(run, { step: 1 })),
      refusal(say(run, { step: 1, kind: 'reject', by: 'bob' })),
    ]);
    expect(outcomes.filter((one) => one === 'taken')).toHaveLength(1);
    expect(outcomes.find((one) => one !== 'taken')).toMatch(
      /ann agreed before you: it is pending|it is skipped: .* because bob refused it/,
    );
    expect(await refusal(say(run, { reason: ' ' }))).toContain('say why');
  });

  test('that one person decides is agreed to once, and one that two decide by both', async () => {
    const one = await newRun('incident-1', 1);
    await work(one);
    const settled = await Promise.all([refusal(say(one, { step: 1 })), refusal(say(one, { step: 1, by: 'bob' }))]);
    expect(settled.toSorted()).toEqual([
      expect.stringMatching(/^ORDER_REFUSED: (ann|bob) agreed before you: it is pending/),
      'taken',
    ]);
    expect((await readRun(site, one)).steps[1]?.approvals).toHaveLength(1);

    const two = await newRun('incident-2', 2);
    await work(two);
    expect(await Promise.all([refusal(say(two)), refusal(say(two, { by: 'bob' }))])).toEqual(['taken', 'taken']);
    expect((await readRun(site, two)).steps[1]).toMatchObject({ status: 'pending', approvals: [{}, {}] });
  });

  test('is shown again where what would be sent is no longer what was agreed to', async () => {
    const run = await newRun('incident-1', 1);
    await work(run);
    const { body, version } = (await site.store.get<RunDocument>('run', run.id)) ?? {};
    if (!body || !version) throw new Error('the run is gone');
    // As if the branch had another name when it was planned.
    const steps = body.steps.map((step) =>
      step.plan ? { ...step, plan: { ...step.plan, requests: step.plan.requests.slice(1) } } : step,
    );
    await site.store.put('run', run.id, { ...body, steps }, version);
    await say(run);
    await work(run);
    expect((await readRun(site, run)).steps[1]).toMatchObject({ status: 'waiting', approvals: [] });
    expect(github.effects).toHaveLength(1);
  });

  test('has nothing left to do when somebody did it meanwhile', async () => {
    const run = await newRun('incident-1', 1);
    await work(run);
    const other = await newRun('incident-2');
    await work(other);
    await say(run);
    await work(run);
    expect((await readRun(site, run)).steps[1]).toMatchObject({ status: 'skipped' });
    expect(github.effects).toEqual(['disabled acme/shop/ci.yml', 'froze acme/shop']);
  });
});

describe('a step that comes after others', () => {
  async function chained(incident: string): Promise<RunDocument> {
    const run = await newRun(incident);
    const steps = run.steps.map((step, index) =>
      index === 1 ? { ...step, after: ['disable-workflow' as const] } : step,
    );
    await site.store.put('run', run.id, { ...run, steps }, 'any');
    return run;
  }

  test('waits for them, and follows', async () => {
    const run = await chained('incident-1');
    github.before = (line) => (line.endsWith('/disable') ? { status: 503 } : undefined);
    await work(run).catch(() => undefined);
    expect(statuses(await readRun(site, run))).toEqual([
      'github.disable-workflow pending',
      'github.freeze-branch pending',
    ]);
    github.before = () => undefined;
    await work(run);
    expect(statuses(await readRun(site, run))).toEqual([
      'github.disable-workflow verified',
      'github.freeze-branch verified',
    ]);
  });

  test('asks a person where one of them does not hold', async () => {
    const run = await chained('incident-1');
    github.before = (line) => (line.endsWith('/disable') ? { status: 403, body: { message: 'No.' } } : undefined);
    await work(run);
    const held = await readRun(site, run);
    expect(statuses(held)).toEqual(['github.disable-workflow failed', 'github.freeze-branch waiting']);
    expect(held.steps[1]?.problem).toContain(
      'github.disable-workflow acme/shop:.github/workflows/ci.yml does not hold',
    );
    expect(github.effects).toEqual([]);
    await say(run);
    await work(run);
    expect(github.effects).toEqual(['froze acme/shop']);
  });
});

describe('what was done', () => {
  const UNDONE = ['github.disable-workflow undone', 'github.freeze-branch undone'];

  test('is undone, the last first, and the state is the one before', async () => {
    const run = await newRun('incident-1');
    await work(run);
    await say(run, { kind: 'undo' });
    await work(run);
    const after = await readRun(site, run);
    expect(statuses(after)).toEqual(UNDONE);
    expect(github.effects.slice(2)).toEqual(['released acme/shop', 'enabled acme/shop/ci.yml']);
    expect(github.workflows.get('acme/shop/ci.yml')).toBe('active');
    expect(await refusal(say(run, { kind: 'undo' }))).toContain('no step was carried out that can be undone');
    await (await site.start('act', github.api)).idle();
    expect(await verifyChain(readChain(site.log))).toMatchObject({ ok: true });
  });

  test('and was changed by somebody since is left to them', async () => {
    const run = await newRun('incident-1');
    await work(run);
    github.workflows.set('acme/shop/ci.yml', 'active');
    await say(run, { kind: 'undo', step: 0 });
    await work(run);
    expect((await readRun(site, run)).steps[0]).toMatchObject({ status: 'undone' });
    expect(github.effects).not.toContain('enabled acme/shop/ci.yml');
  });

  test.each(['before', 'after'] as const)(
    'is undone once when its worker is killed %s any effect',
    async (moment) => {
      let n = 1;
      for (; n < 100; n++) {
        github.workflows.set('acme/shop/ci.yml', 'active');
        github.rulesets = [];
        const run = await newRun(`${moment}-${n}`);
        await work(run);
        await say(run, { kind: 'undo' });
        github.effects.length = 0;
        const parts = mortal(site, github.api, n, moment);
        await workerOf(site, github.api, clock)('first', parts)(run).catch(() => undefined);
        if (!parts.dead()) break;
        clock.pass(LEASE_MS);
        await work(run);
        expect({ n, effects: github.effects }).toEqual({
          n,
          effects: ['released acme/shop', 'enabled acme/shop/ci.yml'],
        });
        expect({ n, statuses: statuses(await readRun(site, run)) }).toEqual({ n, statuses: UNDONE });
      }
      expect(n).toBeGreaterThan(20);
    },
    60_000,
  );
});
