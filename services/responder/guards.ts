// What stands between a plan and its first request: the global stop, whom nothing may touch, and how much is done unasked.
import type { Target } from '../core/action.ts';
import type { Clock } from '../core/clock.ts';
import { type Entity, entityKey } from '../core/entity.ts';
import { isObject } from '../core/json.ts';
import type { RunStep } from '../core/playbook.ts';
import type { DocumentStore } from '../core/ports/document-store.ts';
import { formatInstant, HOUR } from '../core/time.ts';
import { accountsOf } from './deciders.ts';
import type { Freezer } from './freeze.ts';
import { isProtected, type Policy } from './policy.ts';
import type { RunDocument } from './run.ts';

/** `never`: whoever agrees; `frozen`: a person decides once the stop is over; `ask`: unless somebody has agreed. */
export interface Objection {
  readonly kind: 'never' | 'frozen' | 'ask';
  readonly why: string;
}

export type Guard = (step: RunStep) => Promise<Objection | undefined>;

export interface GuardParts {
  readonly policy: Policy;
  readonly freezer: Freezer;
  readonly store: DocumentStore;
  readonly clock: Clock;
}

export function createGuard(parts: GuardParts): Guard {
  const { policy, freezer } = parts;
  return async (step) => {
    const freeze = await freezer.frozen();
    if (freeze) return { kind: 'frozen', why: `everything is stopped by ${freeze.by}: ${freeze.reason}` };
    const { target } = step;
    const kept = [target, ...ownersOf(target)].find((one) => isProtected(policy, one));
    if (kept) return { kind: 'never', why: `${entityKey(kept)} is protected by \`containment.protected\`` };
    // A person who has agreed has counted for themselves.
    if ((step.approvals?.length ?? 0) > 0 || step.kind === 'notify' || step.kind === 'capture-evidence')
      return undefined;
    return await tooMuch(parts, step);
  };
}

/** A protected account is not cut off by its credentials either, nor where `identities` calls it by another name. */
function ownersOf(target: Target): readonly Entity[] {
  return accountsOf(target).map((id) => ({ type: 'actor', id }));
}

/** How much was sent within the last hour, of all runs. */
async function tooMuch({ policy, store, clock }: GuardParts, { target }: RunStep): Promise<Objection | undefined> {
  const since = formatInstant(clock.now() - HOUR);
  const key = entityKey(target);
  let all = 0;
  let same = 0;
  let after: string | undefined;
  do {
    const page = await store.search<RunDocument>('run', {
      where: [{ field: 'updated', from: since }],
      limit: 200,
      ...(after === undefined ? {} : { after }),
    });
    for (const { body } of page.documents) {
      for (const index of sentSince(body, since)) {
        all += 1;
        const sent = body.steps[index];
        if (sent && entityKey(sent.target) === key) same += 1;
      }
    }
    after = page.next;
  } while (after !== undefined && all < policy.per_hour);
  if (all >= policy.per_hour) return { kind: 'ask', why: `${all} steps were sent within the hour: more of them ask` };
  if (same < policy.per_target) return undefined;
  return { kind: 'ask', why: `${key} was the target of ${same} steps within the hour: more of them ask` };
}

/** The steps of a run whose first request went out since then. */
function sentSince(run: RunDocument, since: string): ReadonlySet<number> {
  const sent = new Set<number>();
  for (const { action, time, detail } of run.audit) {
    if (action !== 'action.attempted' || time < since) continue;
    if (isObject(detail) && typeof detail.step === 'number') sent.add(detail.step);
  }
  return sent;
}
