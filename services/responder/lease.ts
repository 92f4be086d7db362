// One worker at a time on a run: a lease with a fencing number, kept in the run's own document. Each change renews it,
// and a worker that comes back too late finds another number there and is refused.
import type { Clock } from '../core/clock.ts';
import { PipewardenError } from '../core/errors.ts';
import type { PlaybookRun } from '../core/playbook.ts';
import type { DocumentStore } from '../core/ports/document-store.ts';
import { type Instant, SECOND } from '../core/time.ts';
import { isUnfinished, type RunDocument, settle, withAudit } from './run.ts';
import { changeRun } from './run-store.ts';

/** Longer than any call that is made between two changes (`CALL_MS` in step.ts), so that no call outlives its lease. */
export const LEASE_MS = 60 * SECOND;

/** A run that this worker holds. `run` is its state as last written. */
export class RunLease {
  readonly #store: DocumentStore;
  readonly #clock: Clock;
  readonly #owner: string;
  readonly #fence: number;
  #run: RunDocument;

  constructor(store: DocumentStore, clock: Clock, owner: string, fence: number, run: RunDocument) {
    this.#store = store;
    this.#clock = clock;
    this.#owner = owner;
    this.#fence = fence;
    this.#run = run;
  }

  get run(): RunDocument {
    return this.#run;
  }

  /** Changes the run and renews the lease. Rejects with DOCUMENT_CONFLICT when somebody else has taken it over. */
  async change(next: (run: RunDocument, now: Instant) => RunDocument): Promise<void> {
    await this.#write((run, now) => ({ ...next(run, now), lease: this.#held(now + LEASE_MS) }));
  }

  /** Gives the run back with the status that its steps have come to. The number stays, so that it keeps growing. */
  async release(): Promise<void> {
    await this.#write((run, now) => {
      const settled = settle({ ...run, lease: this.#held(0) });
      if (isUnfinished(settled) || settled.status === 'waiting') return settled;
      const outcome = settled.status === 'failed' ? 'failure' : 'success';
      return withAudit(settled, now, 'playbook-run.finished', outcome, { status: settled.status });
    });
  }

  #held(until: Instant): PlaybookRun['lease'] {
    return { owner: this.#owner, fence: this.#fence, until };
  }

  async #write(next: (run: RunDocument, now: Instant) => RunDocument): Promise<void> {
    const run = await changeRun(this.#store, this.#run.id, (current) => {
      if (current.lease?.fence !== this.#fence) throw heldByAnother(current.id);
      return next(current, this.#clock.now());
    });
    if (!run) throw heldByAnother(this.#run.id);
    this.#run = run;
  }
}

/**
 * Takes a run whose lease is free, has run out, or is the owner's own from before a crash; undefined when there is no such
 * run. Rejects with DOCUMENT_CONFLICT while another owner has it.
 */
export async function takeLease(
  store: DocumentStore,
  clock: Clock,
  owner: string,
  id: string,
): Promise<RunLease | undefined> {
  let fence = 0;
  const run = await changeRun(store, id, (current) => {
    const now = clock.now();
    const { lease } = current;
    if (lease && lease.owner !== owner && lease.until > now) throw heldByAnother(id);
    fence = (lease?.fence ?? 0) + 1;
    return settle({ ...current, lease: { owner, fence, until: now + LEASE_MS } });
  });
  return run && new RunLease(store, clock, owner, fence, run);
}

function heldByAnother(id: string): PipewardenError {
  return new PipewardenError('DOCUMENT_CONFLICT', { id, collection: 'run' });
}
