// An action as the engine uses it, step by step, against a system that keeps state.
import { ACTIONS } from '../../../playbooks/actions/index.ts';
import type { Action, ActionPlan, Api, Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { PipewardenError } from '../../../services/core/errors.ts';
import type { Json } from '../../../services/core/json.ts';
import { look } from '../../../services/responder/place.ts';
import { readOnly } from '../../../services/responder/read-only.ts';
import { planOf } from '../../../services/responder/step.ts';

const signal = new AbortController().signal;

export interface Acting {
  readonly action: Action;
  state(target: Target): Promise<Json>;
  plan(target: Target): Promise<ActionPlan>;
  /** Without a credential. */
  blind(target: Target): ActionPlan;
  send(plan: ActionPlan): Promise<number[]>;
  /** Whether it holds now. */
  holds(target: Target): Promise<boolean>;
  /** Sends what leads back; gives how many requests that were. */
  undo(target: Target, plan: ActionPlan): Promise<number>;
}

export function acting(id: string, api: Api): Acting {
  const action = ACTIONS.get(id);
  if (!action) throw new Error(`no action ${id}`);
  const seen = (target: Target) => look(action, target, readOnly(api), signal);
  return {
    action,
    state: async (target) => (await seen(target)).state,
    plan: async (target) => planOf(action, target, await seen(target)),
    blind: (target) => planOf(action, target, undefined),
    async send({ requests }) {
      const statuses: number[] = [];
      for (const { accepts, ...request } of requests) statuses.push((await ask(api, request, accepts, signal)).status);
      return statuses;
    },
    holds: async (target) => action.holds(target, (await seen(target)).state) !== undefined,
    async undo(target, { before }) {
      const changes = action.undo?.(target, before, (await seen(target)).state) ?? [];
      for (const { accepts, ...request } of changes) await ask(api, request, accepts, signal);
      return changes.length;
    },
  };
}

export async function codeOf(call: Promise<unknown>): Promise<string> {
  const error = await call.catch((reason: unknown) => reason);
  return error instanceof PipewardenError ? `${error.code} ${error.fate}` : `no error: ${JSON.stringify(error)}`;
}
