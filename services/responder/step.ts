// One step of a run: look and plan, then (in mode act, where nobody has to agree) send, then look whether it holds. What is
// about to be sent is written down before it is sent, and what came of it after. A crash between the two leaves a step
// whose requests may have got through: looking again says whether they did, and only what does not hold is sent again.
import type { Action, ActionPlan, Api, Change, EvidenceRequest, Look, Target } from '../core/action.ts';
import type { Clock } from '../core/clock.ts';
import { PipewardenError } from '../core/errors.ts';
import type { Evidence } from '../core/evidence.ts';
import { canonicalJson, type JsonObject } from '../core/json.ts';
import type { RunStep } from '../core/playbook.ts';
import type { DocumentStore } from '../core/ports/document-store.ts';
import { formatInstant, HOUR, MINUTE } from '../core/time.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { gather, keep, type Redact, readEvidence } from './evidence.ts';
import type { Guard } from './guards.ts';
import type { RunLease } from './lease.ts';
import {
  attempt,
  current,
  deadline,
  fail,
  look,
  noCredential,
  record,
  sendAll,
  trouble,
  type Work,
  write,
} from './place.ts';
import { readOnly } from './read-only.ts';
import { firstTried, isOpen, type RunDocument } from './run.ts';
import { undoStep } from './undo.ts';

/** Who does not agree within this time lets a step lie. */
export const APPROVAL_MS = 24 * HOUR;

export interface StepParts {
  readonly actions: ReadonlyMap<string, Action>;
  /** By system: `github`. */
  readonly apis: ReadonlyMap<string, Api>;
  /** Of this process; `dry` holds for runs too that were made when it acted. */
  readonly mode: 'dry' | 'act';
  readonly guard: Guard;
  readonly store: DocumentStore;
  /** What is kept as evidence has gone through it. */
  readonly redact: Redact;
  /** As in `Work`. */
  readonly gathering: () => AbortSignal;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
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
  const place = { ...parts, lease, index, signal };
  if (!action) return await fail(place, 'this version of Pipewarden does not know the action');
  const { run } = lease;
  const api = parts.apis.get(action.system);
  // What no credential is there for is shown too: somebody can do it by hand.
  const dry =
    parts.mode !== 'act' ||
    run.mode !== 'act' ||
    run.sample === true ||
    step.shown === true ||
    (api === undefined && !action.byHand);
  const read = api && readOnly(api);
  const work: Work = { ...place, action, dry, read, api: dry ? read : api };
  if (step.status === 'undoing') return await undoStep(work);
  if (action.byHand) {
    await trackStep(work, step);
    return undefined;
  }
  const isFresh = step.plan === undefined;
  return (await planStep(work)) ?? (await executeStep(work, isFresh)) ?? (await verifyStep(work));
}

/** Waits until a person says that it is done. */
async function trackStep(work: Work, step: RunStep): Promise<void> {
  const { action, dry } = work;
  if (step.plan) return await record(work, 'verified', {}, { by_hand: true });
  const { summary, blast_radius } = action.intend(step.target, undefined);
  const plan = { summary, requests: [], blast_radius, before: null };
  if (dry) return await record(work, 'planned', { plan }, { summary });
  const people = step.approval?.people ?? 1;
  await record(work, 'waiting', { plan, expires: expiryOf(work, step), approvals: [] }, { summary, people });
}

async function planStep(work: Work): Promise<unknown> {
  const { action, read, dry } = work;
  const step = current(work);
  if (step?.status !== 'pending' || step.plan) return undefined;
  const { target, approval } = step;
  const planned = await attempt(async () =>
    planOf(action, target, read && (await look(action, target, read, deadline(work)))),
  );
  if ('error' in planned) return await trouble(work, planned.error);
  const plan = planned.value;
  if (plan.already_done !== undefined) {
    await record(work, 'skipped', { plan, problem: plan.already_done }, { problem: plan.already_done });
  } else if (dry) {
    await record(work, 'planned', { plan }, told(plan));
  } else if (approval) {
    const expires = expiryOf(work, step);
    await record(work, 'waiting', { plan, expires, approvals: [] }, { ...told(plan), people: approval.people });
  } else {
    await write(work, { plan }, 'action.planned', 'success', told(plan));
  }
  return undefined;
}

