// Evidence as a run keeps it: before the run is stopped, redacted, once, provable, and never in the way of stopping it.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../playbooks/actions/index.ts';
import type { Api, EvidenceRequest } from '../../services/core/action.ts';
import { cutPieces, type EvidenceDocument, joinPieces, sealPiece } from '../../services/core/evidence.ts';
import { gather, MOST_BYTES, readEvidence } from '../../services/responder/evidence.ts';
import { planContainment } from '../../services/responder/plan.ts';
import { createRun, type RunDocument } from '../../services/responder/run.ts';
import { type GithubServer, startGithub } from '../playbooks/github-server.ts';
import { attack, CONTAIN, handClock, openSite, redact, type Site, statuses } from './support.ts';
import { mortal, readRun, type WorkerParts, workerOf } from './workers.ts';

/** Of no use to anybody. */
const SECRET = ['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_');
const STEPS = ['capture-evidence', 'github.cancel-run'];
const DONE = ['github.keep-run verified', 'github.cancel-run verified'];

let site: Site;
let github: GithubServer;
let clock: ReturnType<typeof handClock>;

beforeEach(async () => {
  site = await openSite();
  github = await startGithub();
  clock = handClock();
  github.before = (line) => {
    if (line.includes('/jobs?')) return { status: 200, body: { jobs: [{ name: `echo ${SECRET}` }] } };
    if (line.includes('/artifacts?')) return { status: 200, body: { artifacts: [] } };
    return /\/(?:approvals|pending_deployments)$/.test(line) ? { status: 200, body: [] } : undefined;
  };
});
afterEach(async () => {
  await site.close();
  await github.close();
});

async function newRun(incident = 'incident-1', mode: 'dry' | 'act' = 'act'): Promise<RunDocument> {
  github.runs.set('acme/shop/42', { status: 'in_progress', conclusion: null });
  github.effects.length = 0;
  github.requests.length = 0;
  const steps = STEPS.map((action) => ({ approval: null, after: [], timeout: null, action }));
  const named = attack({
    id: incident,
    targets: [{ type: 'run', id: 'acme/shop/42', repository: 'acme/shop', system: 'github' }],
  });
  const run = createRun(named, planContainment(named, [{ ...CONTAIN, steps }], ACTIONS), mode, clock.now());
  await site.store.put('run', run.id, run, 'absent');
  return run;
}

function worker(owner: string, parts: Partial<WorkerParts> = {}) {
  return workerOf(site, github.api, clock)(owner, parts);
}

async function documents(): Promise<readonly EvidenceDocument[]> {
  return (await site.store.search<EvidenceDocument>('evidence', {})).documents.map(({ body }) => body);
}

test('what the system shows is kept before the run is cancelled, redacted, with its seals in the audit trail', async () => {
  const run = await newRun();
  await worker('one')(run);
  const done = await readRun(site, run);
  expect(statuses(done)).toEqual(DONE);
  expect(github.requests.findIndex((line) => line.includes('/jobs?'))).toBeLessThan(
    github.requests.findIndex((line) => line.startsWith('POST')),
  );
  const [document, ...more] = await documents();
  expect(more).toEqual([]);
  expect(document).toMatchObject({ run: run.id, incident: 'incident-1', action: 'github.keep-run', parts: 1 });
  expect(document?.pieces.map(({ name }) => name)).toEqual([
    'run',
    'jobs',
    'artifacts',
    'approvals',
    'pending-deployments',
  ]);
  expect(document?.pieces[0]?.text).toContain('in_progress');
  const everything = JSON.stringify([document, done]);
  expect(everything).not.toContain(SECRET);
  expect(everything).toContain('[redacted:github-personal-token:');
  const seals = document?.pieces.map(sealPiece);
  expect(done.steps[0]?.evidence).toEqual({ pieces: seals, left_out: [] });
  const entry = done.audit.find(({ action }) => action === 'action.executed');
  expect(entry?.detail).toMatchObject({ pieces: seals?.map(({ name, sha256 }) => ({ name, sha256 })), left_out: [] });
});

test('dry, it is planned and nothing is read for it', async () => {
  const run = await newRun('incident-1', 'dry');
  await worker('one')(run);
  const [step] = (await readRun(site, run)).steps;
  expect(step).toMatchObject({ status: 'planned', plan: { requests: [], blast_radius: ['It only reads.'] } });
  expect(await documents()).toEqual([]);
  expect(github.requests).toEqual(['GET /repos/acme/shop/actions/runs/42']);
});

test('what cannot be had is no reason to let the run go on', async () => {
  let asked = 0;
  // Its first five requests are those for evidence.
  const refusing: Api = async (request, signal) =>
    ++asked <= 5 ? { status: 404, body: null } : await github.api(request, signal);
  const run = await newRun();
  await worker('one', { api: refusing })(run);
  expect(statuses(await readRun(site, run))).toEqual(['github.keep-run failed', 'github.cancel-run verified']);
  expect(await documents()).toEqual([]);
});

