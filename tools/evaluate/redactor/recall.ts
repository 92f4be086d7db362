// Positives: is the literal secret gone? A person has named those of the development part whose label is no secret.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isMarker } from '../../../services/redactor/marker.ts';
import type { Redactor } from '../../../services/redactor/redactor.ts';
import type { Case } from './cases.ts';

/** By SHA-256 of the text; the unread part has not been judged. */
const Judged = z.record(
  z.string().regex(/^[0-9a-f]{64}$/),
  z.object({
    /** What the labelled string is instead. */
    is: z.string(),
    why: z.string(),
  }),
);

/** So many characters of a secret, side by side, help who looks for the rest. */
const WINDOW = 8;
/** What no text holds: it parts what is left from what was taken. */
const NOTHING = '\0';
const MARKER = /\[redacted:[^\]]*\]/g;

export interface Verdict {
  readonly case: Case;
  /** What is labelled is a host name, a user's name, filler or the like. */
  readonly noSecret: boolean;
  /** No secret is left as it stood. */
  readonly gone: boolean;
  /** Nor is any window of eight characters of one that does not stand elsewhere in the text as well. */
  readonly shredded: boolean;
  /** Our kinds that took something of the text. */
  readonly kinds: readonly string[];
}

/** Of every positive whose secret stands in its text. */
export function judgePositives(cases: readonly Case[], redactor: Redactor): readonly Verdict[] {
  const file = join(import.meta.dirname, '../judged/positives.json');
  const judged = Judged.parse(JSON.parse(readFileSync(file, 'utf8')));
  return cases
    .filter(({ expected, literal, secrets }) => expected && literal && secrets.length > 0)
    .map((one) => {
      const { value, matches } = redactor.text(one.text);
      const left = value.replace(MARKER, (text) => (isMarker(text) ? NOTHING : text));
      const gone = one.secrets.every((secret) => !left.includes(secret));
      const around = one.secrets.reduce((text, secret) => text.replaceAll(secret, NOTHING), one.text);
      const shredded = gone && one.secrets.every((secret) => !windowIsLeft(secret, left, around));
      return {
        case: one,
        noSecret: Object.hasOwn(judged, one.id),
        gone,
        shredded,
        kinds: [...new Set(matches.map(({ kind }) => kind))],
      };
    });
}

function windowIsLeft(secret: string, left: string, around: string): boolean {
  for (let start = 0; start + WINDOW <= secret.length; start++) {
    const window = secret.slice(start, start + WINDOW);
    if (left.includes(window) && !around.includes(window)) return true;
  }
  return false;
}
