// Negatives: strings that a foreign rule leaves alone. Some hold a secret of another kind; a person has named these.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Redactor } from '../../../services/redactor/redactor.ts';
import type { Case } from './cases.ts';

/**
 * By SHA-256 of the text; what is not listed counts. Listed is what holds a secret of another kind, an assignment of a
 * concrete value to a name that says secret among them, or a value that the set itself labels a secret elsewhere. A near
 * miss of the rule’s own kind (a character too few, filler) is not listed. Nor is a value in words for a key or a token.
 */
const Judged = z.record(
  z.string().regex(/^[0-9a-f]{64}$/),
  z.object({
    /** Which other secret it holds. */
    holds: z.string(),
    why: z.string(),
  }),
);

export interface Touched {
  readonly negatives: readonly Case[];
  /** Those that are left when the listed ones are away. */
  readonly counting: readonly Case[];
  /** Of `negatives`, with our kinds that took something. */
  readonly touched: ReadonlyMap<Case, readonly string[]>;
}

export function judgeNegatives(cases: readonly Case[], redactor: Redactor): Touched {
  const file = join(import.meta.dirname, '../judged/negatives.json');
  const judged = Judged.parse(JSON.parse(readFileSync(file, 'utf8')));
  const negatives = cases.filter(({ expected }) => !expected);
  const touched = new Map<Case, readonly string[]>();
  for (const one of negatives) {
    const { redactions } = redactor.text(one.text);
    if (Object.keys(redactions).length > 0) touched.set(one, Object.keys(redactions));
  }
  return { negatives, counting: negatives.filter(({ id }) => !Object.hasOwn(judged, id)), touched };
}
