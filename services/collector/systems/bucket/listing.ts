// What lies in a bucket since a time. Where folders are named by year, month and day, only the last days are listed: names are
// in order of time within such a tree, but not from one tree (an account's region) to the next.
import type { Clock } from '../../../core/clock.ts';
import { PipewardenError } from '../../../core/errors.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../../../core/time.ts';
import type { BucketSettings } from './settings.ts';
import type { Listed, Listing, ObjectStore, StoredObject } from './store.ts';

/** A new tree is found so much later at most; less than objects may be late. */
const LOOK_AGAIN = 5 * MINUTE;
/** A folder's day may be so much before the time at which the object came. */
const DELAY = DAY;
/** Our clock may be behind. */
const AHEAD = HOUR;
/** What reaches back further is listed by months. */
const MANY_DAYS = 7 * DAY;
/** More are no trees of days. */
const MOST_FOLDERS = 5_000;

/** Digests sign the logs beside them; CircleCI tries whether it may write. */
const NO_LOG = /\/CloudTrail-Digest\/|(?:^|\/)circleci_connectivity_test_/;
const YEAR = /(?:^|\/)(?:19|20)\d\d\/$/;

/** A folder whose folders are years. */
interface Tree {
  readonly folder: string;
  /** Else by months alone. */
  readonly byDay: boolean;
}

export interface ObjectList {
  /** In no order; some older ones may be among them. */
  since(from: Instant, signal: AbortSignal): AsyncGenerator<StoredObject>;
}

export function createObjectList(
  store: ObjectStore,
  { prefix, ordered }: Pick<BucketSettings, 'prefix'> & { readonly ordered: boolean },
  clock: Clock,
): ObjectList {
  let trees: readonly Tree[] = [];
  let loose: readonly StoredObject[] = [];
  let looked = Number.NEGATIVE_INFINITY;

  return {
    async *since(from, signal) {
      if (!ordered) {
        yield* all({ prefix }, signal);
        return;
      }
      if (clock.now() - looked >= LOOK_AGAIN) {
        ({ trees, loose } = await look(from, signal));
        looked = clock.now();
      }
      // Again and again: they are read in the order of time, among the others.
      yield* loose;
      for (const tree of trees) {
        for (const each of foldersOf(tree, from - DELAY, clock.now() + AHEAD)) yield* all({ prefix: each }, signal);
      }
    },
  };

  async function* pages(listed: Listed, signal: AbortSignal): AsyncGenerator<Listing> {
    for (let next: string | undefined, isFirst = true; isFirst || next !== undefined; isFirst = false) {
      const page = await store.list({ ...listed, next }, signal);
      yield page;
      ({ next } = page);
    }
  }

  async function* all(listed: Listed, signal: AbortSignal): AsyncGenerator<StoredObject> {
    for await (const { objects } of pages(listed, signal)) yield* objects;
  }

  /** All trees, and what is newer of the objects that lie in none. */
  async function look(from: Instant, signal: AbortSignal) {
    const found: Tree[] = [];
    const others: StoredObject[] = [];
    const waiting = [prefix];
    let asked = 0;
    for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
      const years: string[] = [];
      for await (const { objects, folders } of pages({ prefix: folder, folders: true }, signal)) {
        others.push(...objects.filter(({ modified }) => modified >= from));
        for (const each of folders.filter(isLog)) (YEAR.test(each) ? years : waiting).push(each);
        asked += 1;
        if (asked > MOST_FOLDERS) throw tooMany();
      }
      const last = years.at(-1);
      if (last === undefined) continue;
      const root = last.slice(0, -'2026/'.length);
      found.push({ folder: root, byDay: await isByDay(last, root, signal) });
    }
    return { trees: found, loose: others };
  }

  function tooMany(): PipewardenError {
    const where = prefix === '' ? 'in the bucket' : `below ${prefix}`;
    const problems = `more than ${MOST_FOLDERS} folders ${where} are no years: give a longer prefix, or \`ordered: false\``;
    return new PipewardenError('CONFIG_INVALID', { problems });
  }

  /**
   * `YYYY/MM/HH/MM/`, as GitHub's documentation has it, and `YYYY/MM/DD/HH/` look alike: of those only the month is sure.
   */
  async function isByDay(year: string, root: string, signal: AbortSignal): Promise<boolean> {
    const { objects } = await store.list({ prefix: year, most: 1 }, signal);
    const folders = objects[0]?.key.slice(root.length).split('/').slice(0, -1) ?? [];
    return folders.length !== 4 && folders.length > 2 && folders.slice(1, 3).every((each) => /^\d\d$/.test(each));
  }
}

/** What may be one, by its name; also of a folder. */
export function isLog(name: string): boolean {
  return !NO_LOG.test(name);
}

/** Those that may hold something of that time. */
export function foldersOf({ folder, byDay }: Tree, from: Instant, until: Instant): readonly string[] {
  const daily = byDay && until - from < MANY_DAYS;
  const found = new Set<string>();
  for (let at = from; ; at = Math.min(until, at + DAY)) {
    const [year, month, day] = new Date(at).toISOString().slice(0, 10).split('-');
    found.add(`${folder}${year}/${month}/${daily ? `${day}/` : ''}`);
    if (at >= until) return [...found];
  }
}
