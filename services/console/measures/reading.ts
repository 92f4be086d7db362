// Reads what of a collection falls into a time, page by page: no more than a page is in memory, and no more than a bound is read.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Condition, DocumentStore } from '../../core/ports/document-store.ts';
import { DAY, formatInstant } from '../../core/time.ts';
import type { CollectionName } from '../../core/topics.ts';
import type { Window } from './measure.ts';

const PAGE = 1_000;

export interface Slice {
  readonly collection: CollectionName;
  /** Holds a time, or a day, in the form of RFC 3339. */
  readonly field: string;
  readonly where?: readonly Condition[];
}

export interface Read {
  readonly read: number;
  readonly total: number;
}

/** The newest first, until `most` documents have been read. */
export async function eachDocument<Body extends object>(
  store: DocumentStore,
  { collection, field, where = [] }: Slice,
  { from, to }: Window,
  most: number,
  use: (body: Body) => void,
): Promise<Read> {
  // A day belongs to the window whole, at both ends.
  const within = { field, from: field === 'day' ? from.slice(0, 10) : from, below: to };
  const query = { where: [...where, within], sort: { field, order: 'desc' } } as const;
  let read = 0;
  let after: string | undefined;
  for (;;) {
    const limit = Math.min(PAGE, most - read);
    const page = await store.search<Body>(collection, { ...query, limit, ...(after !== undefined && { after }) });
    for (const { body } of page.documents) use(body);
    read += page.documents.length;
    after = page.next;
    if (after === undefined || read >= most) return { read, total: page.total };
    // The embedded store answers in one turn, and others want theirs.
    await nextTurn();
  }
}

/** Nothing where all of it was read. */
export function restsOn({ read, total }: Read, what: string): readonly string[] {
  return read >= total ? [] : [`Rests on ${read} of ${total} ${what}, the newest.`];
}

/** Counts by the values of a field, by word. */
export async function countsOf(
  store: DocumentStore,
  collection: CollectionName,
  by: string,
  where: readonly Condition[],
): Promise<ReadonlyMap<string, number>> {
  const counts = await store.count(collection, by, where);
  return new Map(counts.map(({ value, count }) => [String(value), count]));
}

/** From the beginning of the window on; the last one may be shorter. */
export function weeksOf({ from, to }: Window): readonly Window[] {
  const end = Date.parse(to);
  const weeks: Window[] = [];
  for (let at = Date.parse(from); at < end; at += 7 * DAY) {
    weeks.push({ from: formatInstant(at), to: formatInstant(Math.min(at + 7 * DAY, end)) });
  }
  return weeks;
}
