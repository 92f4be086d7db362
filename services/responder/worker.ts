// Works on one run at a time, as the queue hands them out: takes the lease, advances every step, gives the lease back,
// exports what was decided.
import { PipewardenError } from '../core/errors.ts';
import type { RunStep } from '../core/playbook.ts';
import type { EventLog } from '../core/ports/event-log.ts';
import type { Job } from '../core/ports/job-queue.ts';
import { exportAudit } from './audit-export.ts';
import { GATHER_MS } from './evidence.ts';
import { takeLease } from './lease.ts';
import { isUnfinished, type RunDocument } from './run.ts';
import { getRun } from './run-store.ts';
import { advanceStep, type StepParts } from './step.ts';

/** Steps of one group that are worked on at a time. */
const AT_ONCE = 6;

export interface WorkerParts extends Omit<StepParts, 'gathering'> {
  readonly log: EventLog;
  readonly owner: string;
}

/**
 * The queue's handler. It throws when a step is worth another try, or when somebody else works on the run: the queue then
 * hands the job out again after a pause.
 */
export function createRunWorker(parts: WorkerParts): (job: Job, signal: AbortSignal) => Promise<void> {
  const inHand = new Set<string>();
  return async (job, signal) => {
    const id = job.data.run ?? '';
    // The lease lets an owner take its own run again after a crash, so it cannot tell two jobs of one process apart.
    if (inHand.has(id)) throw new PipewardenError('DOCUMENT_CONFLICT', { id, collection: 'run' });
    inHand.add(id);
    try {
      await work(parts, id, signal);
    } finally {
      inHand.delete(id);
    }
  };
}

async function work(parts: WorkerParts, id: string, signal: AbortSignal): Promise<void> {
  const stored = await getRun(parts.store, id);
  // Its document comes before its job, so one that is not there is in another store, or gone: it must not go unheard.
  if (!stored) throw new PipewardenError('STORE_UNAVAILABLE', { problem: `it does not have the playbook run ${id}` });
  const problem = isUnfinished(stored.body) ? await advanceSteps(parts, id, signal) : undefined;
  await exportAudit(parts.log, parts.store, id);
  if (problem !== undefined) throw problem;
}

/** Gives the first error that is worth another try. A step that is stopped does not stop those after it. */
async function advanceSteps(parts: WorkerParts, id: string, signal: AbortSignal): Promise<unknown> {
  const lease = await takeLease(parts.store, parts.clock, parts.owner, id);
  if (!lease) return undefined;
  let problem: unknown;
  let gathering: AbortSignal | undefined;
  const stepParts: StepParts = {
    ...parts,
    gathering() {
      gathering ??= AbortSignal.timeout(GATHER_MS);
      return gathering;
    },
  };
  const advance = async (index: number) => {
    const stopped = await advanceStep(stepParts, lease, index, signal);
    problem ??= stopped;
  };
  try {
    // The run may grow while it is worked on.
    for (let group = 0; group <= lastGroup(lease.run); group++) {
      signal.throwIfAborted();
      await together(
        indexes(lease.run, (step) => step.group === group && step.status !== 'undoing'),
        advance,
      );
    }
    // What was done last is undone first.
    for (const index of indexes(lease.run, ({ status }) => status === 'undoing').reverse()) {
      signal.throwIfAborted();
      await advance(index);
    }
  } finally {
    await lease.release();
  }
  return problem;
}

function indexes({ steps }: RunDocument, is: (step: RunStep) => boolean): number[] {
  return [...steps.keys()].filter((index) => steps.slice(index, index + 1).some(is));
}

function lastGroup({ steps }: RunDocument): number {
  return Math.max(-1, ...steps.map(({ group }) => group));
}

/** A few at a time; rejects with the first error when all that had begun have ended. */
async function together(indexes: readonly number[], work: (index: number) => Promise<void>): Promise<void> {
  const rest = [...indexes];
  const lanes = Array.from({ length: Math.min(AT_ONCE, rest.length) }, async () => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) await work(next);
  });
  for (const outcome of await Promise.allSettled(lanes)) if (outcome.status === 'rejected') throw outcome.reason;
}
