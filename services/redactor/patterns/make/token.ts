// How the tables make their examples and their most frequent rows.
import type { Example, Pattern, Random } from '../../pattern.ts';
import { isPlaceholder, isVaried } from '../../plausible.ts';

export const DIGITS = '0123456789';
export const HEX = '0123456789abcdef';
export const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
export const LOWER = 'abcdefghijklmnopqrstuvwxyz';
export const LETTERS = `${UPPER}${LOWER}`;
export const ALPHANUMERIC = `${DIGITS}${LETTERS}`;
export const LOWER_ALPHANUMERIC = `${DIGITS}${LOWER}`;
export const UPPER_ALPHANUMERIC = `${DIGITS}${UPPER}`;
export const BASE32 = `${UPPER}234567`;
export const BASE64 = `${ALPHANUMERIC}+/`;
export const BASE64URL = `${ALPHANUMERIC}-_`;

/** What a secret that might be part of a longer word begins after: no letter or digit, unless these end an escape. */
export const BORDER = '(?:(?<![A-Za-z0-9_-])|(?<=\\\\[nrt]|%[0-9A-Fa-f]{2}))';
/** Nor is it the beginning of a longer one. */
const END = '(?![A-Za-z0-9_-])';
/** Prefixes of fewer characters need a border. */
const DISTINCTIVE = 6;
/** Identifiers that end in four of the same are filler. */
const FEWEST = 4;

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
  return isVaried(secret.slice(-16), FEWEST) && !isPlaceholder(secret);
}

/** The source of a character class. */
export function classOf(alphabet: string): string {
  return `[${alphabet.replace(/[\\\]^-]/g, '\\$&')}]`;
}

export interface TokenRow {
  readonly id: string;
  readonly provider: string;
  /** Without the provider: `personal access token`. */
  readonly title: string;
  readonly source: string;
  /** What it begins with; several, where they mean the same. */
  readonly prefix: string | readonly string[];
  /** What follows, where it has a structure of its own. */
  readonly body?: { readonly source: string; readonly make: (random: Random) => string };
  /** What may follow, and how many characters of it do; more are taken too. */
  readonly alphabet?: string;
  readonly length: number;
  /** Exactly so many, where a longer word is none. */
  readonly exact?: true;
}

/** A kind that its own prefix gives away. */
export function token({ prefix, alphabet = ALPHANUMERIC, length, exact, body, ...row }: TokenRow): Pattern {
  const prefixes = typeof prefix === 'string' ? [prefix] : prefix;
  const [first = ''] = prefixes;
  const shortest = Math.min(...prefixes.map((text) => text.length));
  const border = shortest < DISTINCTIVE ? BORDER : '';
  const openings = prefixes.map((text) => text.replace(/[.$^*+?()[\]{}|\\/]/g, '\\$&')).join('|');
  const bodyOf = (secret: string) => secret.slice(prefixes.find((text) => secret.startsWith(text))?.length);
  return {
    ...row,
    title: `${row.provider} ${row.title}`,
    keywords: prefixes.map((text) => text.toLowerCase()),
    follows: { alphabet, least: length },
    secret: new RegExp(`${border}(?:${openings})${body?.source ?? `${classOf(alphabet)}+`}${exact ? END : ''}`),
    shortest: shortest + length,
    accepts: (secret) =>
      isVariedTail(bodyOf(secret)) && (!exact || body !== undefined || bodyOf(secret).length === length),
    prefixed: true,
    example: (random) => bare(first + (body?.make(random) ?? draw(random, alphabet, length))),
  };
}

/** A kind that its own prefix gives away, with an expression of its own. */
export function prefixed(
  row: Pick<Pattern, 'id' | 'title' | 'source' | 'secret' | 'shortest'> & {
    readonly provider?: string;
    readonly prefix: string;
    /** What the prefilter looks for, where that is less than the prefix of an example. */
    readonly keyword?: string;
    readonly alphabet?: string;
    readonly length: number;
  },
): Pattern {
  const { prefix, keyword = prefix, alphabet = ALPHANUMERIC, length, provider = 'any', ...rest } = row;
  return {
    ...rest,
    provider,
    keywords: [keyword.toLowerCase()],
    accepts: isVariedTail,
    prefixed: true,
    example: (random) => bare(prefix + draw(random, alphabet, length)),
  };
}
