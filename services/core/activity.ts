// One thing that happened, normalized and redacted. Names follow the OpenTelemetry semantic conventions for CI/CD and
// VCS (https://opentelemetry.io/docs/specs/semconv/registry/attributes/cicd/ and …/vcs/) where these have one, nested
// instead of dotted: `cicd.pipeline.run.id` is `activity.cicd?.pipeline?.run?.id`.
import type { Json } from './json.ts';
import type { ClaimedTime, Instant } from './time.ts';

/** Who did it, as the source names them. */
export interface Actor {
  /** Login or user name. */
  readonly name?: string;
  /** Lower case. */
  readonly email?: string;
  readonly type: 'person' | 'bot' | 'unknown';
}

/** What it was done with. `id` is the system's own hash of the token, or a key's fingerprint: never the value. */
export interface Credential {
  readonly id: string;
  /** As the source names it: `Personal access token (classic)`, `GitHub App server-to-server token` … */
  readonly type?: string;
}

/** Where it came from, as the source's server saw it (OpenTelemetry `client.*`, `user_agent.*`, ECS `client.geo`). */
export interface Client {
  readonly address?: string;
  readonly country_iso_code?: string;
  readonly asn?: number;
  readonly user_agent?: string;
}

export interface Vcs {
  readonly provider?: { readonly name: string };
  readonly repository?: { readonly name: string; readonly visibility?: 'public' | 'private' };
  readonly ref?: {
    readonly head?: { readonly name?: string; readonly revision?: string; readonly type?: 'branch' | 'tag' };
    readonly base?: { readonly name?: string; readonly revision?: string };
  };
  /** A pull or merge request. */
  readonly change?: { readonly id: string; readonly title?: string; readonly state?: string };
}

export interface Cicd {
  readonly pipeline?: {
    /** Human name of the pipeline. */
    readonly name?: string;
    /** Its definition in the repository, e.g. `.github/workflows/ci.yml`. */
    readonly definition?: string;
    readonly run?: {
      readonly id: string;
      readonly attempt?: number;
      /** What started it: `push`, `pull_request`, `schedule` … */
      readonly trigger?: string;
      readonly state?: 'pending' | 'executing' | 'finalizing' | 'finished';
      readonly result?: 'success' | 'failure' | 'cancellation' | 'skip' | 'timeout' | 'error';
      readonly url?: string;
    };
    readonly task?: {
      readonly name: string;
      readonly run?: {
        readonly id?: string;
        readonly result?: 'success' | 'failure' | 'cancellation' | 'skip' | 'timeout' | 'error';
      };
    };
  };
  readonly worker?: { readonly id?: string; readonly name?: string; readonly labels?: readonly string[] };
}

export interface PathChanges {
  readonly added: readonly string[];
  readonly modified: readonly string[];
  readonly removed: readonly string[];
}

export interface Signature {
  readonly name?: string;
  readonly email?: string;
  readonly time?: ClaimedTime;
}

