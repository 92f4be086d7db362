// What activities about access, credentials and guard rails say beyond the fields that all have. See ../activity-details.ts.
import type { Instant } from '../time.ts';

/** A person, team or app gained or lost access. */
export interface AccessDetail {
  readonly action: string;
  readonly subject?: string;
  readonly role?: string;
  readonly previous_role?: string;
  /** The team or group that it came through. */
  readonly team?: string;
}

/**
 * A guard rail: branch protection, ruleset, required review, two-factor or scanning requirement. `removed` where its
 * guard is lower than before, `overridden` where somebody passed it, `refused` where it held somebody.
 */
export interface ProtectionDetail {
  readonly change: 'added' | 'changed' | 'removed' | 'overridden' | 'refused';
  readonly what: string;
  readonly target?: string;
  /** Codes of the rules that were passed, held or taken away, or the reason that was given. */
  readonly reasons?: readonly string[];
  /** Who may pass it from now on: `Team 17`, `Integration 42`. */
  readonly bypass?: readonly string[];
}

/** A CI secret or variable changed, or was handed to a job. */
export interface SecretDetail {
  readonly action: string;
  readonly name?: string;
  readonly names?: readonly string[];
  readonly environment?: string;
  /** What keeps it, where there are several: AWS's service and region, `secretsmanager.eu-central-1`. */
  readonly store?: string;
}

/** A key, token or OAuth grant was made, changed or revoked. */
export interface GrantDetail {
  readonly action: string;
  readonly name?: string;
  /** As `credential.id` has it where it is used. */
  readonly id?: string;
  /** `deploy key`, `ssh key`, `personal access token`, `app` … */
  readonly type?: string;
  /** Whose it is. */
  readonly subject?: string;
  readonly fingerprint?: string;
  readonly write?: boolean;
  /** `contents` → `write`. */
  readonly permissions?: Readonly<Record<string, string>>;
  /** Where it works: `all`, `selected`; at most 100 names. */
  readonly reach?: string;
  readonly repositories?: readonly string[];
  readonly expires_at?: Instant;
}

/** An API call, git operation or export made with a credential. */
export interface RequestDetail {
  readonly operation: string;
  readonly method?: string;
  readonly path?: string;
  readonly status?: number;
  /** Of git: `ssh`, `http`. */
  readonly transport?: string;
  /** Why it was refused, as the system says it: `AccessDenied`, `permission denied`. */
  readonly error?: string;
}

/** A machine that runs jobs, or a group of them, was registered, changed, came or went. */
export interface RunnerDetail {
  readonly action: string;
  readonly version?: string;
  readonly previous_version?: string;
  /** Of a group: which repositories may use it, whether public ones, and whether only some workflows. */
  readonly visibility?: string;
  readonly allows_public?: boolean;
  readonly restricted_to_workflows?: boolean;
}

export interface IntegrationDetail {
  readonly action: string;
  readonly name?: string;
  readonly host?: string;
  readonly previous_host?: string;
  readonly insecure_ssl?: boolean;
  readonly events?: readonly string[];
}
