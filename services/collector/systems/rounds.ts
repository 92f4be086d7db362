// Going through many places (groups, projects) for what came in the same stretch of time: a round. It goes on where it was
// left, and the next one begins a while before it ended, because some things appear late.
import { isObject, type Json } from '../../core/json.ts';
import type { Instant } from '../../core/time.ts';
import type { SourceRecord } from '../source.ts';
import { seenIn, seenSince } from './seen.ts';
import type { Turn } from './system.ts';

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
  /** Notes it; false where it came before. */
  isNew(id: string, time: Instant): boolean;
}

interface OpenRound extends Round {
  /** Places come in the order of their ids. */
  isDone(place: number): boolean;
  /** All of this place has been read. */
  leave(place: number): void;
  /** In the middle of it. */
  cursor(): Json;
  /** When every place was left. */
  end(): Json;
}

/**
 * Round after round up to now, through places in the order of their ids. `read` gives what is new in one of them; a place
 * without anything new is left without a turn.
 */
export async function* rounds<Place extends { readonly id: number }>(
  cursor: Json | undefined,
  now: Instant,
  terms: RoundTerms,
  places: () => AsyncIterable<Place> | Iterable<Place>,
  read: (place: Place, round: Round) => Promise<readonly SourceRecord[]>,
): AsyncGenerator<Turn> {
  for (let at = cursor; ; ) {
    const round = nextRound(at, now, terms);
    for await (const place of places()) {
      if (round.isDone(place.id)) continue;
      const records = await read(place, round);
      round.leave(place.id);
      if (records.length > 0) yield { records, cursor: round.cursor() };
    }
    at = round.end();
    yield { records: [], cursor: at };
    if (round.until >= now) return;
  }
}

function nextRound(cursor: Json | undefined, now: Instant, { first, late, longest }: RoundTerms): OpenRound {
  const kept = keptIn(cursor);
  const seen = new Map<string, Instant>(kept.seen);
  const reached = kept.reached ?? now - first;
  const since = kept.reached === undefined ? reached : reached - late;
  const until = kept.until ?? Math.min(now, reached + longest);
  let after = kept.after;
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
      seen: seenSince(seen, 0),
    }),
    end: () => ({ reached: until, seen: seenSince(seen, until - late) }),
  };
}

interface Kept {
  readonly reached?: number;
  readonly until?: number;
  readonly after?: number;
  readonly seen: ReturnType<typeof seenIn>;
}

function keptIn(cursor: Json | undefined): Kept {
  if (!isObject(cursor)) return { seen: [] };
  const { reached, until, after } = cursor;
  return {
    seen: seenIn(cursor.seen),
    ...(typeof reached === 'number' && { reached }),
    ...(typeof until === 'number' && { until }),
    ...(typeof after === 'number' && { after }),
  };
}
