// A worker may die at any moment, be delivered the same job twice, or wake up too late: the system sees one effect, and
// the run tells the truth about it.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../playbooks/actions/index.ts';
import { PipewardenError } from '../../services/core/errors.ts';
import { readChain, verifyChain } from '../../services/responder/audit-verify.ts';
import { LEASE_MS } from '../../services/responder/lease.ts';
import { RETRY_FOR_MS } from '../../services/responder/place.ts';
import { planContainment } from '../../services/responder/plan.ts';
import { reconcile } from '../../services/responder/reconcile.ts';
import { cancelSteps, createRun, type RunDocument, withAudit } from '../../services/responder/run.ts';
import { changeRun } from '../../services/responder/run-store.ts';

import { createTelemetry } from '../../services/telemetry/telemetry.ts';
import { type GithubServer, startGithub } from '../playbooks/github-server.ts';
import { attack, CONTAIN, FREEZE, handClock, openSite, type Site, statuses, trail } from './support.ts';
import { mortal, readRun, type WorkerParts, workerOf } from './workers.ts';

let site: Site;
let github: GithubServer;
let clock: ReturnType<typeof handClock>;

beforeEach(async () => {
  site = await openSite();
  github = await startGithub();
  clock = handClock();
});
afterEach(async () => {
  await site.close();
  await github.close();
});

/** Contain a run, disable its workflow, and freeze the branch without asking: all three actions in one run. */
async function newRun(incident: string): Promise<RunDocument> {
  github.runs.set('acme/shop/42', { status: 'in_progress', conclusion: null });
  github.workflows.set('acme/shop/ci.yml', 'active');
  github.rulesets = [];
  github.effects.length = 0;
  const steps = [...CONTAIN.steps, ...FREEZE.steps].map((step) => ({ ...step, approval: null }));
  const named = attack({ id: incident });
  const run = createRun(named, planContainment(named, [{ ...CONTAIN, steps }], ACTIONS), 'act', clock.now());
  await site.store.put('run', run.id, run, 'absent');
  return run;
}

const EFFECTS = ['cancelled acme/shop/42', 'disabled acme/shop/ci.yml', 'froze acme/shop'];
const VERIFIED = ['github.cancel-run verified', 'github.disable-workflow verified', 'github.freeze-branch verified'];

function worker(owner: string, parts: Partial<WorkerParts> = {}) {
  return workerOf(site, github.api, clock)(owner, parts);
}

const read = (run: RunDocument) => readRun(site, run);

async function codeOf(call: Promise<unknown>): Promise<string> {
  const error = await call.catch((reason: unknown) => reason);
  return error instanceof PipewardenError ? error.code : String(error);
}

describe('a worker that is killed', { timeout: 60_000 }, () => {
  test.each(['before', 'after'] as const)(
    '%s any of its effects leaves one effect and a true record',
    async (moment) => {
      let n = 1;
      for (; n < 200; n++) {
        const run = await newRun(`${moment}-${n}`);
        const parts = mortal(site, github.api, n, moment);
        await worker('first', parts)(run).catch(() => undefined);
        if (!parts.dead()) break;
        clock.pass(LEASE_MS);
        await worker('second')(run);
        const after = await read(run);
        expect({ n, effects: github.effects }).toEqual({ n, effects: EFFECTS });
        // A call that got through unrecorded is recognized, and the id that undo needs is found.
        expect({ n, statuses: statuses(after) }).toEqual({ n, statuses: VERIFIED });
        expect(after).toMatchObject({ status: 'done', unexported: 0 });
      }
      expect(n).toBeGreaterThan(40);
    },
  );

  test('is followed at once by a process of its name, by others when its lease has run out', async () => {
    const run = await newRun('incident-1');
    const parts = mortal(site, github.api, 12, 'after');
    await worker('embedded', parts)(run).catch(() => undefined);
    expect(parts.dead()).toBe(true);
    expect(await codeOf(worker('other')(run))).toBe('DOCUMENT_CONFLICT');
    await worker('embedded')(run);
    expect(statuses(await read(run))).toEqual(VERIFIED);
  });

  test('does not leave its run behind: the reconciler hands it out again, and exports what was not', async () => {
    const unfinished = await newRun('incident-1');
    const done = await newRun('incident-2');
    await worker('first')(done);
    const { body, version } = (await site.store.get<RunDocument>('run', done.id)) ?? {};
    if (!body || !version) throw new Error('the run is gone');
    await site.store.put('run', done.id, withAudit(body, clock.now(), 'playbook-run.noted', 'success', null), version);

    expect(await reconcile({ ...site, clock, telemetry: createTelemetry('silent') })).toBe(3);
    const responder = await site.start('act', github.api);
    await responder.idle();
    expect(await read(unfinished)).toMatchObject({ status: 'done', unexported: 0 });
    expect(await read(done)).toMatchObject({ unexported: 0 });
    expect(await verifyChain(readChain(site.log))).toMatchObject({ ok: true });
  });
});

