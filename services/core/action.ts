// The contract of an action: one call that contains something, at one system's API.
import type { EntityType } from './entity.ts';
import type { Json } from './json.ts';

/**
 * The closed list of DESIGN.md section 8, in the order of containment: isolate, keep the evidence, stop, cut access, hold deployments,
 * restore, rotate, tell. What stands further up is done first, whichever playbook asks for it: whoever takes a token away
 * before its thief is cut off tells him to destroy what is left.
 */
export const ACTION_KINDS = [
  'block-endpoint',
  'isolate-runner',
  'pause-runner',
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
] as const;
export type ActionKind = (typeof ACTION_KINDS)[number];

/**
 * One HTTP request exactly as it would be sent; `path` is relative to the system's API address. AWS has one address for all
 * actions of a service, so there it names the service and the action: `/iam/GetRole`. Never holds a credential.
 */
export interface ApiRequest {
  readonly method: 'GET' | 'HEAD' | 'LIST' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: Json;
  /** `application/x-www-form-urlencoded`, in place of a body. */
  readonly form?: Readonly<Record<string, string>>;
  /** What this request needs beside what all of its system do, or in its place; names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
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

/** A request that changes something. Sent twice, its system ends in the same state as sent once. */
export interface Change extends ApiRequest {
  /** The answers that mean that it is done, or was before. */
  readonly accepts: readonly number[];
}

/** Something that is read and kept as evidence. */
export interface EvidenceRequest {
  /** What it is called among the evidence of its target: lower-case letters, digits and hyphens. */
  readonly name: string;
  /** Only reads. */
  readonly request: ApiRequest;
  /** What is to be read beside, once this was answered: the next page, what a part has of its own. */
  then?(answer: Json): readonly EvidenceRequest[];
}

/** What an action is aimed at: an entity, and what the incident's activities know of it (`targets-of.ts`). */
export interface Target {
  readonly type: EntityType;
  readonly id: string;
  /** Whose feeds told of it: first part of their names. */
  readonly system?: string;
  readonly organization?: string;
  readonly repository?: string;
  /** Where the repository is kept, if elsewhere than at its system: CircleCI builds what is kept at `github`. */
  readonly provider?: string;
  /**
   * Of a repository, or of an organization where it is no repository's: the CI secret or variable that was changed or used, by its
   * name; of a secret, its own.
   */
  readonly secret?: string;
  /** Branch, for actions on one. */
  readonly branch?: string;
  /** Definition file of a pipeline (`.github/workflows/ci.yml`). */
  readonly definition?: string;
  /** Of a pipeline whose definition is not known: the id of a run of it, which the system can tell it by. */
  readonly run?: string;
  /** Of a job's execution: the system's own id of it, and its name. */
  readonly job?: string;
  readonly job_name?: string;
  /** Of an actor, or of whose credential it is: login, and the system's own id. */
  readonly account?: string;
  readonly account_id?: string;
  /** Of a credential, as the source names it. */
  readonly credential_type?: string;
  /** Of a runner: the system's own id (of a credential, of one that was registered with it), its group, and its level. */
  readonly runner_id?: string;
  readonly runner_group?: string;
  readonly runner_level?: string;
  /**
   * Of a stored credential: its store and domain, as an address in its system (`/credentials/store/system/domain/_`). Of a
   * secret of AWS: service and region (`secretsmanager.eu-central-1`).
   */
  readonly store?: string;
  /** Of a run: the commit that it built, in full. */
  readonly revision?: string;
  /** Of a commit that a branch or tag was moved to, off its own history: the tag, where it was one, and the commit before. */
  readonly tag?: string;
  readonly previous?: string;
  /** Of a credential: the system's own number of it, which stands beside its hash. */
  readonly credential_number?: string;
  /**
   * Of a session's credential: ARN of the role that it acts as, and when it began. Of an actor: the role by which they signed in, as an
   * address in its system (`auth/jwt/role/deploy`).
   */
  readonly role?: string;
  readonly issued?: string;
  /** Of a secret: when it was last read or changed. */
  readonly used_at?: string;
  /** Of a repository: the host that a webhook of it sends to. */
  readonly webhook_host?: string;
  /** Of a credential: what it was given in turn, by its name (`database/creds/app`). */
  readonly granted?: string;
  /** Of a runner that is a pod: its name and namespace, and the node that it runs on. */
  readonly pod?: string;
  readonly namespace?: string;
  readonly node?: string;
}

/** A target as its system shows it. */
export interface Look {
  /** What the action changes, and nothing that changes by itself: undone is what leads back to an equal state. */
  readonly state: Json;
  /** Whom and what acting would touch at this moment, one line each. */
  readonly touches?: readonly string[];
}

/** What an action would do to a target. */
export interface Intent {
  /** One sentence: what will happen to what. */
  readonly summary: string;
  /** In order. */
  readonly changes: readonly Change[];
  /** Whom and what it touches whatever its state, one line each. */
  readonly blast_radius: readonly string[];
}

/** An intent as it was shown, agreed to and sent. */
export interface ActionPlan {
  readonly summary: string;
  /** In order; exactly what is sent. Empty: nothing to do. */
  readonly requests: readonly Change[];
  readonly blast_radius: readonly string[];
  /** The state before, as read; null where nothing was read (no credential: the dry run says so). */
  readonly before: Json;
  /** Set when the state already is as wanted. */
  readonly already_done?: string;
}

/**
 * How far it is known that the requests are right: `real`, against the system itself or the server it descends from;
 * `schema`, against the vendor's published description; `documentation`, as it is written there, and no more.
 */
export type Proof = 'real' | 'schema' | 'documentation';

/**
 * Every action says what it wants as a state: `look` reads it, `holds` judges it, `intend` leads to it and `undo` away from
 * it. All but `look` are pure, so one engine plans, sends, settles what a crash left open, verifies and undoes
 * all of them (`responder/step.ts`).
 */
export interface Action {
  /** `<system>.<verb>-<object>`, equal to folder and file: `github.cancel-run`. */
  readonly id: string;
  readonly kind: ActionKind;
  readonly title: string;
  readonly system: string;
  readonly target: EntityType;
  /** Only where a playbook names it by its id: it reaches further than its kind says, or is a second one of it. */
  readonly byName?: true;
  /** A person does it, in whatever system, and says so by agreeing: nothing is asked and nothing is sent. */
  readonly byHand?: true;
  /** The least rights of the credential, in the system's own words. */
  readonly permissions: readonly string[];
  readonly reversible: boolean;
  /** What a person has to do where it cannot be undone, or how it is undone. */
  readonly undoing: string;
  /** The page of the system's documentation that describes the call. */
  readonly reference: string;
  readonly proof: Proof;
  /** The system shows nothing of what was changed: that it took the requests is all that can be known, and is written down so. */
  readonly unseen?: true;
  /** Only reads. Throws TARGET_INVALID for what is no target of it, API_REFUSED for an answer that none can follow from. */
  look(target: Target, api: Api, signal: AbortSignal): Promise<Look>;
  /** Without `state`, where no credential is there to read it, from the target alone. Throws TARGET_INVALID. */
  intend(target: Target, state: Json | undefined): Intent;
  /** Why nothing is left to do in this state, as a sentence; undefined while there is. */
  holds(target: Target, state: Json): string | undefined;
  /**
   * Of an action that keeps evidence: what is read instead of changing anything, the most telling first. Pure. What is refused or too
   * much is left out, and that is said (`responder/evidence.ts`). Throws TARGET_INVALID.
   */
  evidence?(target: Target): readonly EvidenceRequest[];
  /** Leads from the state as it is now back to the one before; absent where not reversible. */
  undo?(target: Target, before: Json, now: Json): readonly Change[];
}

export function defineAction(action: Action): Action {
  return action;
}
