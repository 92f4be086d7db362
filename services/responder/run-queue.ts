// The containment queue: jobs that carry a run's id and nothing else. What contains goes before what only tells.
import type { PlaybookRun } from '../core/playbook.ts';
import type { JobQueue } from '../core/ports/job-queue.ts';
import { isOpen } from './run.ts';

export const CONTAINMENT = 'containment';

export async function enqueueRun(queue: Pick<JobQueue, 'enqueue'>, run: PlaybookRun): Promise<void> {
  const turn = run.steps.some((step) => isOpen(step) && step.kind !== 'notify') ? 'first' : 'last';
  await queue.enqueue(CONTAINMENT, { id: jobId(run), data: { run: run.id } }, { turn });
}

/** Enqueues a run, and takes its job from the dead list if it lies there. */
export async function reviveRun(queue: JobQueue, run: PlaybookRun): Promise<void> {
  await enqueueRun(queue, run);
  await queue.revive(CONTAINMENT, jobId(run));
}

/** A run that has grown, or was given an order, gets a job of its own: one under way may be past the place of it. */
function jobId({ id, steps, orders }: PlaybookRun): string {
  return orders === undefined ? `${id}.${steps.length}` : `${id}.${steps.length}.${orders}`;
}
