// A length of time in stretches, oldest first, from a list that may begin with the newest: what lies between two ends is held
// in memory, so the ends come closer where much happened.
import type { Json } from '../../core/json.ts';
import { type Instant, MINUTE } from '../../core/time.ts';

/** Of a stretch; a shorter one than the shortest is held, however much it is. */
const MOST = 2_000;
const SHORTEST = MINUTE;

export interface Stretch {
  /** In the order of the list. */
  readonly found: readonly Json[];
  readonly until: Instant;
}

/** `list`: pages of what lies between two times. `longest`: milliseconds that may be asked for at once. */
export async function* stretches(
  since: Instant,
  until: Instant,
  longest: number,
  list: (from: Instant, to: Instant) => AsyncIterable<readonly Json[]>,
): AsyncGenerator<Stretch> {
  let length = longest;
  for (let from = since; from < until; ) {
    const to = Math.min(until, from + length);
    const found = await gathered(list(from, to), to - from > SHORTEST ? MOST : Number.POSITIVE_INFINITY);
    if (!found) {
      length = Math.max(SHORTEST, Math.floor((to - from) / 4));
      continue;
    }
    yield { found, until: to };
    from = to;
    length = Math.min(longest, length * 2);
  }
}

/** Undefined where it is more. */
async function gathered(pages: AsyncIterable<readonly Json[]>, most: number): Promise<readonly Json[] | undefined> {
  const found: Json[] = [];
  for await (const page of pages) {
    found.push(...page);
    if (found.length > most) return undefined;
  }
  return found;
}
