// Looks for what a crash may have left behind: runs that are not finished, and audit entries that were not exported. Puts
// their jobs into the queue again, where those that are there already are ignored. And for steps that nobody agreed to in time.
import type { Clock } from '../core/clock.ts';
import { messageOf } from '../core/errors.ts';
import type { Condition, DocumentStore } from '../core/ports/document-store.ts';
import type { JobQueue } from '../core/ports/job-queue.ts';
import { MINUTE } from '../core/time.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { expireSteps, type RunDocument } from './run.ts';
import { CONTAINMENT, reviveRun } from './run-queue.ts';
import { changeRun } from './run-store.ts';

export interface ReconcileParts {
  readonly store: DocumentStore;
  readonly queue: JobQueue;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

const LEFT_BEHIND: readonly Condition[] = [
  { field: 'status', in: ['pending', 'running'] },
  { field: 'unexported', from: 1 },
];

/** What the queue holds, as a metric. */
async function measure({ queue, telemetry }: ReconcileParts): Promise<void> {
  for (const [state, count] of Object.entries(await queue.counts(CONTAINMENT))) {
    telemetry.metrics.jobs.set({ state }, count);
  }
}

/** One pass; gives how many runs were found. */
export async function reconcile({ store, queue, clock }: ReconcileParts): Promise<number> {
  let found = 0;
  for await (const { id } of runsWhere(store, { field: 'status', is: 'waiting' })) {
    await changeRun(store, id, (run) => expireSteps(run, clock.now()));
  }
  for (const condition of LEFT_BEHIND) {
    for await (const run of runsWhere(store, condition)) {
      await reviveRun(queue, run);
      found += 1;
    }
  }
  return found;
}

async function* runsWhere(store: DocumentStore, condition: Condition): AsyncGenerator<RunDocument> {
  let after: string | undefined;
  do {
    const page = await store.search<RunDocument>('run', {
      where: [condition],
      limit: 500,
      ...(after === undefined ? {} : { after }),
    });
    for (const { body } of page.documents) yield body;
    after = page.next;
  } while (after !== undefined);
}

/** A pass now (when it resolves, it is over) and one every minute. A pass that fails is told of and left to the next. */
export async function startReconciler(parts: ReconcileParts): Promise<{ close(): Promise<void> }> {
  const stop = new AbortController();
  await pass(parts);
  const loop = repeat(parts, stop.signal);
  return {
    async close() {
      stop.abort();
      await loop;
    },
  };
}

async function repeat(parts: ReconcileParts, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await parts.clock.sleep(MINUTE, signal);
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    await pass(parts);
  }
}

async function pass(parts: ReconcileParts): Promise<void> {
  try {
    await reconcile(parts);
    await measure(parts);
  } catch (error) {
    parts.telemetry.log.error('Unfinished playbook runs could not be enqueued again yet', { error: messageOf(error) });
  }
}
