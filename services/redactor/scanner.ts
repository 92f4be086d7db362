// The patterns made ready: which lines to look at, and what is secret in them.
import { createKeywordIndex } from './keywords.ts';
import type { Pattern } from './pattern.ts';
import { compile, type Found, findSecrets } from './scan.ts';

export interface Scanner {
  /** Position of the first sign of a secret at or after `from`; -1: there is none. */
  next(text: string, from: number): number;
  /** Secrets of one line, or of a part of a long one, in order. */
  find(line: string): readonly Found[];
}

export function createScanner(patterns: readonly Pattern[]): Scanner {
  const compiled = patterns.map(compile);
  const index = createKeywordIndex(patterns.map((pattern) => pattern.keywords));
  return {
    next: (text, from) => index.next(text, from),
    find(line) {
      const likely = index.owners(line).flatMap((owner) => compiled[owner] ?? []);
      return likely.length === 0 ? [] : findSecrets(line, likely);
    },
  };
}