/** `isFresh`: the plan was made just now. */
async function executeStep(work: Work, isFresh: boolean): Promise<unknown> {
  const { api, action } = work;
  const step = current(work);
  if (step?.status !== 'pending' || !step.plan) return undefined;
  if (work.dry || !api) return await stopBeforeActing(work, step.plan);
  const wasSent = firstTried(work.lease.run, work.index) !== undefined;
  if (!wasSent) {
    const awaited = awaits(work.lease.run, step);
    if (awaited === 'open') return undefined;
    if (awaited !== undefined && (step.approvals?.length ?? 0) === 0) return await askPerson(work, step, awaited);
  }
  // What may have got through is settled first, whatever the guards say; nothing is sent past them, a second time neither.
  const stopped = isFresh ? undefined : await lookAgain(work, step.plan);
  if (stopped !== undefined) return stopped.error;
  if (await objected(work, step, wasSent)) return undefined;
  await write(work, {}, 'action.attempted', 'attempt', {});
  const now = current(work);
  if (now?.status !== 'pending' || !now.plan) return undefined;
  if (action.evidence) return await keepEvidence(work, action.evidence(now.target), api);
  const { target, plan } = now;
  // From the action, never from the store: whoever writes there chooses no requests.
  const sent = await attempt(() => sendAll(work, api, action.intend(target, plan.before).changes));
  if ('error' in sent) return (await settledElsewhere(work, sent.error)) ? undefined : await trouble(work, sent.error);
  await record(work, 'executed', {}, { statuses: sent.value });
  return undefined;
}

/** A crash before the record leaves documents that the next try writes over. */
async function keepEvidence(work: Work, wanted: readonly EvidenceRequest[], api: Api): Promise<unknown> {
  const { lease, index, redact, signal } = work;
  const ended = AbortSignal.any([signal, work.gathering()]);
  const gathered = await attempt(() => gather(wanted, api, redact, ended));
  if ('error' in gathered) return await trouble(work, gathered.error);
  signal.throwIfAborted();
  const evidence = await keep(work, lease.run, index, gathered.value);
  const pieces = evidence.pieces.map(({ name, sha256 }) => ({ name, sha256 }));
  await record(work, 'executed', { evidence }, { pieces, left_out: evidence.left_out });
  return undefined;
}

/** True where a guard stands in the way: it asks, or it is not done. What was begun counts itself among what is too much. */
async function objected(work: Work, step: RunStep, wasSent: boolean): Promise<boolean> {
  const objection = await work.guard(step);
  if (!objection || (wasSent && objection.kind === 'ask')) return false;
  const { kind, why } = objection;
  if (kind === 'never') await record(work, 'skipped', { problem: why }, { problem: why });
  else await askPerson(work, step, why);
  return true;
}

async function askPerson(work: Work, step: RunStep, why: string): Promise<undefined> {
  const approval = step.approval ?? { people: 1 as const };
  const change = { approval, expires: expiryOf(work, step), approvals: [], problem: why };
  await record(work, 'waiting', change, { problem: why, people: approval.people });
}

/** Of the kinds that have to hold first: `open` while one may still come to it, a sentence where one will not. */
function awaits({ steps }: RunDocument, { after, group }: RunStep): 'open' | string | undefined {
  const before = steps.filter((one) => one.group < group && after?.includes(one.kind));
  if (before.some((one) => one.status === 'pending' || one.status === 'executed')) return 'open';
  const missing = before.find(({ status }) => status !== 'verified' && status !== 'skipped');
  return missing && `${missing.action} ${missing.target.id} does not hold: it is ${missing.status}`;
}

