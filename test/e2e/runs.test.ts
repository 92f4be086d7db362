// `pipewarden runs` on a data folder: what would be done, and the jobs that are not tried any more.
import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openSqliteDocumentStore } from '../../services/adapters/document-store/sqlite.ts';
import { openSqliteJobQueue } from '../../services/adapters/job-queue/sqlite.ts';
import { systemClock } from '../../services/core/clock.ts';
import { PipewardenError } from '../../services/core/errors.ts';
import { CONTAINMENT } from '../../services/responder/run-queue.ts';
import { createMachine } from '../helpers/command.ts';
import { dryRun } from '../helpers/incidents.ts';

const machine = createMachine();
const data = machine.path('data');
const run = dryRun('incident-1');
const job = `${run.id}.2`;

beforeAll(async () => {
  mkdirSync(data);
  const store = openSqliteDocumentStore({ path: `${data}/documents.db`, clock: systemClock });
  await store.put('run', run.id, run, 'absent');
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
