// What a person may say of a run's steps, and of which steps it can be said.
import { canonicalJson, contentId } from './json.ts';
import type { RunStep, Say } from './playbook.ts';
import type { Instant } from './time.ts';

export const ORDERS = ['approve', 'reject', 'undo'] as const;
export type OrderKind = (typeof ORDERS)[number];

export interface Order {
  readonly kind: OrderKind;
  /** From 0; without it, every step that it can be said of. */
  readonly step?: number;
  /** Who says it, by any name, address or account of theirs. */
  readonly by: string;
  readonly reason: string;
  readonly channel: Say['channel'];
  /** `planDigest` of what they were shown: the word holds for nothing else. */
  readonly plan?: string;
}

/** Characters of a reason. */
export const LONGEST_REASON = 2_000;

/** Changes with whatever the step would send, to what, and whom it would touch. */
export function planDigest({ action, target, plan }: RunStep): string {
  return contentId(canonicalJson({ action, target, plan: plan ?? null }));
}

/** Waits for somebody to agree or refuse, who may still do so. */
export function isAwaited({ status, expires }: RunStep, now: Instant): boolean {
  return status === 'waiting' && (expires === undefined || Date.parse(expires) > now);
}

/** Was done, and can be led back from: the state before it is known. */
export function isUndoable({ reversible, plan, status }: RunStep): boolean {
  const isDone = status === 'verified' || status === 'executed' || status === 'failed';
  return reversible && isDone && plan !== undefined && plan.before !== null;
}
