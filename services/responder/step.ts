// One step of a run: plan, then (in mode act, where nobody has to agree) execute and verify. What is about to be sent is
// written down before it is sent, and what came of it after: a crash between the two leaves a pending step with its plan,
// whose call may have got through. Executing it again has one effect, as every action promises.
import type { Action, ActionPlan, Api } from '../core/action.ts';
import type { AuditEntry } from '../core/audit.ts';
import type { Clock } from '../core/clock.ts';
import { fateOf, messageOf, PipewardenError } from '../core/errors.ts';
import type { JsonObject } from '../core/json.ts';
import type { RunStep, StepStatus } from '../core/playbook.ts';
import { MINUTE, SECOND } from '../core/time.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { RunLease } from './lease.ts';
import { readOnly } from './read-only.ts';
import { changeStep, firstTried, isOpen } from './run.ts';

/** One method of an action, with all its requests, has this long. */
const CALL_MS = 30 * SECOND;
/** A step that could not be done for so long since it was first tried has failed. */
export const RETRY_FOR_MS = 15 * MINUTE;

export interface StepParts {
  readonly actions: ReadonlyMap<string, Action>;
  /** By system: `github`. */
  readonly apis: ReadonlyMap<string, Api>;
  /** Of this process; `dry` holds for runs too that were made when it acted. */
  readonly mode: 'dry' | 'act';
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

/** A step in its place. */
interface Place extends StepParts {
  readonly lease: RunLease;
  readonly index: number;
  readonly signal: AbortSignal;
}

interface Work extends Place {
  readonly action: Action;
  readonly dry: boolean;
  /** It only reads when `dry`. */
  readonly api: Api | undefined;
  readonly read: Api | undefined;
}

/**
 * Takes a step as far as it goes now. Gives the error that stopped it where that is worth another try; any other ends the
 * step as failed. Throws what the store throws, and the action's error when the signal is aborted.
 */
export async function advanceStep(
  parts: StepParts,
  lease: RunLease,
  index: number,
  signal: AbortSignal,
): Promise<unknown> {
  const step = lease.run.steps[index];
  if (!step || !isOpen(step)) return undefined;
  const action = parts.actions.get(step.action);
  const work = { ...parts, lease, index, signal };
  if (!action) return await fail(work, 'this version of Pipewarden does not know the action');
  const { run } = lease;
  const dry = parts.mode !== 'act' || run.mode !== 'act' || run.sample === true;
  const api = parts.apis.get(action.system);
  const read = api && readOnly(api);
  const known: Work = { ...work, action, dry, read, api: dry ? read : api };
  return (await planStep(known)) ?? (await executeStep(known)) ?? (await verifyStep(known));
}

async function planStep(work: Work): Promise<unknown> {
  const { action, read, dry } = work;
  const step = current(work);
  if (step?.status !== 'pending' || step.plan) return undefined;
  const planned = await attempt(() => action.plan(step.target, read, deadline(work)));
  if ('error' in planned) return await trouble(work, planned.error);

  const plan = planned.value;
  const detail = { summary: plan.summary, requests: plan.requests.map(({ method, path }) => `${method} ${path}`) };
  if (plan.already_done !== undefined) {
    await record(work, 'skipped', { plan, problem: plan.already_done }, { problem: plan.already_done });
  } else if (dry) {
    await record(work, 'planned', { plan }, detail);
  } else if (step.approval) {
    await record(work, 'waiting', { plan }, { ...detail, people: step.approval.people });
  } else {
    await write(work, { plan }, 'action.planned', 'success', detail);
  }
  return undefined;
}

async function executeStep(work: Work): Promise<unknown> {
  const { action, api } = work;
  const step = current(work);
  if (step?.status !== 'pending' || !step.plan) return undefined;
  if (work.dry) return await stopBeforeActing(work, step.plan);
  if (!api) return await fail(work, noCredential(action));
  const { plan } = step;
  await write(work, {}, 'action.attempted', 'attempt', {});
  if (current(work)?.status !== 'pending') return undefined;
  const executed = await attempt(() => action.execute(plan, api, deadline(work)));
  if ('error' in executed) return await trouble(work, executed.error);
  await record(work, 'executed', { result: executed.value }, { result: executed.value });
  return undefined;
}

/** The run was made when Pipewarden acted, and it runs dry now. */
async function stopBeforeActing(work: Work, plan: ActionPlan): Promise<undefined> {
  const { lease, index } = work;
  if (firstTried(lease.run, index) !== undefined) {
    return await fail(
      work,
      'it was attempted before Pipewarden ran dry, and is not repeated: look whether it got through',
    );
  }
  await record(work, 'planned', { plan }, { summary: plan.summary });
  return undefined;
}

async function verifyStep(work: Work): Promise<unknown> {
  const { action, read } = work;
  const step = current(work);
  if (step?.status !== 'executed' || !step.plan) return undefined;
  if (!read) return await fail(work, noCredential(action));
  const { plan, result = null, target } = step;
  const verified = await attempt(() => action.verify(target, plan, result, read, deadline(work)));
  if ('error' in verified) return await trouble(work, verified.error);
  if (!verified.value) return await trouble(work, new PipewardenError('ACTION_UNVERIFIED', { action: action.id }));
  await record(work, 'verified', {}, {});
  return undefined;
}

/** Gives the error back when it is worth another try, else ends the step. */
async function trouble(work: Place, error: unknown): Promise<unknown> {
  // Shutting down says nothing about the step: it is taken up again where it is.
  if (work.signal.aborted) throw error;
  const { lease, index, clock } = work;
  const since = clock.now() - (firstTried(lease.run, index) ?? clock.now());
  if (fateOf(error) !== 'retry' || since >= RETRY_FOR_MS) return await fail(work, messageOf(error));
  const problem = messageOf(error);
  await write(work, {}, 'action.delayed', 'failure', { problem });
  return error;
}

async function fail(work: Place, problem: string): Promise<undefined> {
  await record(work, 'failed', { problem }, { problem });
  const { lease, index, telemetry } = work;
  telemetry.log.warn('A containment step failed', { run: lease.run.id, step: index, problem });
}

/** Writes a step's new status down, with the audit entry and the count that go with it. */
async function record(place: Place, status: StepStatus, change: Partial<RunStep>, detail: JsonObject): Promise<void> {
  const outcome = status === 'failed' ? 'failure' : 'success';
  await write(place, { ...change, status }, `action.${status}`, outcome, detail);
  const action = current(place)?.action ?? 'unknown';
  place.telemetry.metrics.actions.inc({ action, outcome: status });
}

/** A step that was skipped meanwhile, because its incident was closed, stays as it is. */
async function write(
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

function current({ lease, index }: Place): RunStep | undefined {
  return lease.run.steps[index];
}

function noCredential(action: Action): string {
  return `there is no credential for ${action.system}`;
}

function deadline({ signal }: Place): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(CALL_MS)]);
}

/** An action's failure as a value, so that it is never taken for the store's. */
async function attempt<Value>(
  call: () => Promise<Value>,
): Promise<{ readonly value: Value } | { readonly error: unknown }> {
  try {
    return { value: await call() };
  } catch (error) {
    return { error };
  }
}
