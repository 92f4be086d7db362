// The power goes, again and again, while the sample is replayed: what is found must be what would have been found
// without. PIPEWARDEN_SEED=N repeats the moments of an earlier run.
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRecording } from '../../services/collector/sample/recording.ts';
import type { ChainedAuditEntry } from '../../services/core/audit.ts';
import type { Finding } from '../../services/core/finding.ts';
import type { Incident } from '../../services/core/incident.ts';
import type { FindingEntry } from '../../services/core/messages.ts';
import type { PlaybookRun } from '../../services/core/playbook.ts';
import { KEY_FILE } from '../../services/redactor/key.ts';
import { createMachine, type Running } from '../helpers/command.ts';
import { allEntries, withKept } from '../helpers/kept.ts';
import { randomFrom } from '../helpers/random.ts';

type Phase = 'starting' | 'replaying' | 'catching up';

/** Ten lives that end early; each row works on one data folder, and is then left in peace. */
const ROUNDS: readonly (readonly Phase[])[] = [
  ['starting', 'replaying', 'replaying', 'catching up'],
  ['replaying', 'starting', 'replaying'],
  ['replaying', 'replaying', 'catching up'],
];

const SEED = Number(process.env.PIPEWARDEN_SEED ?? Math.floor(Math.random() * 1e9));
const OVER = /Replayed thirty days|has been replayed before/;

const machine = createMachine();
const random = randomFrom(SEED);

/** What the sample leads to, and how long its parts take on this machine, in milliseconds. */
let truth: Kept;
let records = 0;
let pace: { readonly startUp: number; readonly replay: number; readonly catchUp: number };

beforeAll(async () => {
  for await (const _ of openRecording()) records += 1;
  const folder = machine.path('undisturbed');
  const started = Date.now();
  const running = start(folder);
  await running.says(/Mode/);
  const up = Date.now();
  await allTakenIn(folder);
  const taken = Date.now();
  await running.says(OVER);
  pace = { startUp: up - started, replay: taken - up, catchUp: Date.now() - taken };
  expect((await running.stop()).code).toBe(0);
  truth = await kept(folder);
}, 120_000);
afterAll(() => machine.remove());

describe(`killed at random moments, seed ${SEED}`, () => {
  test('the sample has findings, incidents and playbook runs to lose', () => {
    expect(truth.findings.length).toBeGreaterThan(5);
    expect(truth.groups.length).toBeGreaterThan(1);
    expect(truth.steps).toContainEqual(expect.stringMatching(/^github\.cancel-run .* planned$/));
  });

  test.for(ROUNDS.map((phases, index) => ({ phases, index })))(
    'while $phases: nothing is lost, nothing is there twice',
    { timeout: 240_000 },
    async ({ phases, index }) => {
      const folder = machine.path(`round-${index}`);
      // Ids are made of redacted content, and that depends on the installation's key.
      mkdirSync(folder);
      copyFileSync(join(machine.path('undisturbed'), KEY_FILE), join(folder, KEY_FILE));

      const moments: string[] = [];
      for (const phase of phases) {
        const running = start(folder);
        moments.push(await moment(phase, folder, running));
        await running.kill();
      }
      const survivor = start(folder);
      await survivor.says(OVER);
      expect((await survivor.stop()).code).toBe(0);

      const found = await kept(folder);
      expect(found, `killed ${moments.join(', ')}`).toEqual(truth);
      expect(await raisedTwice(folder), `killed ${moments.join(', ')}`).toEqual([]);
    },
  );
});

function start(folder: string): Running {
  return machine.start(['start', '--port', '0', '--data', folder]);
}

/** Waits for a random moment of the phase and says which it was. */
async function moment(phase: Phase, folder: string, running: Running): Promise<string> {
  const share = random();
  switch (phase) {
    case 'starting':
      return await after(share * pace.startUp, phase);
    case 'replaying':
      // At most a third: the lives of a round add up.
      await running.says(/Mode/);
      return await after((share * pace.replay) / 3, phase);
    case 'catching up':
      await running.says(/Mode/);
      await allTakenIn(folder);
      return await after(share * pace.catchUp, phase);
  }
}

async function after(milliseconds: number, phase: Phase): Promise<string> {
  await sleep(milliseconds);
  return `${Math.round(milliseconds)} ms into ${phase}`;
}

/** Waits until the whole recording is in the log; then the services after the collector still have work. */
async function allTakenIn(folder: string): Promise<void> {
  await withKept(folder, async ({ store }) => {
    while ((await store.get<Cursor>('cursor', 'sample'))?.body.records !== records) await sleep(5);
  });
}

interface Cursor {
  readonly records: number;
}

interface Kept {
  /** Without their incident, whose id depends on which finding came first; `groups` says who belongs together. */
  readonly findings: readonly Omit<Finding, 'incident'>[];
  readonly groups: readonly string[];
  /** Of the runs. Which playbook asked first, and how often a run grew, depends on what was told at once. */
  readonly steps: readonly string[];
  readonly audit: unknown;
}

async function kept(folder: string): Promise<Kept> {
  const findings = (await machine.json(['findings', '--json', '--limit', '1000', '--data', folder])) as Finding[];
  const incidents = (await machine.json(['incidents', '--json', '--limit', '1000', '--data', folder])) as Incident[];
  const [audit] = (await machine.json(['audit', 'verify', '--json', '--data', folder])) as [Record<string, unknown>];
  const runs = await withKept(folder, ({ store }) => store.search<PlaybookRun>('run', { limit: 1000 }));
  return {
    findings: findings.map(({ incident: _, ...finding }) => finding).sort(byId),
    groups: incidents
      .filter(({ status }) => status !== 'merged')
      .map((incident) => `${incident.severity} ${incident.findings.toSorted().join(' ')}`)
      .sort(),
    steps: runs.documents
      .flatMap(({ body }) => body.steps.map(({ action, target, status }) => `${action} ${target.id} ${status}`))
      .sort(),
    audit: {
      ok: audit.ok,
      isWhole: audit.entries === runs.documents.reduce((sum, { body }) => sum + body.audit.length, 0),
    },
  };
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1;
}

/** Ids that occur more than once in the log itself, where the store would hide a repeat. */
async function raisedTwice(folder: string): Promise<readonly string[]> {
  return await withKept(folder, async ({ log }) => {
    const findings = (await allEntries<FindingEntry>(log, 'finding')).flatMap((entry) =>
      entry.type === 'finding' ? [entry.finding.id] : [],
    );
    const decisions = (await allEntries<ChainedAuditEntry>(log, 'audit')).map(({ entry }) => entry.id);
    return [...findings, ...decisions].filter((id, index, all) => all.indexOf(id) !== index);
  });
}
