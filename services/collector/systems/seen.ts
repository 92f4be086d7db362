// Ids that were read, with their times: how a cursor keeps them, so that what comes again is left out.
import type { Json } from '../../core/json.ts';
import type { Instant } from '../../core/time.ts';

/** Ids kept; of a busier system some come again, which the analyzer drops. */
const MOST_SEEN = 5_000;

/** As they stand in a cursor; what is none is left out. */
export function seenIn(kept: Json | undefined): readonly [id: string, time: Instant][] {
  return (Array.isArray(kept) ? kept : []).flatMap((pair: Json): [string, Instant][] => {
    const [id, time] = Array.isArray(pair) ? pair : [];
    return typeof id === 'string' && typeof time === 'number' ? [[id, time]] : [];
  });
}

/** The latest that were noted, from `since` on. */
export function seenSince(seen: ReadonlyMap<string, Instant>, since: Instant): [id: string, time: Instant][] {
  return [...seen].filter(([, time]) => time >= since).slice(-MOST_SEEN);
}
