// Port: the document store. Get and compare-and-set see the newest state; search and aggregation may lag by seconds.
import type { Json } from '../json.ts';
import type { Instant } from '../time.ts';
import type { CollectionName } from '../topics.ts';

export interface Stored<Body> {
  readonly id: string;
  /** Opaque; changes with every write. */
  readonly version: string;
  readonly body: Body;
}

/** A condition on a field, named by its dotted path (`finding.severity`). Arrays match when one element does. */
export type Condition =
  | { readonly field: string; readonly is: string | number | boolean }
  | { readonly field: string; readonly in: readonly (string | number)[] }
  | { readonly field: string; readonly from?: string | number; readonly below?: string | number }
  | { readonly field: string; readonly exists: boolean };

export interface Query {
  /** All must hold. */
  readonly where?: readonly Condition[];
  /** Words that must occur somewhere in the document, case-insensitive. */
  readonly text?: string;
  /** Dotted path; ties are broken by id. Default: by id, ascending. */
  readonly sort?: { readonly field: string; readonly order: 'asc' | 'desc' };
  /** At most 1000; default 100. */
  readonly limit?: number;
  /** `next` of the page before. */
  readonly after?: string;
}

export interface Page<Body> {
  readonly documents: readonly Stored<Body>[];
  /** Total of matches, over all pages. */
  readonly total: number;
  readonly next?: string;
}

export interface DocumentStore {
  get<Body extends object>(collection: CollectionName, id: string): Promise<Stored<Body> | undefined>;
  /**
   * Writes a document (plain JSON, by its interface) whole and gives its new version. `expected`: a version, `'absent'`, or `'any'`. Rejects with
   * DOCUMENT_CONFLICT when the document is not as expected, with STORE_UNAVAILABLE when the store does not answer.
   * Durable when it resolves.
   */
  put(collection: CollectionName, id: string, body: object, expected: string): Promise<string>;
  /** False when there was none. */
  remove(collection: CollectionName, id: string): Promise<boolean>;
  search<Body extends object>(collection: CollectionName, query: Query): Promise<Page<Body>>;
  /** Counts matches by the values of a field (most frequent first, at most `limit`, default 100). */
  count(
    collection: CollectionName,
    by: string,
    where?: readonly Condition[],
    limit?: number,
  ): Promise<readonly { readonly value: Json; readonly count: number }[]>;
  /** Removes what was last written before `before`; gives how many. */
  expire(collection: CollectionName, before: Instant): Promise<number>;
  close(): Promise<void>;
}
