// Contract of enqueueing: once per id, delayed, kept, apart from other queues.
import { expect, vi } from 'vitest';
import { PipewardenError } from '../../../services/core/errors.ts';
import type { Job } from '../../../services/core/ports/job-queue.ts';
import { buried, type Story, settled, WAIT } from './stage.ts';

export function enqueueing(story: Story): void {
  story('runs a job once, with its data, and forgets it', async ({ jobs, queue }) => {
    const seen: Job[] = [];
    await jobs.work(queue, async (job) => void seen.push(job));
    await jobs.enqueue(queue, { id: 'run-1', data: { run: 'r1', step: '2' } });
    await jobs.enqueue(queue, { id: 'run-2', data: {} });
    await settled(jobs, queue);
    expect(seen).toEqual([
      { id: 'run-1', data: { run: 'r1', step: '2' } },
      { id: 'run-2', data: {} },
    ]);
  });

  story(
    'ignores a second job of the same id while the first one waits, is delayed, runs or lies dead',
    async ({ jobs, queue }) => {
      const first = { id: 'same', data: { which: 'first' } };
      const second = { id: 'same', data: { which: 'second' } };
      await jobs.enqueue(queue, first, { delayMs: 200, attempts: 1 });
      await jobs.enqueue(queue, second);
      expect(await jobs.counts(queue)).toEqual({ waiting: 1, running: 0, dead: 0 });

      const seen: Job[] = [];
      const gate = Promise.withResolvers<void>();
      const worker = await jobs.work(queue, async (job) => {
        seen.push(job);
        await gate.promise;
      });
      await vi.waitFor(() => expect(seen).toHaveLength(1), WAIT);
      await jobs.enqueue(queue, second);
      expect(await jobs.counts(queue)).toEqual({ waiting: 0, running: 1, dead: 0 });

      gate.reject(new Error('not today'));
      await buried(jobs, queue, 1);
      await jobs.enqueue(queue, second);
      expect(await jobs.counts(queue)).toEqual({ waiting: 0, running: 0, dead: 1 });
      await worker.close();
      expect(seen).toEqual([first]);
    },
  );

  story('takes an id again once its job is done', async ({ jobs, queue }) => {
    const seen: string[] = [];
    await jobs.work(queue, async (job) => void seen.push(job.data.time ?? ''));
    for (const time of ['first', 'second']) {
      await jobs.enqueue(queue, { id: 'again', data: { time } });
      await settled(jobs, queue);
    }
    expect(seen).toEqual(['first', 'second']);
  });

  story('holds a delayed job back while others pass', async ({ jobs, queue }) => {
    const seen: string[] = [];
    await jobs.work(queue, async (job) => void seen.push(job.id));
    await jobs.enqueue(queue, { id: 'later', data: {} }, { delayMs: 500 });
    await jobs.enqueue(queue, { id: 'now', data: {} });
    await settled(jobs, queue);
    expect(seen).toEqual(['now', 'later']);
  });

  story('takes what may wait last, also when it failed once', async ({ jobs, queue }) => {
    const seen: string[] = [];
    const last = { turn: 'last', backoffMs: 1 } as const;
    for (const id of ['notify-1', 'notify-2']) await jobs.enqueue(queue, { id, data: {} }, last);
    for (const id of ['contain-1', 'contain-2']) await jobs.enqueue(queue, { id, data: {} });
    await jobs.work(queue, async (job) => {
      seen.push(job.id);
      if (job.id !== 'notify-1' || seen.filter((id) => id === job.id).length > 1) return;
      await jobs.enqueue(queue, { id: 'contain-3', data: {} });
      throw new Error('not yet');
    });
    await settled(jobs, queue);
    expect(seen.slice(0, 4)).toEqual(['contain-1', 'contain-2', 'notify-1', 'contain-3']);
    expect(seen.slice(4).toSorted()).toEqual(['notify-1', 'notify-2']);
  });

  story('takes any text as an id', async ({ jobs, queue }) => {
    const ids = ['a:b:c:d', '12345', '0', 'ключ 鍵 🔑', `'; drop table jobs; --`, '100%', '%3A', ' ', 'x'.repeat(512)];
    const seen: string[] = [];
    await jobs.work(queue, async (job) => {
      seen.push(job.id);
      throw new PipewardenError('SIGNATURE_WRONG');
    });
    for (const id of ids) await jobs.enqueue(queue, { id, data: { id } });
    await buried(jobs, queue, ids.length);
    expect(seen).toEqual(ids);
    const dead = await jobs.dead(queue, 100);
    expect(dead.map((job) => job.id).sort()).toEqual(ids.toSorted());
    expect(dead.every((job) => job.data.id === job.id)).toBe(true);
    for (const id of ids) expect(await jobs.revive(queue, id)).toBe(true);
  });

  story('keeps queues apart, whatever their jobs are called', async ({ jobs, queue }) => {
    const other = `${queue}: the other one`;
    await jobs.enqueue(other, { id: 'same', data: {} });
    const seen: string[] = [];
    await jobs.work(queue, async (job) => void seen.push(job.id));
    await jobs.enqueue(queue, { id: 'same', data: {} });
    await settled(jobs, queue);
    expect(seen).toEqual(['same']);
    expect(await jobs.counts(other)).toEqual({ waiting: 1, running: 0, dead: 0 });
  });

  story('keeps jobs when the client that brought them is gone', async ({ jobs: one, queue, open }) => {
    await one.enqueue(queue, { id: 'kept', data: { run: 'r1' } });
    await one.close();
    const two = await open();
    const seen: Job[] = [];
    await two.work(queue, async (job) => void seen.push(job));
    await settled(two, queue);
    expect(seen).toEqual([{ id: 'kept', data: { run: 'r1' } }]);
  });
}
