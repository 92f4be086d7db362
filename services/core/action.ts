// The contract of an action: one call that contains something, at one system's API.
import type { EntityType } from './entity.ts';
import type { Json } from './json.ts';

/** The closed list of DESIGN.md section 8. */
export const ACTION_KINDS = [
  'isolate-runner',
  'pause-runner',
  'block-endpoint',
  'block-destination',
  'capture-evidence',
  'cancel-run',
  'disable-workflow',
  'hold-reference',
  'drop-sessions',
  'suspend-user',
  'revoke-credential',
  'hold-deploy',
  'block-repo-creation',
  'restore',
  'rotate-secret',
  'ask-two-people',
  'notify',
] as const; // one line per few names
export type ActionKind = (typeof ACTION_KINDS)[number];

/** One HTTP request exactly as it would be sent; `path` is relative to the system's API address. Never holds a credential. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: Json;
}

export interface ApiResponse {
  readonly status: number;
  readonly body: Json;
}

/**
 * A client of one system's API, with the credential inside. Throws API_UNREACHABLE when there was no answer, API_BUSY
 * for one that says to come back later (429, 5xx, rate limits), API_REFUSED for 401 and 403; every other answer is given.
 */
export type Api = (request: ApiRequest, signal: AbortSignal) => Promise<ApiResponse>;

/** What an action is aimed at: an entity's id, and what the incident's activities know of it. */
export interface Target {
  readonly type: EntityType;
  readonly id: string;
  readonly repository?: string;
  /** Branch, for actions on one. */
  readonly branch?: string;
  /** Definition file of a pipeline (`.github/workflows/ci.yml`). */
  readonly definition?: string;
  /** Of a pipeline whose definition is not known: the id of a run of it, which the system can tell it by. */
  readonly run?: string;
}

export interface ActionPlan {
  /** One sentence: what will happen to what. */
  readonly summary: string;
  /** In order; exactly what `execute` sends. Empty: nothing to do. */
  readonly requests: readonly ApiRequest[];
  /** Whom and what it touches, one line each. */
  readonly blast_radius: readonly string[];
  /** The state before, as read; null where nothing was read (no credential: the dry run says so). */
  readonly before: Json;
  /** Set when the state already is as wanted. */
  readonly already_done?: string;
}

export interface Action {
  /** `<system>.<verb>-<object>`, equal to folder and file: `github.cancel-run`. */
  readonly id: string;
  readonly kind: ActionKind;
  readonly title: string;
  readonly system: string;
  readonly target: EntityType;
  /** The least rights of the credential, in the system's own words. */
  readonly permissions: readonly string[];
  readonly reversible: boolean;
  /** What a person has to do where it cannot be undone, or how it is undone. */
  readonly undoing: string;
  /** The page of the system's documentation that describes the call. */
  readonly reference: string;
  /** No side effects. Without `read` (no credential) it plans from the target alone. */
  plan(target: Target, read: Api | undefined, signal: AbortSignal): Promise<ActionPlan>;
  /** Idempotent: sent again after a crash, the target ends in the same state. The answer is kept for `undo`. */
  execute(plan: ActionPlan, api: Api, signal: AbortSignal): Promise<Json>;
  /** Reads back whether it holds. */
  verify(target: Target, plan: ActionPlan, result: Json, read: Api, signal: AbortSignal): Promise<boolean>;
  /** Requests that put `before` back; absent where not reversible. */
  undo?(target: Target, plan: ActionPlan, result: Json): readonly ApiRequest[];
}

export function defineAction(action: Action): Action {
  return action;
}
