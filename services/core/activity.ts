// One thing that happened, normalized and redacted. Names follow the OpenTelemetry semantic conventions for CI/CD and
// VCS (https://opentelemetry.io/docs/specs/semconv/registry/attributes/cicd/ and …/vcs/) where these have one, nested
// instead of dotted: `cicd.pipeline.run.id` is `activity.cicd?.pipeline?.run?.id`.
import type { ActivityDetails, ActivityKind } from './activity-details.ts';
import type { Result } from './details/pipeline.ts';
import type { Json } from './json.ts';
import type { ClaimedTime, Instant } from './time.ts';

export {
  ACTIVITY_KINDS,
  type ActivityDetails,
  type ActivityKind,
  type PathChanges,
  type Signature,
} from './activity-details.ts';

/** Who did it, as the source names them. Who that is: `identity/actor.ts`. */
export interface Actor {
  /** Login or user name. */
  readonly name?: string;
  /**
   * `name` is how they are called and no login, so it tells nobody apart. Absent: a login, unless a commit's text claims
   * the same name (the collector host fills it in).
   */
  readonly display?: boolean;
  /** The system's own number or id of them, which stays when they change their name. */
  readonly id?: string;
  /** Lower case. */
  readonly email?: string;
  /** Id of the key they signed with, as `identity/credential.ts` writes it. */
  readonly key?: string;
  /** Whose login and id these are, where not the source's own: CircleCI names accounts of GitHub. */
  readonly provider?: string;
  readonly type: 'person' | 'bot' | 'unknown';
  /** Who the configuration's `identities` say that is; added by the collector host. */
  readonly person?: string;
}

/** What it was done with. `id` is the system's own hash of the token, or a key's fingerprint: never the value. */
export interface Credential {
  readonly id: string;
  /** Other ids of the same credential that the record states. */
  readonly also?: readonly string[];
  /** As the source names it: `Personal access token (classic)`, `GitHub App server-to-server token` … */
  readonly type?: string;
  /** For people: of the key, the token's note. */
  readonly name?: string;
  /** Of a session: when it began. */
  readonly issued?: Instant;
  /** What it may do: `repo`, `write:packages`. */
  readonly scopes?: readonly string[];
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
  /** Whose run it is, of what another feed tells of: a sensor's event that was joined with its job. First part of a source's name. */
  readonly system?: string;
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
      readonly result?: Result;
      readonly url?: string;
      /** The run that started this one. */
      readonly parent?: { readonly id?: string; readonly pipeline?: string; readonly repository?: string };
    };
    readonly task?: {
      readonly name: string;
      readonly run?: {
        readonly id?: string;
        readonly result?: Result;
      };
    };
  };
  readonly worker?: {
    readonly id?: string;
    readonly name?: string;
    readonly labels?: readonly string[];
    /** Run by the CI system's vendor rather than by its user. */
    readonly hosted?: boolean;
    readonly group?: string;
    /** At which level it is registered: `repository`, `organization`, `enterprise`. */
    readonly owner_type?: string;
    /** Whose jobs it runs, of what a sensor tells of it between two jobs: as `Cicd.system`. */
    readonly system?: string;
  };
}

/** A program that ran (ECS `process.*`). */
export interface Process {
  /** Path, or name where that is all that is known. */
  readonly executable?: string;
  /** With its arguments, as one text. */
  readonly command_line?: string;
  readonly pid?: number;
  /** The sensor's own id of it, unique over reboots. */
  readonly entity_id?: string;
  readonly working_directory?: string;
  readonly user?: string;
  /** Who started it, its parent first. */
  readonly ancestors?: readonly Ancestor[];
}

export interface Ancestor {
  readonly executable?: string;
  readonly command_line?: string;
  readonly pid?: number;
}

/** The machine that a sensor watched (ECS `host.*`, `container.*`, `orchestrator.*`). Its name is the runner's, where both are known. */
export interface Host {
  readonly name?: string;
  readonly container?: { readonly id?: string; readonly name?: string; readonly image?: string };
  readonly pod?: { readonly name: string; readonly namespace?: string };
  readonly cgroup?: string;
}

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
  readonly process?: Process;
  readonly host?: Host;
  /** How many secrets the redactor took out, by kind: on the first activity of a record, of a log on each chunk. */
  readonly redactions?: Readonly<Record<string, number>>;
  /** The source's own name of the event (`push`, `protected_branch.destroy`). */
  readonly native_type: string;
  /** The record's redacted body; only on the first activity of a record, and not for logs, whose lines are the body. */
  readonly record?: Json;
  /** Fields of the record that were not of the expected type, by path; on its first activity. The rest of it was used. */
  readonly problems?: readonly string[];
  /**
   * What does not stand in the record but was looked up by the collector, by its path, with the build time of the
   * database: `client.asn` → …. Everything else is the record's own.
   */
  readonly looked_up?: Readonly<Record<string, Instant>>;
  /** In replay: `FILE:LINE`. */
  readonly input?: string;
  readonly sample?: true;
  /** It was over when it was read: it is learned from, and raises nothing. */
  readonly history?: true;
}

export type ActivityOf<Kind extends ActivityKind> = {
  [K in Kind]: ActivityBase & { readonly kind: K; readonly detail: ActivityDetails[K] };
}[Kind];

export type Activity = ActivityOf<ActivityKind>;
