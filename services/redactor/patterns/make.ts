// How the tables make their examples and their most frequent rows.
import type { Example, Pattern, Random } from '../pattern.ts';
import { isVaried } from '../plausible.ts';

export const DIGITS = '0123456789';
export const HEX = '0123456789abcdef';
export const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
export const LETTERS = `${UPPER}abcdefghijklmnopqrstuvwxyz`;
export const ALPHANUMERIC = `${DIGITS}${LETTERS}`;
export const BASE32 = `${UPPER}234567`;
export const BASE64 = `${ALPHANUMERIC}+/`;
export const BASE64URL = `${ALPHANUMERIC}-_`;

/** Characters drawn from an alphabet. */
export function draw(random: Random, alphabet: string, length: number): string {
  let text = '';
  while (text.length < length) text += alphabet.charAt(Math.floor(random() * alphabet.length));
  return text;
}

/** An example of a secret that is recognized on its own, wherever it stands. */
export function bare(secret: string): Example {
  return { secret, text: secret };
}

/** Filler after the prefix (`xxxxxxxx`) is documentation, not a token. */
export function isVariedTail(secret: string): boolean {
  return isVaried(secret.slice(-16), 4);
}

/** A kind that its own prefix gives away; an example is `prefix` and `length` characters of `alphabet`. */
export function prefixed(
  row: Pick<Pattern, 'id' | 'title' | 'source' | 'secret' | 'shortest'> & {
    readonly prefix: string;
    /** What the prefilter looks for, where that is less than the prefix of an example. */
    readonly keyword?: string;
    readonly alphabet?: string;
    readonly length: number;
  },
): Pattern {
  const { id, title, source, secret, shortest, prefix, keyword = prefix, alphabet = ALPHANUMERIC, length } = row;
  return {
    id,
    title,
    source,
    keywords: [keyword.toLowerCase()],
    secret,
    shortest,
    accepts: isVariedTail,
    prefixed: true,
    example: (random) => bare(prefix + draw(random, alphabet, length)),
  };
}
