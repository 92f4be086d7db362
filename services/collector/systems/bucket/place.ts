// Which objects have been read: all up to a time, but for those within a while before it, which are known one by one, because
// an object may be listed late. Where too many come within that while, the oldest of them are taken for one stretch.
import { contentId, isObject, type Json } from '../../../core/json.ts';
import { type Instant, MINUTE } from '../../../core/time.ts';
import { at, list, number, text } from '../../fields.ts';
import type { StoredObject } from './store.ts';

/** An upload in parts is listed when it ends, under the time at which it began. */
const LATE = 15 * MINUTE;
const MOST_KNOWN = 5_000;

/** What objects are read in the order of. */
export type Point = readonly [time: Instant, id: string];

export interface Place {
  /** Nothing before needs to be listed. */
  from(): Instant;
  isNew(object: StoredObject): boolean;
  /** Read to its end. */
  done(object: StoredObject): void;
  /** Of an object that was begun: how many of its records were read. */
  begun(object: StoredObject): number;
  /** `part`: the object that is being read, and how many of its records were. */
  cursor(part?: { readonly object: StoredObject; readonly records: number }): Json;
}

/** `first`: where the first reading begins. */
export function createPlace(cursor: Json | undefined, first: Instant): Place {
  /** All up to it was read, or is left out. */
  let floor = pointIn(at(cursor, 'floor')) ?? [first, ''];
  let newest = number(cursor, 'newest') ?? floor[0];
  const partId = text(cursor, 'part', 'id');
  let part = partId === undefined ? undefined : { id: partId, records: number(cursor, 'part', 'records') ?? 0 };
  const known = list(cursor, 'known').flatMap((each) => {
    const point = pointIn(each);
    return point ? [point] : [];
  });
  const ids = new Set(known.map(([, id]) => id));

  const from = () => Math.max(newest - LATE, floor[0]);

  function forget(): void {
    known.sort(inOrder);
    const old = known.findIndex(([time]) => time >= from());
    const gone = known.splice(0, Math.max(old, known.length - MOST_KNOWN, 0));
    const last = gone.at(-1);
    if (last && last[0] >= from()) floor = last;
    for (const [, id] of gone) ids.delete(id);
  }

  return {
    from,
    isNew(object) {
      if (object.modified < from()) return false;
      const point = pointOf(object);
      return inOrder(point, floor) > 0 && !ids.has(point[1]);
    },
    done(object) {
      const point = pointOf(object);
      known.push(point);
      ids.add(point[1]);
      newest = Math.max(newest, object.modified);
      if (part?.id === point[1]) part = undefined;
      if (known.length > 2 * MOST_KNOWN) forget();
    },
    begun: (object) => (pointOf(object)[1] === part?.id ? part.records : 0),
    cursor(current) {
      forget();
      if (current) part = { id: pointOf(current.object)[1], records: current.records };
      const points = known.map((point) => [...point]);
      return { newest, floor: [...floor], ...(part && { part }), known: points };
    },
  };
}

export function inOrder([time, id]: Point, [otherTime, other]: Point): number {
  return time - otherTime || (id < other ? -1 : id > other ? 1 : 0);
}

/** An object that is written again is another one. No name is kept: it may be anything. */
export function pointOf({ key, etag, modified }: StoredObject): Point {
  return [modified, contentId(key, etag).slice(0, 16)];
}

function pointIn(value: Json | undefined): Point | undefined {
  if (isObject(value) || !Array.isArray(value)) return undefined;
  const [time, id] = value;
  return typeof time === 'number' && typeof id === 'string' ? [time, id] : undefined;
}