/** What each kind adds to the common fields: the discriminated union's table. */
export interface ActivityDetails {
  /** A branch or tag was moved, created or deleted. Paths are absent where the source does not tell them. */
  push: {
    readonly forced: boolean;
    readonly created: boolean;
    readonly deleted: boolean;
    readonly commits: number;
    readonly default_branch?: boolean;
    readonly paths?: PathChanges;
  };
  /** One commit, as its text claims it. */
  commit: {
    readonly sha: string;
    /** How many; absent where the source does not tell (a push delivery). */
    readonly parents?: number;
    readonly author: Signature;
    readonly committer: Signature;
    readonly signature: 'good' | 'bad' | 'none' | 'unknown';
    readonly paths?: readonly string[];
    /** Those of `paths` that did not exist before, where the source tells. */
    readonly added?: readonly string[];
  };
  change: {
    readonly action: string;
    readonly author_association?: string;
    readonly from_fork?: boolean;
    readonly merged?: boolean;
  };
  review: { readonly action: string; readonly verdict?: string };
  discussion: { readonly action: string; readonly on: 'issue' | 'change' | 'commit' | 'discussion' | 'page' };
  /** A pipeline run changed its state. */
  run: { readonly action: string };
  /** A job (task run) changed its state. */
  job: { readonly action: string; readonly steps?: number };
  /**
   * A chunk of a job's log: whole lines, redacted, `first_line` counting from 1. The chunks of a log share its
   * record; `last` marks the final one.
   */
  log: { readonly first_line: number; readonly lines: readonly string[]; readonly last: boolean };
  deployment: { readonly action: string; readonly environment?: string };
  release: { readonly action: string; readonly tag?: string };
  package: { readonly action: string; readonly name?: string; readonly version?: string };
  repository: { readonly action: string };
  /** A person, team or app gained or lost access. */
  access: { readonly action: string; readonly subject?: string; readonly role?: string };
  /** A guard rail: branch protection, ruleset, required review, two-factor or scanning requirement. */
  protection: {
    readonly change: 'added' | 'changed' | 'removed' | 'overridden';
    readonly what: string;
    readonly target?: string;
  };
  /** A CI secret or variable changed, or was handed to a job. */
  secret: { readonly action: string; readonly name?: string; readonly names?: readonly string[] };
  /** A key, token or OAuth grant was made, changed or revoked. */
  grant: { readonly action: string; readonly name?: string };
  /** An API call or git operation made with a credential. */
  request: { readonly operation: string; readonly method?: string; readonly path?: string; readonly status?: number };
  setting: { readonly action: string; readonly name?: string };
  runner: { readonly action: string };
  integration: { readonly action: string; readonly host?: string };
  /** Another tool's finding: code scanning, secret scanning, dependency alerts. */
  alert: { readonly action: string; readonly tool?: string; readonly rule?: string };
  /**
   * What a job's log gave away, now taken out: "secret in log", and how much of it was encoded. One for each log of which
   * there is something to tell. Never a value.
   */
  exposure: {
    /** How many secrets of each kind. */
    readonly kinds: Readonly<Record<string, number>>;
    /** Of up to 100 of them, each once, in order of first sight. */
    readonly fingerprints: readonly string[];
    /** How many bytes of the log were an encoded form of text or of a packed stream, secret or not. */
    readonly encoded: number;
  };
  /** A source is alive up to `observed_at`; silence is judged on these. */
  tick: Record<never, never>;
  /** Of a type that nothing here knows yet; `type` is the source's own name for it. */
  other: { readonly type: string };
}

export type ActivityKind = keyof ActivityDetails;

export interface ActivityBase {
  /** Derived from content: the same record delivered twice gives the same ids. */
  readonly id: string;
  readonly source: string;
  /** Ours. */
  readonly received_at: Instant;
  /** Stamped by the source's server; held within the allowed skew of `received_at` by the collector host. */
  readonly observed_at: Instant;
  /** What the record claims; feeds the hour model and "identity fields disagree" alone. */
  readonly occurred_at?: ClaimedTime;
  readonly organization?: string;
  readonly actor?: Actor;
  readonly credential?: Credential;
  readonly client?: Client;
  readonly vcs?: Vcs;
  readonly cicd?: Cicd;
  /** How many secrets the redactor took out, by kind: on the first activity of a record, of a log on each chunk. */
  readonly redactions?: Readonly<Record<string, number>>;
  /** The source's own name of the event (`push`, `protected_branch.destroy`). */
  readonly native_type: string;
  /** The record's redacted body; only on the first activity of a record, and not for logs, whose lines are the body. */
  readonly record?: Json;
  /** In replay: `FILE:LINE`. */
  readonly input?: string;
  readonly sample?: true;
}

export type ActivityOf<Kind extends ActivityKind> = {
  [K in Kind]: ActivityBase & { readonly kind: K; readonly detail: ActivityDetails[K] };
}[Kind];

export type Activity = ActivityOf<ActivityKind>;

/** Every kind, in the order of the table above; `satisfies` keeps the two equal. */
export const ACTIVITY_KINDS = Object.keys({
  push: 1,
  commit: 1,
  change: 1,
  review: 1,
  discussion: 1,
  run: 1,
  job: 1,
  log: 1,
  deployment: 1,
  release: 1,
  package: 1,
  repository: 1,
  access: 1,
  protection: 1,
  secret: 1,
  grant: 1,
  request: 1,
  setting: 1,
  runner: 1,
  integration: 1,
  alert: 1,
  exposure: 1,
  tick: 1,
  other: 1,
} satisfies Record<ActivityKind, 1>) as readonly ActivityKind[];
