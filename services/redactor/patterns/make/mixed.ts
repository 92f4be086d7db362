// For prefixes so short that words, paths and names begin with them too.
import type { Pattern } from '../../pattern.ts';

/** The kind, only where capitals, small letters and digits are mixed, as they are in every long random text. */
export function mixed(pattern: Pattern): Pattern {
  const { accepts } = pattern;
  return {
    ...pattern,
    accepts: (secret, before) => isMixed(secret) && (accepts?.(secret, before) ?? true),
    example(random) {
      let example = pattern.example(random);
      // One in fifty of twenty characters has no digit.
      while (!isMixed(example.secret)) example = pattern.example(random);
      return example;
    },
  };
}

/** Whether a text has all three: names of things are in small letters, or have no digits in them. */
export function isMixed(text: string): boolean {
  return /\d/.test(text) && /[A-Z]/.test(text) && /[a-z]/.test(text);
}
