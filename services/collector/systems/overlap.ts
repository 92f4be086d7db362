// Reading a log that is ordered by time, where entries may appear late: each reading begins a while before the last one
// ended, and leaves out what it has seen.
import { isObject, type Json } from '../../core/json.ts';
import type { Instant } from '../../core/time.ts';
import { seenIn, seenSince } from './seen.ts';

export interface Overlap {
  /** Where this reading begins. */
  readonly from: Instant;
  /** Notes an entry; false where it came before. One without an id or a time is always new. */
  isNew(id: string | undefined, time: Instant | undefined): boolean;
  /** There is nothing up to then that was not read. */
  reached(time: Instant): void;
  cursor(): Json;
}

/** `first`: where the first reading begins; `late`: by how much entries may be late. In milliseconds. */
export function createOverlap(cursor: Json | undefined, first: Instant, late: number): Overlap {
  const place = placeIn(cursor);
  const seen = new Map<string, Instant>(place?.seen);
  let newest = place?.newest ?? first;
  return {
    from: place ? place.newest - late : first,
    isNew(id, time) {
      if (id === undefined || time === undefined) return true;
      if (seen.has(id)) return false;
      seen.set(id, time);
      newest = Math.max(newest, time);
      return true;
    },
    reached(time) {
      newest = Math.max(newest, time);
    },
    cursor: () => ({ newest, seen: seenSince(seen, newest - late) }),
  };
}

function placeIn(cursor: Json | undefined) {
  if (!isObject(cursor) || typeof cursor.newest !== 'number' || !Array.isArray(cursor.seen)) return undefined;
  return { newest: cursor.newest, seen: seenIn(cursor.seen) };
}
