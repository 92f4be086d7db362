// What a few rows of the table find in a text, without the rest of the engine.
import type { Pattern } from '../../../services/redactor/pattern.ts';
import type { Found } from '../../../services/redactor/scan/found.ts';
import { createMatcher } from '../../../services/redactor/scan/matcher.ts';

export interface Finding {
  readonly kind: string;
  readonly secret: string;
}

/** Searches one line (or an element with the line that follows) for the kinds of the rows alone. */
export function createFinder(rows: readonly Pattern[]): (text: string) => readonly Finding[] {
  const matcher = createMatcher(rows, false);
  return (text) => {
    const bytes = Buffer.from(text);
    const found: Found[] = [];
    matcher.collect(bytes, 0, bytes.length, found);
    return found.map(({ kind, start, end }) => ({ kind, secret: bytes.toString('utf8', start, end) }));
  };
}