function expiryOf({ clock }: Work, { timeout }: RunStep): string {
  return formatInstant(clock.now() + (timeout === undefined ? APPROVAL_MS : timeout * MINUTE));
}

/** A system refuses what somebody else has done in the same moment. */
async function settledElsewhere(work: Work, error: unknown): Promise<boolean> {
  const { action, read } = work;
  const step = current(work);
  if (!step || !read || !(error instanceof PipewardenError) || error.code !== 'API_REFUSED') return false;
  const looked = await attempt(() => look(action, step.target, read, deadline(work)));
  const settled = 'value' in looked ? action.holds(step.target, looked.value.state) : undefined;
  if (settled === undefined) return false;
  await record(work, 'executed', {}, { settled });
  return true;
}

/**
 * Time has passed since the plan was made: somebody agreed, or a crash came between. Undefined where the requests are to be
 * sent; otherwise the step has taken its way, or there is an error.
 */
async function lookAgain(work: Work, plan: ActionPlan): Promise<{ readonly error?: unknown } | undefined> {
  const { action, read, lease, index } = work;
  const step = current(work);
  if (!step || !read) return undefined;
  const looked = await attempt(() => look(action, step.target, read, deadline(work)));
  if ('error' in looked) return { error: await trouble(work, looked.error) };
  const wasSent = firstTried(lease.run, index) !== undefined;
  const settled = action.holds(step.target, looked.value.state);
  if (settled !== undefined) {
    if (wasSent) await record(work, 'executed', {}, { settled });
    else await record(work, 'skipped', { problem: settled }, { problem: settled });
    return wasSent ? { error: await verifyStep(work) } : {};
  }
  // The state before is the one before the first request.
  if (wasSent) return undefined;
  const next = planOf(action, step.target, looked.value);
  if (step.approval && !isSame(next.requests, plan.requests)) {
    const change = { plan: next, approvals: [], expires: expiryOf(work, step) };
    await record(work, 'waiting', change, { ...told(next), changed: true, people: step.approval.people });
    return {};
  }
  await write(work, { plan: next }, 'action.planned', 'success', told(next));
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
  if (step?.status !== 'executed') return undefined;
  if (step.evidence) return await verifyEvidence(work, step.evidence);
  if (!read) return await fail(work, noCredential(action));
  const looked = await attempt(() => look(action, step.target, read, deadline(work)));
  if ('error' in looked) return await trouble(work, looked.error);
  if (!action.unseen && action.holds(step.target, looked.value.state) === undefined) {
    return await trouble(work, new PipewardenError('ACTION_UNVERIFIED', { action: action.id }));
  }
  await record(work, 'verified', {}, action.unseen ? { seen: false } : {});
  return undefined;
}

async function verifyEvidence(work: Work, evidence: Evidence): Promise<unknown> {
  const { action, store, lease, index } = work;
  if (!(await readEvidence(store, lease.run.id, index, evidence))) {
    return await trouble(work, new PipewardenError('ACTION_UNVERIFIED', { action: action.id }));
  }
  await record(work, 'verified', {}, {});
  return undefined;
}

/** Without `seen` from the target alone, which is said. */
export function planOf(action: Action, target: Target, seen: Look | undefined): ActionPlan {
  const { summary, changes, blast_radius } = action.intend(target, seen?.state);
  if (!seen) {
    const unread = `The state was not read: ${noCredential(action)}.`;
    return { summary, requests: changes, blast_radius: [...blast_radius, unread], before: null };
  }
  const already_done = action.holds(target, seen.state);
  if (already_done !== undefined) {
    return { summary, requests: [], blast_radius: [], before: seen.state, already_done };
  }
  return { summary, requests: changes, blast_radius: [...blast_radius, ...(seen.touches ?? [])], before: seen.state };
}

function told({ summary, requests }: ActionPlan): JsonObject {
  return { summary, requests: requests.map(({ method, path }) => `${method} ${path}`) };
}

function isSame(one: readonly Change[], other: readonly Change[]): boolean {
  return canonicalJson(one) === canonicalJson(other);
}
