// What people say of a run's steps: agreed, refused, undo. Each is a change of the run's document, so of two who speak at
// the same moment the second sees what the first has said.
import type { Clock } from '../core/clock.ts';
import { PipewardenError } from '../core/errors.ts';
import type { Incident } from '../core/incident.ts';
import { isAwaited, isUndoable, LONGEST_REASON, type Order, type OrderKind, planDigest } from '../core/order.ts';
import type { RunStep, Say } from '../core/playbook.ts';
import type { DocumentStore } from '../core/ports/document-store.ts';
import type { JobQueue } from '../core/ports/job-queue.ts';
import { formatInstant, type Instant } from '../core/time.ts';
import type { Deciders } from './deciders.ts';
import { changeStep, type RunDocument, settle } from './run.ts';
import { enqueueRun } from './run-queue.ts';
import { changeRun } from './run-store.ts';

export interface OrderParts {
  readonly store: DocumentStore;
  readonly queue: Pick<JobQueue, 'enqueue'>;
  readonly clock: Clock;
  readonly deciders: Deciders;
}

/**
 * Gives the run as it is afterwards, with its job in the queue: the document is the truth, and the reconciler finds a run whose
 * job was lost. Rejects with NOT_FOUND, or with ORDER_REFUSED, which says why.
 */
export async function giveOrder(parts: OrderParts, run: string, order: Order): Promise<RunDocument> {
  const { store, queue, clock, deciders } = parts;
  const reason = order.reason.trim();
  if (reason === '') throw refused('say why: the reason stands in the audit trail');
  if (reason.length > LONGEST_REASON) throw refused(`say why in at most ${LONGEST_REASON} characters`);
  const incident = (await store.get<RunDocument>('run', run))?.body.incident;
  const subject = incident === undefined ? undefined : (await store.get<Incident>('incident', incident))?.body;
  const said = { ...order, reason, by: deciders.personOf(order.by) ?? order.by };
  const changed = await changeRun(store, run, (current) => {
    const objection = deciders.objection(said.by, current, subject);
    if (objection !== undefined) throw refused(objection);
    return ordered(current, said, clock.now());
  });
  if (!changed) throw new PipewardenError('NOT_FOUND', { what: 'playbook run', id: run, where: 'this store' });
  await enqueueRun(queue, changed);
  return changed;
}

/** Pure. Throws ORDER_REFUSED. */
function ordered(run: RunDocument, order: Order, now: Instant): RunDocument {
  const { step } = order;
  const chosen = step === undefined ? [...run.steps.keys()] : [step];
  const why = chosen.map((index) => refusal(run.steps[index], order, now));
  const open = chosen.filter((_, at) => why[at] === undefined);
  if (open.length === 0) throw refused(step === undefined && chosen.length > 1 ? NOTHING[order.kind] : (why[0] ?? ''));
  const say: Say = { by: order.by, reason: order.reason, channel: order.channel, time: formatInstant(now) };
  const said = open.reduce((current, index) => saidOf(current, index, order.kind, say, now), run);
  return settle({ ...said, orders: (run.orders ?? 0) + 1 });
}

const NOTHING: Readonly<Record<OrderKind, string>> = {
  approve: 'no step waits for your approval',
  reject: 'no step waits for approval',
  undo: 'no step was carried out that can be undone',
};

function refusal(step: RunStep | undefined, order: Order, now: Instant): string | undefined {
  if (!step) return 'the run has no such step';
  const why = order.kind === 'undo' ? undoRefusal(step) : wordRefusal(step, order, now);
  if (why !== undefined || order.plan === undefined || order.plan === planDigest(step)) return why;
  return 'what would be sent is no longer what you were shown: look at it again';
}

function undoRefusal(step: RunStep): string | undefined {
  if (isUndoable(step)) return undefined;
  if (!step.reversible) return 'it cannot be undone';
  if (!step.plan || step.plan.before === null) return 'the state before it was never read';
  return `it is ${step.status}: there is nothing to undo`;
}

function wordRefusal(step: RunStep, { kind, by }: Order, now: Instant): string | undefined {
  if (step.status !== 'waiting') return settledBy(step);
  if (!isAwaited(step, now)) return 'the time to agree is over';
  const hasSpoken =
    kind === 'approve' && step.approvals?.some((one) => one.by.toLowerCase() === by.toLowerCase()) === true;
  return hasSpoken ? `${by} has agreed already: it takes another person` : undefined;
}

/** Says to the second of two who was first. */
function settledBy({ status, problem, approvals = [] }: RunStep): string {
  const state = `it is ${status}: it does not wait for approval`;
  const before = approvals.map(({ by }) => by).join(' and ');
  if (status === 'skipped' && problem !== undefined) return `${state}, because ${problem}`;
  return before === '' ? state : `${before} agreed before you: ${state}`;
}

function saidOf(run: RunDocument, index: number, kind: OrderKind, say: Say, now: Instant): RunDocument {
  const { by, reason, channel } = say;
  const step = run.steps[index];
  const detail = { reason, channel };
  switch (kind) {
    case 'approve': {
      const approvals = [...(step?.approvals ?? []), say];
      const isEnough = approvals.length >= (step?.approval?.people ?? 1);
      const change = { approvals, ...(isEnough ? { status: 'pending' as const } : {}) };
      return changeStep(run, index, change, now, 'action.approved', 'success', { ...detail, enough: isEnough }, by);
    }
    case 'reject': {
      const problem = `${by} refused it: ${reason}`;
      return changeStep(run, index, { status: 'skipped', problem }, now, 'action.rejected', 'success', detail, by);
    }
    case 'undo':
      return changeStep(run, index, { status: 'undoing' }, now, 'action.undoing', 'success', detail, by);
  }
}

function refused(problem: string): PipewardenError {
  return new PipewardenError('ORDER_REFUSED', { problem });
}
