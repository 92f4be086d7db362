// What the organization knows as a whole: values that its places met, from the notes they send. A host that nine repositories
// use is no surprise in the tenth; one that nobody ever met is more than its own place can say.
//
// The chance that a value which is new to a place is new to everybody is estimated as the baseline "first seen" does, from
// the notes so far: (new to all + 1) / (notes + 2), both faded with a half-life of 90 days.
import { contentId, type Json } from '../../core/json.ts';
import type { Note } from '../../core/signal.ts';
import { DAY, type Instant } from '../../core/time.ts';
import type { Store } from '../entity-stage/store.ts';

const MOST_PLACES = 4;
const HALF_LIFE = 90 * DAY;
/** What somebody met yesterday may be the same attack. */
const PROBATION = DAY;

/** First met, and the first places (hashed). */
type Known = readonly [first: Instant, ...places: readonly string[]];
/** Notes, those of them that were new to all, as of. */
type Counts = readonly [notes: number, fresh: number, faded: Instant];

export interface Organization {
  note(note: Note): void;
  /** Whether another place met it, long enough ago. */
  knows(detector: string, value: string, place: string, at: Instant): boolean;
  /** That a value new to a place is new to everybody. */
  novelty(detector: string): number;
}

/** `store`: of this use alone; its bound is that of the values. */
export function createOrganization(store: Store): Organization {
  const known = (detector: string, value: string) => arrayOf<Known>(store.get(`value/${detector}/${value}`));
  const counts = (detector: string): Counts => arrayOf<Counts>(store.get(`counts/${detector}`)) ?? [0, 0, 0];
  return {
    note({ detector, values, place, at }) {
      const [notes, fresh, faded] = counts(detector);
      const now = Math.max(faded, at);
      const factor = faded > 0 ? 2 ** ((faded - now) / HALF_LIFE) : 1;
      const here = shortHash(place);
      let unmet = 0;
      for (const value of values) {
        const before = known(detector, value);
        if (!before) unmet += 1;
        const [first, ...places] = before ?? [at];
        const all = places.includes(here) ? places : [...places, here].slice(0, MOST_PLACES);
        store.set(`value/${detector}/${value}`, [Math.min(first, at), ...all], at);
      }
      store.set(`counts/${detector}`, [notes * factor + values.length, fresh * factor + unmet, now], at);
    },
    knows(detector, value, place, at) {
      const found = known(detector, value);
      if (!found) return false;
      const [first, ...places] = found;
      return at - first >= PROBATION && places.some((each) => each !== shortHash(place));
    },
    novelty(detector) {
      const [notes, fresh] = counts(detector);
      return (fresh + 1) / (notes + 2);
    },
  };
}

/** Written by `note` alone, hence the assertion. */
function arrayOf<Shape>(state: Json | undefined): Shape | undefined {
  return Array.isArray(state) ? (state as unknown as Shape) : undefined;
}

function shortHash(text: string): string {
  return contentId(text).slice(0, 8);
}
