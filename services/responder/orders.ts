// What people say of a run's steps: agreed, refused, undo. Each is a change of the run's document, so of two who speak at
// the same moment the second sees what the first has said.
import type { Clock } from '../core/clock.ts';
import { PipewardenError } from '../core/errors.ts';
import type { Incident } from '../core/incident.ts';
import type { RunStep, Say } from '../core/playbook.ts';
import type { DocumentStore } from '../core/ports/document-store.ts';
import type { JobQueue } from '../core/ports/job-queue.ts';
import { formatInstant, type Instant } from '../core/time.ts';
import { changeStep, type RunDocument, settle } from './run.ts';
import { enqueueRun } from './run-queue.ts';
import { changeRun } from './run-store.ts';

export const ORDERS = ['approve', 'reject', 'undo'] as const;
export type OrderKind = (typeof ORDERS)[number];

export interface Order {
  readonly kind: OrderKind;
  /** From 0; without it, every step that it can be said of. */
  readonly step?: number;
  readonly by: string;
  readonly reason: string;
  readonly channel: Say['channel'];
}

export interface OrderParts {
  readonly store: DocumentStore;
  readonly queue: JobQueue;
  readonly clock: Clock;
}

/**
 * Gives the run as it is afterwards, with its job in the queue: the document is the truth, and the reconciler finds a run whose
 * job was lost. Rejects with NOT_FOUND, or with ORDER_REFUSED, which says why.
 */
export async function giveOrder(parts: OrderParts, run: string, order: Order): Promise<RunDocument> {
  if (order.reason.trim() === '') throw refused('say why: the reason stands in the audit trail');
  const incident = (await parts.store.get<RunDocument>('run', run))?.body.incident;
  const subject = incident === undefined ? undefined : await parts.store.get<Incident>('incident', incident);
  const subjects = (subject?.body.entities ?? []).filter(({ type }) => type === 'actor').map(({ id }) => id);
  const changed = await changeRun(parts.store, run, (current) => ordered(current, order, subjects, parts.clock.now()));
  if (!changed) throw new PipewardenError('NOT_FOUND', { what: 'playbook run', id: run, where: 'this store' });
  await enqueueRun(parts.queue, changed);
  return changed;
}

/** Pure. `subjects`: whom the incident is about; they do not decide about it. Throws ORDER_REFUSED. */
export function ordered(run: RunDocument, order: Order, subjects: readonly string[], now: Instant): RunDocument {
  if (subjects.includes(order.by)) {
    throw refused(`the incident is about ${order.by}: somebody else has to say it`);
  }
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

function refusal(step: RunStep | undefined, { kind, by }: Order, now: Instant): string | undefined {
  if (!step) return 'the run has no such step';
  if (kind === 'undo') {
    if (!step.reversible) return 'it cannot be undone';
    if (!step.plan || step.plan.before === null) return 'the state before it was never read';
    const isDone = step.status === 'verified' || step.status === 'executed' || step.status === 'failed';
    return isDone ? undefined : `it is ${step.status}: there is nothing to undo`;
  }
  if (step.status !== 'waiting') return `it is ${step.status}: it does not wait for approval`;
  if (step.expires !== undefined && Date.parse(step.expires) <= now) return 'the time to agree is over';
  const hasSpoken = kind === 'approve' && step.approvals?.some((one) => one.by === by) === true;
  return hasSpoken ? `${by} has agreed already: it takes another person` : undefined;
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
