// What the stories of the job queue's contract play on: clients of one server, a queue of their own, victims, waiting.
import { expect, vi } from 'vitest';
import type { JobQueue } from '../../../services/core/ports/job-queue.ts';
import { clientsOf } from '../clients.ts';
import type { JobQueueServer } from '../job-queue.ts';
import { startVictim, type Victim } from './victim.ts';

/** Milliseconds: a lease that a story can wait for. */
export const SHORT_LEASE = 500;

/** How long one expected thing may take before it counts as missing. */
export const WAIT = { timeout: 15_000, interval: 20 };

export type Story = (title: string, play: (stage: Stage) => Promise<void>) => void;

export interface Stage {
  /** The first client. */
  readonly jobs: JobQueue;
  /** The name of a queue that no other story uses. */
  readonly queue: string;
  open(): Promise<JobQueue>;
  /** A worker of the queue, in a process of its own, with a short lease. */
  victim(): Promise<Victim>;
  /** Everything that is stored, as text. */
  dump(): Promise<string>;
  close(): Promise<void>;
}

export async function openStage(server: JobQueueServer, queue: string): Promise<Stage> {
  const victims: Victim[] = [];
  const { opened, open } = clientsOf(server);
  return {
    jobs: await open(),
    queue,
    open,
    async victim() {
      const victim = await startVictim(server.victim, queue, SHORT_LEASE);
      victims.push(victim);
      return victim;
    },
    dump: () => server.dump(),
    async close() {
      for (const victim of victims) await victim.kill();
      await Promise.all(opened.map((client) => client.close()));
    },
  };
}

/** Until nothing waits and nothing runs. */
export async function settled(jobs: JobQueue, queue: string): Promise<void> {
  await vi.waitFor(async () => expect(await jobs.counts(queue)).toMatchObject({ waiting: 0, running: 0 }), WAIT);
}

/** Until nothing waits, nothing runs, and so many are dead. */
export async function buried(jobs: JobQueue, queue: string, dead: number): Promise<void> {
  await vi.waitFor(async () => expect(await jobs.counts(queue)).toEqual({ waiting: 0, running: 0, dead }), WAIT);
}
