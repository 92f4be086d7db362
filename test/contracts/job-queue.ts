// What every job queue adapter must do. `start` gives one server (a file, a Redis), that several clients may open.
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { PipewardenError } from '../../services/core/errors.ts';
import type { Job, JobQueue } from '../../services/core/ports/job-queue.ts';
import { startVictim, type Victim, type VictimAdapter } from './victim.ts';

export interface JobQueueServer {
  /** One more client of the same queues. */
  open(): Promise<JobQueue>;
  /** How a worker in a process of its own, which can be killed, reaches the same queues. */
  readonly victim: VictimAdapter;
  /** Everything that is stored, as text. */
  dump(): Promise<string>;
  stop(): Promise<void>;
}

/** A lease that a test can wait for. */
const SHORT_LEASE = 500;

export function jobQueueContract(name: string, start: () => Promise<JobQueueServer>): void {
  describe(`job queue: ${name}`, () => {
    let server: JobQueueServer;
    let clients: JobQueue[] = [];
    let victims: Victim[] = [];
    let tests = 0;
    let queue = '';

    beforeAll(async () => {
      server = await start();
    });
    afterAll(async () => {
      await server.stop();
    });
    afterEach(async () => {
      // Taken out first: a story that failed with a job in hand must not spoil the next one.
      const [used, started] = [clients, victims];
      clients = [];
      victims = [];
      for (const victim of started) await victim.kill();
      await Promise.all(used.map((client) => client.close()));
    });

    async function client(): Promise<JobQueue> {
      const opened = await server.open();
      clients.push(opened);
      return opened;
    }

    async function victim(): Promise<Victim> {
      const started = await startVictim(server.victim, queue, SHORT_LEASE);
      victims.push(started);
      return started;
    }

    function story(title: string, tell: () => Promise<void>): void {
      test(title, { timeout: 30_000 }, async () => {
        // Each story has a queue of its own.
        queue = `story-${++tests}`;
        await tell();
      });
    }

    story('runs a job once, with its data, and forgets it', async () => {
      const jobs = await client();
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

    story('ignores a second job of the same id while the first one waits, is delayed, runs or lies dead', async () => {
      const jobs = await client();
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
    });

    story('takes an id again once its job is done', async () => {
      const jobs = await client();
      const seen: string[] = [];
      await jobs.work(queue, async (job) => void seen.push(job.data.time ?? ''));
      for (const time of ['first', 'second']) {
        await jobs.enqueue(queue, { id: 'again', data: { time } });
        await settled(jobs, queue);
      }
      expect(seen).toEqual(['first', 'second']);
    });

    story('holds a delayed job back while others pass', async () => {
      const jobs = await client();
      const seen: string[] = [];
      await jobs.work(queue, async (job) => void seen.push(job.id));
      await jobs.enqueue(queue, { id: 'later', data: {} }, { delayMs: 500 });
      await jobs.enqueue(queue, { id: 'now', data: {} });
      await settled(jobs, queue);
      expect(seen).toEqual(['now', 'later']);
    });

    story('tries a failed job again after a pause in which others run', async () => {
      const jobs = await client();
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

    story('shows a job that used up its attempts as dead, with its last error', async () => {
      const jobs = await client();
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

    story('does not try again what cannot succeed', async () => {
      const jobs = await client();
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

    story('revives a dead job with all its attempts', async () => {
      const jobs = await client();
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

    story('revives only what is dead', async () => {
      const jobs = await client();
      await jobs.enqueue(queue, { id: 'alive', data: {} });
      expect(await jobs.revive(queue, 'alive')).toBe(false);
      expect(await jobs.revive(queue, 'unknown')).toBe(false);
      expect(await jobs.counts(queue)).toEqual({ waiting: 1, running: 0, dead: 0 });
    });

    story('counts what waits, runs and is dead, and lists no more dead than asked for', async () => {
      const jobs = await client();
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

    story('runs as many jobs at a time as it was told, and no more', async () => {
      const jobs = await client();
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

    story('shares a queue between workers of two clients, each job in one of them', async () => {
      const one = await client();
      const two = await client();
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
    });

    story('keeps a job longer than its lease while its worker lives', async () => {
      const one = await client();
      const two = await client();
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

    story('runs a job again elsewhere when its worker is killed in the middle of it', async () => {
      const jobs = await client();
      await jobs.enqueue(queue, { id: 'survivor', data: { run: 'r1' } }, { attempts: 2 });
      const dying = await victim();
      expect(await dying.nextLine()).toBe('started survivor');
      await dying.kill();
      const seen: Job[] = [];
      await jobs.work(queue, async (job) => void seen.push(job), { leaseMs: SHORT_LEASE });
      await settled(jobs, queue);
      expect(seen).toEqual([{ id: 'survivor', data: { run: 'r1' } }]);
    });

    story('does not let a job kill workers for ever: that too uses up its attempts', async () => {
      const jobs = await client();
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

    story('hears no more of a worker that lost its job by falling silent', async () => {
      const jobs = await client();
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

    story('tells a running job that its worker closes, waits for it, and leaves it for another', async () => {
      const one = await client();
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
      const two = await client();
      await two.work(queue, async () => void said.push('ran elsewhere'));
      await settled(two, queue);
      expect(said).toEqual(['started', 'cleaned up', 'closed', 'ran elsewhere']);
    });

    story('takes a job as done that finished although its worker was closing', async () => {
      const jobs = await client();
      let runs = 0;
      await jobs.work(queue, async (_job, signal) => {
        runs++;
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      });
      await jobs.enqueue(queue, { id: 'finished', data: {} });
      await vi.waitFor(() => expect(runs).toBe(1), WAIT);
      await jobs.close();
      expect(await (await client()).counts(queue)).toEqual({ waiting: 0, running: 0, dead: 0 });
    });

    story('takes no new job after closing', async () => {
      const jobs = await client();
      let runs = 0;
      const worker = await jobs.work(queue, async () => void runs++);
      await worker.close();
      await jobs.enqueue(queue, { id: 'unseen', data: {} });
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(await jobs.counts(queue)).toEqual({ waiting: 1, running: 0, dead: 0 });
      expect(runs).toBe(0);
    });

    story('keeps jobs when the client that brought them is gone', async () => {
      const one = await client();
      await one.enqueue(queue, { id: 'kept', data: { run: 'r1' } });
      await one.close();
      const two = await client();
      const seen: Job[] = [];
      await two.work(queue, async (job) => void seen.push(job));
      await settled(two, queue);
      expect(seen).toEqual([{ id: 'kept', data: { run: 'r1' } }]);
    });

    story('keeps queues apart, whatever their jobs are called', async () => {
      const jobs = await client();
      const other = `${queue}: the other one`;
      await jobs.enqueue(other, { id: 'same', data: {} });
      const seen: string[] = [];
      await jobs.work(queue, async (job) => void seen.push(job.id));
      await jobs.enqueue(queue, { id: 'same', data: {} });
      await settled(jobs, queue);
      expect(seen).toEqual(['same']);
      expect(await jobs.counts(other)).toEqual({ waiting: 1, running: 0, dead: 0 });
    });

    story('takes any text as an id', async () => {
      const jobs = await client();
      const ids = [
        'a:b:c:d',
        '12345',
        '0',
        'ключ 鍵 🔑',
        `'; drop table jobs; --`,
        '100%',
        '%3A',
        ' ',
        'x'.repeat(512),
      ];
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

    story('keeps of an error its message alone', async () => {
      const jobs = await client();
      await jobs.work(queue, async () => {
        const error = new Error('the system answered 500', { cause: 'words of the cause' });
        error.stack = 'words of the stack';
        throw Object.assign(error, { body: 'words of the body' });
      });
      await jobs.enqueue(queue, { id: 'talkative', data: {} }, { attempts: 2, backoffMs: 10 });
      await buried(jobs, queue, 1);
      const stored = await server.dump();
      expect(stored).toContain('the system answered 500');
      expect(stored).not.toMatch(/words of the (cause|stack|body)/);
    });

    story('says that it is closed', async () => {
      const jobs = await client();
      await jobs.close();
      await jobs.close();
      const unavailable = expect.objectContaining({ code: 'QUEUE_UNAVAILABLE' });
      await expect(jobs.enqueue(queue, { id: 'late', data: {} })).rejects.toEqual(unavailable);
      await expect(jobs.work(queue, async () => {})).rejects.toEqual(unavailable);
      await expect(jobs.dead(queue, 1)).rejects.toEqual(unavailable);
      await expect(jobs.revive(queue, 'late')).rejects.toEqual(unavailable);
      await expect(jobs.counts(queue)).rejects.toEqual(unavailable);
    });
  });
}

const WAIT = { timeout: 15_000, interval: 20 };

/** Until nothing waits and nothing runs. */
async function settled(jobs: JobQueue, queue: string): Promise<void> {
  await vi.waitFor(async () => expect(await jobs.counts(queue)).toMatchObject({ waiting: 0, running: 0 }), WAIT);
}

async function buried(jobs: JobQueue, queue: string, dead: number): Promise<void> {
  await vi.waitFor(async () => expect(await jobs.counts(queue)).toEqual({ waiting: 0, running: 0, dead }), WAIT);
}
