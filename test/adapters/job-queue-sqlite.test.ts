// The embedded job queue against the contract, and what only it can show.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSqliteJobQueue } from '../../services/adapters/job-queue/sqlite.ts';
import { systemClock } from '../../services/core/clock.ts';
import { jobQueueContract } from '../contracts/job-queue.ts';

jobQueueContract('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pipewarden-'));
  const path = join(folder, 'jobs.db');
  return {
    open: async () => openSqliteJobQueue({ path, clock: systemClock, pollMs: 50 }),
    victim: { adapter: 'sqlite', at: path },
    async dump() {
      const files = await readdir(folder);
      return (await Promise.all(files.map((file) => readFile(join(folder, file), 'latin1')))).join('\n');
    },
    stop: () => rm(folder, { recursive: true }),
  };
});

test('a job enqueued in the same process does not wait for the next look at the file', async () => {
  const jobs = openSqliteJobQueue({ path: ':memory:', clock: systemClock, pollMs: 60 * 60 * 1000 });
  const ran = Promise.withResolvers<string>();
  await jobs.work('runs', async (job) => ran.resolve(job.id));
  await jobs.enqueue('runs', { id: 'now', data: {} });
  expect(await ran.promise).toBe('now');
  await jobs.close();
});

test('a file that cannot be opened is told as such', () => {
  expect(() => openSqliteJobQueue({ path: '/nowhere/at/all.db', clock: systemClock })).toThrow(
    expect.objectContaining({ code: 'QUEUE_UNAVAILABLE' }),
  );
});
