// What each kind of activity says beyond the fields that all have. See activity.ts.
import type { AlertDetail } from './details/alert.ts';
import type {
  ChangeDetail,
  Dependency,
  DeploymentDetail,
  DiscussionDetail,
  JobDetail,
  PackageDetail,
  ReleaseDetail,
  RepositoryDetail,
  Result,
  ReviewDetail,
  RunDetail,
} from './details/pipeline.ts';
import type { TicketDetail } from './details/ticket.ts';
import type {
  AccessDetail,
  GrantDetail,
  IntegrationDetail,
  ProtectionDetail,
  RequestDetail,
  RunnerDetail,
  SecretDetail,
} from './details/trust.ts';
import type { Json } from './json.ts';
import type { ClaimedTime, Instant } from './time.ts';

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
    /** Absent where the source does not tell. */
    readonly forced?: boolean;
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
    readonly message?: string;
    readonly paths?: readonly string[];
    /** Those of `paths` that did not exist before, where the source tells. */
    readonly added?: readonly string[];
  };
  change: ChangeDetail;
  review: ReviewDetail;
  discussion: DiscussionDetail;
  run: RunDetail;
  job: JobDetail;
  /**
   * A chunk of a job's log: whole lines, redacted, `first_line` counting from 1. The chunks of a log share its
   * record; `last` marks the final one.
   */
  log: { readonly first_line: number; readonly lines: readonly string[]; readonly last: boolean };
  /**
   * What one step of a job's log did. Lines count from 1; `hosts`, `dependencies`: at most 200 each, in order of their
   * lines. A host that is `contacted` stands where a tool says that it goes there (a download, a clone, `curl`); others
   * are only named in a URL. `masked`: how often the CI system itself had put `***`.
   */
  step: {
    readonly name: string;
    /** From 1. */
    readonly ordinal: number;
    readonly first_line: number;
    readonly last_line: number;
    /** The first line of what was run, or the action with its reference. */
    readonly command?: string;
    readonly result?: Result;
    readonly hosts?: readonly { readonly name: string; readonly line: number; readonly contacted?: true }[];
    readonly dependencies?: readonly Dependency[];
    readonly masked?: number;
  };
  /** What a job was given before its first step, as its log tells. */
  setup: {
    readonly runner?: { readonly version?: string; readonly group?: string };
    /** Of the machine: `ubuntu-24.04`, `20260101.1`; of a container: name and digest. */
    readonly image?: { readonly name: string; readonly version?: string; readonly digest?: string };
    /** Of the job's token: `contents` → `read`. */
    readonly permissions?: Readonly<Record<string, string>>;
    /** Actions, includes, orbs and plugins with what their references resolved to. */
    readonly dependencies?: readonly Dependency[];
    /** Where its secrets came from, as the system names it: `Actions`, `Dependabot`, `None`. */
    readonly secret_source?: string;
    /** Names of secrets and variables that the log says were handed over. */
    readonly variables?: readonly string[];
  };
  /** What a reference resolves to now, told by somebody who looked (`upstream.refs`), or an artifact's origin. */
  dependency: Dependency;
  /** A pipeline's definition, or the difference to the one before. */
  definition: {
    readonly system: string;
    readonly path: string;
    readonly change: 'added' | 'changed' | 'removed' | 'seen';
    /** In words a person understands, most serious first. */
    readonly words?: readonly string[];
    readonly delta?: Json;
  };
  deployment: DeploymentDetail;
  release: ReleaseDetail;
  package: PackageDetail;
  repository: RepositoryDetail;
  access: AccessDetail;
  protection: ProtectionDetail;
  secret: SecretDetail;
  grant: GrantDetail;
  request: RequestDetail;
  /** `from`, `to`: the values, where the record tells them. */
  setting: { readonly action: string; readonly name?: string; readonly from?: string; readonly to?: string };
  runner: RunnerDetail;
  integration: IntegrationDetail;
  /** Somebody signed in, failed to, or signed out. */
  session: {
    readonly action: 'login' | 'failure' | 'logout' | 'impersonation' | 'other';
    /** Password, token, single sign-on … */
    readonly method?: string;
    readonly mfa?: boolean;
    readonly reason?: string;
    /** By which they signed in, as an address in its system: `auth/jwt/role/deploy`. */
    readonly role?: string;
  };
  /** An artifact of a build: stored, signed, published or deleted. */
  artifact: {
    readonly action: string;
    readonly name?: string;
    readonly version?: string;
    readonly digest?: string;
    readonly size?: number;
    readonly location?: string;
  };
  /** A program was started or ended; `process` tells which. */
  process: { readonly action: 'start' | 'end' };
  /** A connection was opened, or refused by a guard; `process` tells by whom. */
  connection: {
    /** As it was asked for; absent where only the address is known. */
    readonly host?: string;
    readonly address?: string;
    readonly port?: number;
    readonly transport?: 'tcp' | 'udp';
    readonly direction?: 'egress' | 'ingress';
    readonly verdict?: 'allowed' | 'blocked';
    readonly path?: string;
    /** Sent, in bytes. */
    readonly bytes?: number;
  };
  /** A name was looked up. */
  dns: {
    readonly name: string;
    readonly type?: string;
    readonly addresses?: readonly string[];
    readonly verdict?: 'allowed' | 'blocked';
  };
  /** A file was read, written or changed otherwise. */
  file: {
    readonly action: 'read' | 'write' | 'create' | 'delete' | 'rename' | 'attributes' | 'link' | 'mount';
    readonly path: string;
    readonly target?: string;
  };
  /** A program touched another's memory, or traced it. */
  memory: {
    readonly action: 'read' | 'write' | 'trace';
    readonly target?: { readonly pid?: number; readonly executable?: string };
  };
  alert: AlertDetail;
  ticket: TicketDetail;
  /** Secrets that stood in a log, or an encoded text of some size. Never a value. */
  exposure: {
    /** How many of each kind. */
    readonly kinds: Readonly<Record<string, number>>;
    /** Of up to 100 of them, in order of first sight. */
    readonly fingerprints: readonly string[];
    /** How many bytes of the log were an encoded form of text, secret or not. */
    readonly encoded: number;
  };
  /**
   * Somebody is alive up to `observed_at`: a sensor on its machine; or a collector of ours, which says for each feed how many
   * records came since its last tick, and since when the feed cannot be read. Silence is judged on these.
   */
  tick: { readonly feed?: string; readonly records?: number; readonly failing_since?: Instant };
  /** Of a type that nothing here knows yet; `type` is the source's own name for it. */
  other: { readonly type: string };
}

export type ActivityKind = keyof ActivityDetails;

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
  step: 1,
  setup: 1,
  dependency: 1,
  definition: 1,
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
  session: 1,
  artifact: 1,
  process: 1,
  connection: 1,
  dns: 1,
  file: 1,
  memory: 1,
  alert: 1,
  ticket: 1,
  exposure: 1,
  tick: 1,
  other: 1,
} satisfies Record<ActivityKind, 1>) as readonly ActivityKind[];
