// What a search gives, and what becomes of places that several findings claim.

export interface Found {
  /** Half-open, in bytes of the text that was searched. */
  readonly start: number;
  readonly end: number;
  readonly kind: string;
  /** Place of the kind in the table: less is more specific. */
  readonly rank: number;
  /** Recognized by a form of its own, not by what stands before it. */
  readonly prefixed: boolean;
  /** What the fingerprint is made of, one character a byte. */
  readonly secret: string;
  /** How it was hidden, outermost first; empty: as it is. */
  readonly encodings: readonly string[];
  /** A further piece of the secret before: it goes, and has no marker of its own. */
  readonly continued?: true;
}

/** In the order of their places; those that overlap become one that covers all and has the best one's name. */
export function merged(found: readonly Found[]): Found[] {
  if (found.length < 2) return [...found];
  const sorted = [...found].sort((a, b) => a.start - b.start || a.end - b.end);
  const result: Found[] = [];
  for (const next of sorted) {
    const last = result.at(-1);
    if (!last || next.start >= last.end) {
      result.push(next);
      continue;
    }
    const best = isBetter(next, last) ? next : last;
    result[result.length - 1] = { ...best, start: last.start, end: Math.max(last.end, next.end) };
  }
  return result;
}

/** Its own form says more than its context, what stands there openly more than what had to be decoded. */
function isBetter(one: Found, other: Found): boolean {
  if (one.continued !== other.continued) return other.continued === true;
  if (one.prefixed !== other.prefixed) return one.prefixed;
  if (one.encodings.length !== other.encodings.length) return one.encodings.length < other.encodings.length;
  if (one.rank !== other.rank) return one.rank < other.rank;
  return one.end - one.start > other.end - other.start;
}
