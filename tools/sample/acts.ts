// What people and machines of the recording do, before it is told as records: plain data, in any order.
import type { Instant } from '../../services/core/time.ts';
import type { Account, Place } from './people.ts';

export interface CommitPlan {
  readonly at: Instant;
  readonly message: string;
  readonly added?: readonly string[];
  readonly modified?: readonly string[];
}

/** A network and a program that are not the account's usual ones. */
export interface Elsewhere {
  readonly place: Place;
  readonly agent: string;
}

interface Act {
  readonly at: Instant;
  readonly by: Account;
  /** Short name, without the organization. */
  readonly repository: string;
  readonly from?: Elsewhere;
}

export interface Push extends Act {
  readonly kind: 'push';
  readonly branch: string;
  readonly commits: readonly CommitPlan[];
  readonly unsigned?: true;
}

export interface OpenChange extends Act {
  readonly kind: 'open';
  readonly branch: string;
  readonly title: string;
}

export interface Review extends Act {
  readonly kind: 'review';
  readonly branch: string;
}

/** Merged by squashing, as the repositories of the organization are set. */
export interface Merge extends Act {
  readonly kind: 'merge';
  readonly branch: string;
}

export interface Release extends Act {
  readonly kind: 'release';
  readonly tag: string;
}

export interface Scheduled extends Act {
  readonly kind: 'schedule';
}

/** A read of the API. */
export interface Request extends Act {
  readonly kind: 'request';
  readonly path: string;
}

export interface Fetch extends Act {
  readonly kind: 'git.fetch' | 'git.clone';
}

export interface Protection extends Act {
  readonly kind: 'protection';
  readonly change: 'created' | 'deleted';
}

export type AnyAct = Push | OpenChange | Review | Merge | Release | Scheduled | Request | Fetch | Protection;