test('a system that hangs holds the cancelling up for five seconds', async () => {
  const hanging: Api = async (request, signal) => {
    if (!/\/(?:jobs\?|approvals)/.test(request.path)) return await github.api(request, signal);
    return await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  };
  const run = await newRun();
  const begun = performance.now();
  await worker('one', { api: hanging })(run);
  expect(performance.now() - begun).toBeLessThan(8_000);
  const done = await readRun(site, run);
  expect(statuses(done)).toEqual(DONE);
  expect(done.steps[0]?.evidence?.pieces.map(({ name }) => name)).toEqual(['run']);
  expect(done.steps[0]?.evidence?.left_out.at(-1)).toContain('the 5 s for it were over');
}, 20_000);

test('killed at any moment it leaves one document and one record of it', { timeout: 60_000 }, async () => {
  for (let n = 1, ended = false; !ended; n++) {
    for (const moment of ['before', 'after'] as const) {
      const run = await newRun(`incident-${n}-${moment}`);
      const parts = mortal(site, github.api, n, moment);
      await worker('one', parts)(run).catch(() => undefined);
      ended = !parts.dead();
      await worker('one')(run);
      const done = await readRun(site, run);
      expect(statuses(done), `${n} ${moment}`).toEqual(DONE);
      expect((await documents()).filter((one) => one.run === run.id)).toHaveLength(1);
      const [step] = done.steps;
      expect(step?.evidence && (await readEvidence(site.store, run.id, 0, step.evidence))).toHaveLength(5);
      const kept = done.audit.filter(
        ({ action, detail }) => action === 'action.executed' && JSON.stringify(detail).includes('pieces'),
      );
      expect(kept).toHaveLength(1);
    }
  }
});

test('evidence that was changed afterwards is not taken for what was kept', async () => {
  const run = await newRun();
  await worker('one')(run);
  const [document] = await documents();
  const evidence = (await readRun(site, run)).steps[0]?.evidence;
  if (!document || !evidence) throw new Error('nothing was kept');
  const pieces = document.pieces.map((piece) => ({ ...piece, text: piece.text.replace('in_progress', 'completed') }));
  await site.store.put('evidence', document.id, { ...document, pieces }, 'any');
  expect(await readEvidence(site.store, run.id, 0, evidence)).toBeUndefined();
});

describe('bounds', () => {
  const asking = (...names: readonly string[]): EvidenceRequest[] =>
    names.map((name) => ({ name, request: { method: 'GET', path: `/${name}` } }));
  const never = new AbortController().signal;

  test('what is too large is left out, and what is smaller is still kept', async () => {
    const api: Api = async ({ path }) => ({ status: 200, body: path === '/large' ? 'x'.repeat(MOST_BYTES) : 'small' });
    const { pieces, left_out } = await gather(asking('large', 'small'), api, (json) => json, never);
    expect(pieces.map(({ name }) => name)).toEqual(['small']);
    expect(left_out).toEqual(['large: more than 8 MB in all']);
  });

  test('what came in time is kept; where nothing did, it is worth another try', async () => {
    const until = new AbortController();
    const api: Api = async ({ path }) => {
      if (path === '/second') until.abort();
      until.signal.throwIfAborted();
      return { status: 200, body: 1 };
    };
    const { pieces, left_out } = await gather(asking('first', 'second', 'third'), api, (json) => json, until.signal);
    expect(pieces.map(({ name }) => name)).toEqual(['first']);
    expect(left_out).toEqual([expect.stringMatching(/^second: /), 'third: the 5 s for it were over']);
    const late = gather(asking('first'), api, (json) => json, until.signal);
    await expect(late).rejects.toMatchObject({ code: 'API_UNREACHABLE', fate: 'retry' });
  });

  test('what a system quotes in its refusal is redacted', async () => {
    const api: Api = async ({ path }) => {
      if (path === '/first') return { status: 200, body: 1 };
      throw new Error(`not with ${SECRET}`);
    };
    const { left_out } = await gather(asking('first', 'second'), api, redact, never);
    expect(left_out).toEqual([expect.stringContaining('not with [redacted:')]);
  });

  test('no document comes to a megabyte, and together they are what was there', () => {
    const pieces = ['"\\', '\u{1F600}', '語'].map((text, index) => ({ name: `p${index}`, text: text.repeat(333_333) }));
    const documents = cutPieces([{ name: 'odd', text: 'x' }, ...pieces]);
    for (const document of documents) expect(Buffer.byteLength(JSON.stringify(document))).toBeLessThan(950_000);
    expect(joinPieces(documents)).toEqual([{ name: 'odd', text: 'x' }, ...pieces]);
    expect(documents.flat().every(({ text }) => text.isWellFormed())).toBe(true);
  });
});
