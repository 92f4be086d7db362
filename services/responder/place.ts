// A step in its place in a run that a worker holds: how its status changes, and what is written down with that.
import type { Action, Api, Change, Look, Target } from '../core/action.ts';
import { ask } from '../core/ask.ts';
import type { AuditEntry } from '../core/audit.ts';
import type { Clock } from '../core/clock.ts';
import { fateOf, messageOf, PipewardenError } from '../core/errors.ts';
import type { JsonObject } from '../core/json.ts';
import type { RunStep, StepStatus } from '../core/playbook.ts';
import type { DocumentStore } from '../core/ports/document-store.ts';
import { MINUTE, SECOND } from '../core/time.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { Redact } from './evidence.ts';
import type { Guard } from './guards.ts';
import type { RunLease } from './lease.ts';
import { changeStep, firstTried, isOpen } from './run.ts';

/** Looking, or sending all of a step's requests, has this long. */
const CALL_MS = 30 * SECOND;
/** A step that could not be done for so long since it was first tried has failed. */
export const RETRY_FOR_MS = 15 * MINUTE;

export interface Place {
  readonly lease: RunLease;
  readonly index: number;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

/** A step that its action is known of. */
export interface Work extends Place {
  readonly guard: Guard;
  readonly store: DocumentStore;
  readonly redact: Redact;
  /** Ends the gathering of evidence, in all steps of the run. */
  readonly gathering: () => AbortSignal;
  readonly action: Action;
  readonly dry: boolean;
  /** Only reads; undefined without a credential. */
  readonly read: Api | undefined;
  /** As `read` when `dry`. */
  readonly api: Api | undefined;
}

export function current({ lease, index }: Place): RunStep | undefined {
  return lease.run.steps[index];
}

export function deadline({ signal }: Place): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(CALL_MS)]);
}

/** Writes a step's new status down, with the audit entry and the count that go with it. */
export async function record(
  place: Place,
  status: StepStatus,
  change: Partial<RunStep>,
  detail: JsonObject,
): Promise<void> {
  const outcome = status === 'failed' ? 'failure' : 'success';
  await write(place, { ...change, status }, `action.${status}`, outcome, detail);
  const action = current(place)?.action ?? 'unknown';
  place.telemetry.metrics.actions.inc({ action, outcome: status });
}

/** A step that was skipped meanwhile, because its incident was closed, stays as it is. */
export async function write(
  { lease, index }: Place,
  change: Partial<RunStep>,
  action: string,
  outcome: AuditEntry['outcome'],
  detail: JsonObject,
): Promise<void> {
  await lease.change((run, now) =>
    isOpen(run.steps[index]) ? changeStep(run, index, change, now, action, outcome, detail) : run,
  );
}

export async function fail(place: Place, problem: string): Promise<undefined> {
  await record(place, 'failed', { problem }, { problem });
  const { lease, index, telemetry } = place;
  telemetry.log.warn('A containment step failed', { run: lease.run.id, step: index, problem });
}

/** Gives the error back when it is worth another try, else ends the step. */
export async function trouble(place: Place, error: unknown): Promise<unknown> {
  // Shutting down says nothing about the step: it is taken up again where it is.
  if (place.signal.aborted) throw error;
  const { lease, index, clock } = place;
  const since = clock.now() - (firstTried(lease.run, index) ?? clock.now());
  const timeout = current(place)?.timeout;
  const patience = timeout === undefined ? RETRY_FOR_MS : timeout * MINUTE;
  if (fateOf(error) !== 'retry' || since >= patience) return await fail(place, messageOf(error));
  // What got no answer may have been done; what was turned away was not.
  const isOpen = error instanceof PipewardenError && error.code === 'API_UNREACHABLE';
  await write(place, {}, isOpen ? 'action.unanswered' : 'action.delayed', 'failure', { problem: messageOf(error) });
  return error;
}

/** A failure of the system as a value, so that it is never taken for the store's. */
export async function attempt<Value>(
  call: () => Promise<Value>,
): Promise<{ readonly value: Value } | { readonly error: unknown }> {
  try {
    return { value: await call() };
  } catch (error) {
    return { error };
  }
}

/** What is no target of the action is refused before anything is asked. Throws as `Action.look`. */
export async function look(action: Action, target: Target, read: Api, signal: AbortSignal): Promise<Look> {
  action.intend(target, undefined);
  return await action.look(target, read, signal);
}

/** Gives the status of each answer. */
export async function sendAll(work: Work, api: Api, changes: readonly Change[]): Promise<number[]> {
  const until = deadline(work);
  const statuses: number[] = [];
  for (const { accepts, ...request } of changes) statuses.push((await ask(api, request, accepts, until)).status);
  return statuses;
}

export function noCredential(action: Action): string {
  return `there is no credential for ${action.system}`;
}