describe('two workers', () => {
  test('with the same job at the same time: one works, one is sent away', async () => {
    const run = await newRun('incident-1');
    const outcomes = await Promise.all([codeOf(worker('first')(run)), codeOf(worker('second')(run))]);
    expect(outcomes.toSorted()).toEqual(['DOCUMENT_CONFLICT', 'undefined']);
    expect(github.effects).toEqual(EFFECTS);
    expect(statuses(await read(run))).toEqual(VERIFIED);
  });

  test('of one process are told apart too', async () => {
    const run = await newRun('incident-1');
    const work = worker('only');
    const outcomes = await Promise.all([codeOf(work(run)), codeOf(work(run))]);
    expect(outcomes).toEqual(['undefined', 'DOCUMENT_CONFLICT']);
    expect(github.effects).toEqual(EFFECTS);
  });

  test.each(['/cancel', '/disable', '/rulesets'])(
    'one of which wakes up too late at %s: its write is refused',
    async (at) => {
      const run = await newRun('incident-1');
      const gate = Promise.withResolvers<void>();
      const asleep = Promise.withResolvers<void>();
      let first = true;
      github.before = async (line) => {
        if (!first || line.startsWith('GET') || !line.endsWith(at)) return undefined;
        first = false;
        asleep.resolve();
        await gate.promise;
        return undefined;
      };
      const late = codeOf(worker('late')(run));
      await asleep.promise;
      clock.pass(LEASE_MS);
      await worker('second')(run);
      const before = await read(run);
      gate.resolve();
      expect(await late).toBe('DOCUMENT_CONFLICT');
      expect(await read(run)).toEqual(before);
      expect(github.effects).toEqual(EFFECTS);
    },
  );

  test('a job that comes again after it was done changes nothing', async () => {
    const run = await newRun('incident-1');
    await worker('first')(run);
    const before = await read(run);
    await worker('second')(run);
    expect(await read(run)).toEqual(before);
  });
});

describe('an incident that is closed while a worker is at it', () => {
  async function close(run: RunDocument): Promise<void> {
    await changeRun(site.store, run.id, (current) => cancelSteps(current, 'the incident was closed', clock.now()));
  }

  test('before a call: it is not made', async () => {
    const run = await newRun('incident-1');
    github.before = async (line) => {
      if (line.endsWith('/workflows/ci.yml')) await close(run);
      return undefined;
    };
    await worker('first')(run);
    const after = await read(run);
    expect(statuses(after)).toEqual([VERIFIED[0], 'github.disable-workflow skipped', 'github.freeze-branch skipped']);
    expect(after).toMatchObject({ status: 'done', unexported: 0 });
    expect(trail(after)?.filter((action) => action === 'action.planned')).toHaveLength(1);
    expect(github.effects).toEqual(EFFECTS.slice(0, 1));
  });

  test('during a call: its outcome is written down', async () => {
    const run = await newRun('incident-1');
    github.before = async (line) => {
      if (line.endsWith('/disable')) await close(run);
      return undefined;
    };
    await worker('first')(run);
    expect(statuses(await read(run))).toEqual([...VERIFIED.slice(0, 2), 'github.freeze-branch skipped']);
    expect(github.effects).toEqual(EFFECTS.slice(0, 2));
  });

  test('while a call that was turned away waits for its next try: there is none', async () => {
    const run = await newRun('incident-1');
    github.before = (line) => (line.endsWith('/cancel') ? { status: 503 } : undefined);
    await worker('first')(run).catch(() => undefined);
    await close(run);
    github.before = () => undefined;
    await worker('first')(run);
    expect(statuses(await read(run))).toEqual(['github.cancel-run skipped', ...VERIFIED.slice(1)]);
  });
});

describe('a step that cannot be done now', () => {
  test('is tried again, does not hold up the others, and fails after a while', async () => {
    const run = await newRun('incident-1');
    github.before = (line) => (line.endsWith('/cancel') ? { status: 503 } : undefined);
    expect(await codeOf(worker('first')(run))).toBe('API_BUSY');
    expect(statuses(await read(run))).toEqual(['github.cancel-run pending', ...VERIFIED.slice(1)]);
    clock.pass(RETRY_FOR_MS);
    expect(await codeOf(worker('first')(run))).toBe('undefined');
    const after = await read(run);
    expect(after).toMatchObject({ status: 'failed', steps: [{ status: 'failed' }, {}, {}] });
    expect(after.steps[0]?.problem).toBe('POST /repos/acme/shop/actions/runs/42/cancel answered 503');
  });

  test('is read back until it holds', async () => {
    const run = await newRun('incident-1');
    github.before = (line) => (line.endsWith('/cancel') ? { status: 202, body: {} } : undefined);
    expect(await codeOf(worker('first')(run))).toBe('ACTION_UNVERIFIED');
    expect(statuses(await read(run))?.[0]).toBe('github.cancel-run executed');
    github.runs.set('acme/shop/42', { status: 'completed', conclusion: 'cancelled' });
    await worker('first')(run);
    const after = await read(run);
    expect(statuses(after)).toEqual(VERIFIED);
    expect(trail(after)?.filter((action) => action === 'action.attempted')).toHaveLength(3);
  });
});
