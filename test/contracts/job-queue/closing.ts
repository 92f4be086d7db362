// Contract of closing: a running job is told and waited for, nothing new begins, nothing is lost.
import { expect, vi } from 'vitest';
import { type Story, settled, WAIT } from './stage.ts';

export function closing(story: Story): void {
  story(
    'tells a running job that its worker closes, waits for it, and leaves it for another',
    async ({ jobs: one, queue, open }) => {
      const said: string[] = [];
      const worker = await one.work(queue, async (_job, signal) => {
        said.push('started');
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        await new Promise((resolve) => setTimeout(resolve, 50));
        said.push('cleaned up');
        throw signal.reason;
      });
      await one.enqueue(queue, { id: 'interrupted', data: {} }, { attempts: 1 });
      await vi.waitFor(() => expect(said).toEqual(['started']), WAIT);
      await worker.close();
      said.push('closed');
      await worker.close();
      // An interruption costs no attempt: this one has a single one.
      const two = await open();
      await two.work(queue, async () => void said.push('ran elsewhere'));
      await settled(two, queue);
      expect(said).toEqual(['started', 'cleaned up', 'closed', 'ran elsewhere']);
    },
  );

  story('takes a job as done that finished although its worker was closing', async ({ jobs, queue, open }) => {
    let runs = 0;
    await jobs.work(queue, async (_job, signal) => {
      runs++;
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    });
    await jobs.enqueue(queue, { id: 'finished', data: {} });
    await vi.waitFor(() => expect(runs).toBe(1), WAIT);
    await jobs.close();
    expect(await (await open()).counts(queue)).toEqual({ waiting: 0, running: 0, dead: 0 });
  });

  story('takes no new job after closing', async ({ jobs, queue }) => {
    let runs = 0;
    const worker = await jobs.work(queue, async () => void runs++);
    await worker.close();
    await jobs.enqueue(queue, { id: 'unseen', data: {} });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await jobs.counts(queue)).toEqual({ waiting: 1, running: 0, dead: 0 });
    expect(runs).toBe(0);
  });

  story('says that it is closed', async ({ jobs, queue }) => {
    await jobs.close();
    await jobs.close();
    const unavailable = expect.objectContaining({ code: 'QUEUE_UNAVAILABLE' });
    await expect(jobs.enqueue(queue, { id: 'late', data: {} })).rejects.toEqual(unavailable);
    await expect(jobs.work(queue, async () => {})).rejects.toEqual(unavailable);
    await expect(jobs.dead(queue, 1)).rejects.toEqual(unavailable);
    await expect(jobs.revive(queue, 'late')).rejects.toEqual(unavailable);
    await expect(jobs.counts(queue)).rejects.toEqual(unavailable);
  });
}
