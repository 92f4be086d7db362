// Going through many places (groups, projects) for what came in the same stretch of time: a round. It goes on where it was
// left, and the next one begins a while before it ended, because some things appear late.
import { isObject, type Json } from '../../core/json.ts';
import type { Instant } from '../../core/time.ts';

/** Ids kept; of a busier system some come again, which the analyzer drops. */
const MOST_SEEN = 5_000;

/** Milliseconds. */
export interface RoundTerms {
  /** How far the first round goes back. */
  readonly first: number;
  /** How late things may appear. */
  readonly late: number;
  /** A round covers no more: after an outage there are several. */
  readonly longest: number;
}

export interface Round {
  readonly since: Instant;
  readonly until: Instant;
  /** Places come in the order of their ids. */
  isDone(place: number): boolean;
  /** Notes it; false where it came before. */
  isNew(id: string, time: Instant): boolean;
  /** All of this place has been read. */
  leave(place: number): void;
  /** In the middle of it. */
  cursor(): Json;
  /** When every place was left. */
  end(): Json;
}

export function nextRound(cursor: Json | undefined, now: Instant, { first, late, longest }: RoundTerms): Round {
  const kept = keptIn(cursor);
  const seen = new Map<string, Instant>(kept.seen);
  const reached = kept.reached ?? now - first;
  const since = kept.reached === undefined ? reached : reached - late;
  const until = kept.until ?? Math.min(now, reached + longest);
  let after = kept.after;
  const listed = () => [...seen].slice(-MOST_SEEN);
  return {
    since,
    until,
    isDone: (place) => after !== undefined && place <= after,
    isNew(id, time) {
      if (seen.has(id)) return false;
      seen.set(id, time);
      return true;
    },
    leave(place) {
      after = place;
    },
    cursor: () => ({
      until,
      ...(kept.reached !== undefined && { reached }),
      ...(after !== undefined && { after }),
      seen: listed(),
    }),
    end: () => ({ reached: until, seen: listed().filter(([, time]) => time >= until - late) }),
  };
}

interface Kept {
  readonly reached?: number;
  readonly until?: number;
  readonly after?: number;
  readonly seen: readonly [string, Instant][];
}

function keptIn(cursor: Json | undefined): Kept {
  if (!isObject(cursor)) return { seen: [] };
  const { reached, until, after } = cursor;
  const seen = (Array.isArray(cursor.seen) ? cursor.seen : []).flatMap((pair: unknown): [string, Instant][] => {
    const [id, time] = Array.isArray(pair) ? pair : [];
    return typeof id === 'string' && typeof time === 'number' ? [[id, time]] : [];
  });
  return {
    seen,
    ...(typeof reached === 'number' && { reached }),
    ...(typeof until === 'number' && { until }),
    ...(typeof after === 'number' && { after }),
  };
}
