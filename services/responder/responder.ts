// The responder: incidents in, contained (or, by default, shown how they would be) through playbook runs, every decision
// in the audit trail.
import type { Action, Api } from '../core/action.ts';
import type { Signer } from '../core/audit-seal.ts';
import type { Clock } from '../core/clock.ts';
import { messageOf } from '../core/errors.ts';
import type { Playbook } from '../core/playbook.ts';
import type { DocumentStore } from '../core/ports/document-store.ts';
import type { EventLog } from '../core/ports/event-log.ts';
import type { JobQueue } from '../core/ports/job-queue.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { chainDecisions } from './audit-chain.ts';
import { dispatchIncidents } from './dispatch.ts';
import type { Redact } from './evidence.ts';
import type { Freezer } from './freeze.ts';
import { createGuard } from './guards.ts';
import type { Policy } from './policy.ts';
import { startReconciler } from './reconcile.ts';
import { CONTAINMENT } from './run-queue.ts';
import { createRunWorker } from './worker.ts';

export interface ResponderOptions {
  readonly log: EventLog;
  readonly queue: JobQueue;
  readonly store: DocumentStore;
  readonly playbooks: readonly Playbook[];
  readonly actions: ReadonlyMap<string, Action>;
  /** By system. A run acts when one of its steps' systems has one. */
  readonly apis: ReadonlyMap<string, Api>;
  readonly mode: 'dry' | 'act';
  readonly policy: Policy;
  readonly freezer: Freezer;
  /** Takes the secrets out of what is kept as evidence. */
  readonly redact: Redact;
  /** Who seals the audit trail; absent: nobody. */
  readonly signer?: (() => Signer) | undefined;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  /**
   * Names this process among those alive. After a crash a process of the same name takes up its runs at once, one of
   * another name when their leases have run out.
   */
  readonly owner: string;
}

export interface Responder {
  close(): Promise<void>;
  /** Resolves when everything handed out so far is done, retries and their pauses included: for tests and replay. */
  idle(): Promise<void>;
}

const CONCURRENCY = 4;

export async function startResponder(options: ResponderOptions): Promise<Responder> {
  const { log, queue, telemetry, clock } = options;
  const chained = await log.subscribe(chainDecisions(telemetry, clock, options.signer));
  const worker = await queue.work(CONTAINMENT, createRunWorker({ ...options, guard: createGuard(options) }), {
    concurrency: CONCURRENCY,
    onError(error, job) {
      telemetry.log.warn('A playbook run is tried again', { run: job?.data.run, error: messageOf(error) });
    },
  });
  const dispatched = await log.subscribe(dispatchIncidents(options));
  const reconciler = await startReconciler(options);

  return {
    async close() {
      await reconciler.close();
      await dispatched.close();
      await worker.close();
      await chained.close();
    },
    async idle() {
      await dispatched.caughtUp();
      for (;;) {
        const { waiting, running } = await queue.counts(CONTAINMENT);
        if (waiting + running === 0) break;
        await clock.sleep(10);
      }
      await chained.caughtUp();
    },
  };
}
