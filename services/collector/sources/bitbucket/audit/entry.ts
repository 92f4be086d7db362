// What all forms of a Bitbucket audit entry say, under one set of names, so that one classification serves them all.
import type { Actor, Client, Credential } from '../../../../core/activity.ts';
import type { Instant } from '../../../../core/time.ts';

/** Something that the entry is about: a project, a repository, a user or a group. */
export interface Affected {
  /** Upper case: `PROJECT`, `REPOSITORY`, `USER`, `GROUP`. */
  readonly type: string;
  readonly name?: string;
  readonly id?: string;
  readonly uri?: string;
}

export interface Changed {
  /** As the system shows it: `Coverage Level`. */
  readonly name: string;
  readonly from?: string;
  readonly to?: string;
}

export interface Entry {
  /** As the system names it: `Global permission granted`, `addon_installed`. */
  readonly action: string;
  readonly category?: string;
  readonly natural_id?: string;
  readonly observed_at?: Instant;
  readonly actor?: Actor;
  readonly credential?: Credential;
  readonly client?: Client;
  readonly organization?: string;
  readonly affected: readonly Affected[];
  readonly changes: readonly Changed[];
  /** What else it says, by name in lower case. */
  readonly extra: ReadonlyMap<string, string>;
  readonly message?: string;
}

/** What an action says, it says at once; patterns need not be tried on more. */
const MOST = 300;

/** `UserRemovedFromPlan`, `user_removed_from_plan`, `User removed from plan` → `user removed from plan`. */
export function plainWords(action: string): string {
  return action
    .slice(0, MOST)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(/ event$/, '')
    .trim();
}

export function affectedName(entry: Entry, type: string): string | undefined {
  return entry.affected.find((thing) => thing.type === type)?.name;
}

export function extraOf(entry: Entry, ...names: readonly string[]): string | undefined {
  return names.map((name) => entry.extra.get(name)).find((value) => value !== undefined);
}
