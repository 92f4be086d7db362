// `pipewarden runs` on a data folder: what would be done, and the jobs that are not tried any more.
import { mkdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openSqliteDocumentStore } from '../../services/adapters/document-store/sqlite.ts';
import { openSqliteJobQueue } from '../../services/adapters/job-queue/sqlite.ts';
import { systemClock } from '../../services/core/clock.ts';
import { PipewardenError } from '../../services/core/errors.ts';
import { evidenceId, sealPiece } from '../../services/core/evidence.ts';
import { CONTAINMENT } from '../../services/responder/run-queue.ts';
import { createMachine } from '../helpers/command.ts';
import { dryRun } from '../helpers/incidents.ts';

const machine = createMachine();
const data = machine.path('data');
const run = dryRun('incident-1');
const text = JSON.stringify({ status: 'in_progress' }, null, 2);
const kept = {
  ...run,
  id: 'kept-run',
  incident: 'incident-2',
  steps: run.steps.map((step) => ({ ...step, evidence: { pieces: [sealPiece({ name: 'run', text })], left_out: [] } })),
};
const job = `${run.id}.2`;

beforeAll(async () => {
  mkdirSync(data);
  const store = openSqliteDocumentStore({ path: `${data}/documents.db`, clock: systemClock });
  await store.put('run', run.id, run, 'absent');
  await store.put('run', kept.id, kept, 'absent');
  for (const step of kept.steps.keys()) {
    const document = { part: 0, parts: 1, pieces: [{ name: 'run', text }] };
    await store.put('evidence', evidenceId(kept.id, step, 0), document, 'absent');
  }
  await store.close();
  const queue = openSqliteJobQueue({ path: `${data}/jobs.db`, clock: systemClock });
  await queue.enqueue(CONTAINMENT, { id: job, data: { run: run.id } });
  await queue.work(CONTAINMENT, () => Promise.reject(new PipewardenError('STORE_REFUSED', { problem: 'no such run' })));
  await vi.waitFor(async () => expect(await queue.counts(CONTAINMENT)).toMatchObject({ dead: 1 }), { timeout: 10_000 });
  await queue.close();
});
afterAll(() => machine.remove());

const command = (...args: string[]) => machine.run(['runs', ...args, '--data', data]);

test('lists and shows the runs', async () => {
  const list = await command();
  expect(list).toMatchObject({ code: 0, err: '' });
  expect(list.out).toContain(run.title);
  expect((await command('--status', 'failed')).out).not.toContain(run.title);
  const shown = await command('show', run.id);
  expect(shown.out).toContain('dry run: nothing was sent');
  for (const step of run.steps) expect(shown.out).toContain(step.action);
});

test('shows what was kept as evidence, and writes it out as long as it is what was sealed', async () => {
  expect((await command('show', kept.id)).out).toMatch(/Evidence kept: 1 piece, sha256 run [0-9a-f]{16}\n/);
  const folder = machine.path('out');
  const out = await command('show', kept.id, '--evidence', folder);
  expect(out).toMatchObject({ code: 0, err: '', out: `Wrote ${kept.steps.length} pieces into ${folder}.\n` });
  expect(readFileSync(`${folder}/1-run.json`, 'utf8')).toBe(text);
  expect(await command('show', run.id, '--evidence', folder)).toMatchObject({ out: 'No evidence was kept.\n' });

  const store = openSqliteDocumentStore({ path: `${data}/documents.db`, clock: systemClock });
  const changed = { part: 0, parts: 1, pieces: [{ name: 'run', text: text.replace('in_progress', 'completed') }] };
  await store.put('evidence', evidenceId(kept.id, 0, 0), changed, 'any');
  await store.close();
  expect(await command('show', kept.id, '--evidence', folder)).toMatchObject({ code: 2 });
});

test('lists the dead jobs with their last error, and puts one back', async () => {
  const dead = await command('--dead');
  expect(dead).toMatchObject({ code: 0, err: '' });
  expect(dead.out).toMatch(new RegExp(`1 +${run.id} +.*no such run +${job}`));
  const [{ id, attempts }] = JSON.parse(`[${(await command('list', '--dead', '--json')).out}]`);
  expect({ id, attempts }).toEqual({ id: job, attempts: 1 });

  expect(await command('retry', 'nothing-like-it')).toMatchObject({ code: 2 });
  expect(await command('retry', run.id)).toMatchObject({ code: 0, out: 'It is tried again.\n' });
  expect((await command('--dead')).out).toBe('No job is dead.\n');
});
