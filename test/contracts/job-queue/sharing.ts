// Contract of several workers: how many jobs at a time, each in one of them, and a worker that dies or falls silent.
import { expect, vi } from 'vitest';
import type { Job } from '../../../services/core/ports/job-queue.ts';
import { buried, SHORT_LEASE, type Story, settled, WAIT } from './stage.ts';

export function sharing(story: Story): void {
  story('runs as many jobs at a time as it was told, and no more', async ({ jobs, queue }) => {
    const gate = Promise.withResolvers<void>();
    let inside = 0;
    let most = 0;
    await jobs.work(
      queue,
      async () => {
        most = Math.max(most, ++inside);
        if (inside === 3) gate.resolve();
        await gate.promise;
        inside--;
      },
      { concurrency: 3 },
    );
    for (let number = 0; number < 12; number++) await jobs.enqueue(queue, { id: `job-${number}`, data: {} });
    await settled(jobs, queue);
    expect(most).toBe(3);
  });

  story(
    'shares a queue between workers of two clients, each job in one of them',
    async ({ jobs: one, queue, open }) => {
      const two = await open();
      const ids = Array.from({ length: 40 }, (_, number) => `job-${number}`);
      const seen: string[] = [];
      const workers = new Set<string>();
      for (const [label, jobs] of Object.entries({ one, two })) {
        await jobs.work(queue, async (job) => {
          seen.push(job.id);
          workers.add(label);
          await new Promise((resolve) => setTimeout(resolve, 5));
        });
      }
      await Promise.all(ids.map((id, number) => (number % 2 ? one : two).enqueue(queue, { id, data: {} })));
      await settled(one, queue);
      expect(seen.toSorted()).toEqual(ids.toSorted());
      expect([...workers].sort()).toEqual(['one', 'two']);
    },
  );

  story('keeps a job longer than its lease while its worker lives', async ({ jobs: one, queue, open }) => {
    const two = await open();
    let runs = 0;
    async function handler(): Promise<void> {
      runs++;
      await new Promise((resolve) => setTimeout(resolve, 4 * SHORT_LEASE));
    }
    await one.work(queue, handler, { leaseMs: SHORT_LEASE });
    await two.work(queue, handler, { leaseMs: SHORT_LEASE });
    await one.enqueue(queue, { id: 'long', data: {} });
    await settled(one, queue);
    expect(runs).toBe(1);
  });

  story('runs a job again elsewhere when its worker is killed in the middle of it', async ({ jobs, queue, victim }) => {
    await jobs.enqueue(queue, { id: 'survivor', data: { run: 'r1' } }, { attempts: 2 });
    const dying = await victim();
    expect(await dying.nextLine()).toBe('started survivor');
    await dying.kill();
    const seen: Job[] = [];
    await jobs.work(queue, async (job) => void seen.push(job), { leaseMs: SHORT_LEASE });
    await settled(jobs, queue);
    expect(seen).toEqual([{ id: 'survivor', data: { run: 'r1' } }]);
  });

  story('does not let a job kill workers for ever: that too uses up its attempts', async ({ jobs, queue, victim }) => {
    await jobs.enqueue(queue, { id: 'poison', data: {} }, { attempts: 1 });
    const dying = await victim();
    expect(await dying.nextLine()).toBe('started poison');
    await dying.kill();
    let runs = 0;
    await jobs.work(queue, async () => void runs++, { leaseMs: SHORT_LEASE });
    await buried(jobs, queue, 1);
    expect(runs).toBe(0);
    expect(await jobs.dead(queue, 10)).toMatchObject([{ id: 'poison', attempts: 1, error: /silent/ }]);

    expect(await jobs.revive(queue, 'poison')).toBe(true);
    await settled(jobs, queue);
    expect(runs).toBe(1);
  });

  story('hears no more of a worker that lost its job by falling silent', async ({ jobs, queue, victim }) => {
    await jobs.enqueue(queue, { id: 'contested', data: {} });
    const frozen = await victim();
    expect(await frozen.nextLine()).toBe('started contested');
    frozen.freeze();
    const gate = Promise.withResolvers<void>();
    let runs = 0;
    await jobs.work(
      queue,
      async () => {
        runs++;
        await gate.promise;
      },
      { leaseMs: SHORT_LEASE },
    );
    await vi.waitFor(() => expect(runs).toBe(1), WAIT);
    frozen.thaw();
    expect(await frozen.nextLine()).toBe('aborted contested');
    frozen.finish();
    expect(await frozen.nextLine()).toBe('finished contested');
    await jobs.enqueue(queue, { id: 'contested', data: {} });
    expect(await jobs.counts(queue)).toEqual({ waiting: 0, running: 1, dead: 0 });
    gate.resolve();
    await settled(jobs, queue);
    expect(runs).toBe(1);
  });
}
