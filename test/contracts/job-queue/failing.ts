// Contract of failure: tried again after a pause, dead in the end, visible then, revived on request.
import { expect, vi } from 'vitest';
import { PipewardenError } from '../../../services/core/errors.ts';
import { buried, type Story, settled, WAIT } from './stage.ts';

export function failing(story: Story): void {
  story('tries a failed job again after a pause in which others run', async ({ jobs, queue }) => {
    const seen: string[] = [];
    const errors: unknown[] = [];
    await jobs.work(
      queue,
      async (job) => {
        seen.push(job.id);
        if (job.id === 'weak' && seen.filter((id) => id === 'weak').length < 3) throw new Error('not yet');
      },
      { onError: (error, job) => errors.push([String(error), job?.id]) },
    );
    await jobs.enqueue(queue, { id: 'weak', data: {} }, { backoffMs: 300 });
    await vi.waitFor(() => expect(seen).toEqual(['weak']), WAIT);
    await jobs.enqueue(queue, { id: 'strong', data: {} });
    await settled(jobs, queue);
    expect(seen).toEqual(['weak', 'strong', 'weak', 'weak']);
    expect(errors).toEqual([
      ['Error: not yet', 'weak'],
      ['Error: not yet', 'weak'],
    ]);
  });

  story('shows a job that used up its attempts as dead, with its last error', async ({ jobs, queue }) => {
    let tries = 0;
    await jobs.work(queue, async () => {
      throw new Error(`failure ${++tries}`);
    });
    await jobs.enqueue(queue, { id: 'doomed', data: { run: 'r1' } }, { attempts: 3, backoffMs: 10 });
    await buried(jobs, queue, 1);
    expect(await jobs.dead(queue, 10)).toEqual([
      { id: 'doomed', data: { run: 'r1' }, attempts: 3, error: 'failure 3' },
    ]);
    expect(tries).toBe(3);
  });

  story('does not try again what cannot succeed', async ({ jobs, queue }) => {
    let tries = 0;
    await jobs.work(queue, async () => {
      tries++;
      throw new PipewardenError('SIGNATURE_WRONG');
    });
    await jobs.enqueue(queue, { id: 'hopeless', data: {} });
    await buried(jobs, queue, 1);
    expect(await jobs.dead(queue, 10)).toMatchObject([
      { id: 'hopeless', attempts: 1, error: new PipewardenError('SIGNATURE_WRONG').message },
    ]);
    expect(tries).toBe(1);
  });

  story('keeps of an error its message alone', async ({ jobs, queue, dump }) => {
    await jobs.work(queue, async () => {
      const error = new Error('the system answered 500', { cause: 'words of the cause' });
      error.stack = 'words of the stack';
      throw Object.assign(error, { body: 'words of the body' });
    });
    await jobs.enqueue(queue, { id: 'talkative', data: {} }, { attempts: 2, backoffMs: 10 });
    await buried(jobs, queue, 1);
    const stored = await dump();
    expect(stored).toContain('the system answered 500');
    expect(stored).not.toMatch(/words of the (cause|stack|body)/);
  });

  story('counts what waits, runs and is dead, and lists no more dead than asked for', async ({ jobs, queue }) => {
    const gate = Promise.withResolvers<void>();
    const worker = await jobs.work(
      queue,
      async (job) => {
        if (job.id.startsWith('bad')) throw new PipewardenError('SIGNATURE_WRONG');
        await gate.promise;
      },
      { concurrency: 2 },
    );
    for (const id of ['bad-1', 'bad-2', 'bad-3']) await jobs.enqueue(queue, { id, data: {} });
    await buried(jobs, queue, 3);
    for (const id of ['a', 'b', 'c']) await jobs.enqueue(queue, { id, data: {} });
    await jobs.enqueue(queue, { id: 'd', data: {} }, { delayMs: 60_000 });
    await vi.waitFor(async () => expect(await jobs.counts(queue)).toEqual({ waiting: 2, running: 2, dead: 3 }), WAIT);
    expect(await jobs.dead(queue, 2)).toHaveLength(2);
    expect(await jobs.dead(queue, 0)).toEqual([]);
    gate.resolve();
    await worker.close();
  });

  story('revives a dead job with all its attempts', async ({ jobs, queue }) => {
    let tries = 0;
    await jobs.work(queue, async () => {
      if (++tries < 4) throw new Error('still broken');
    });
    await jobs.enqueue(queue, { id: 'lazarus', data: {} }, { attempts: 2, backoffMs: 10 });
    await buried(jobs, queue, 1);
    expect(await jobs.revive(queue, 'lazarus')).toBe(true);
    await settled(jobs, queue);
    expect(tries).toBe(4);
    expect(await jobs.revive(queue, 'lazarus')).toBe(false);
  });

  story('revives only what is dead', async ({ jobs, queue }) => {
    await jobs.enqueue(queue, { id: 'alive', data: {} });
    expect(await jobs.revive(queue, 'alive')).toBe(false);
    expect(await jobs.revive(queue, 'unknown')).toBe(false);
    expect(await jobs.counts(queue)).toEqual({ waiting: 1, running: 0, dead: 0 });
  });
}
