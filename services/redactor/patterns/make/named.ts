// Kinds without a form of their own: so many random characters behind the name of whoever issues them.
import type { Pattern, Random } from '../../pattern.ts';
import { entropy, isPlaceholder, isUuid, isVaried } from '../../plausible.ts';
import { ALPHANUMERIC, BASE64URL, draw, HEX, LOWER_ALPHANUMERIC } from './token.ts';

/** What a vendor's secrets are made of. */
export interface Value {
  /** Of a regular expression: linear, and the same text for the same value. */
  readonly source: string;
  readonly shortest: number;
  /** Enough of it to tell a value from the words before it; many kinds share one. The whole `source`, where missing. */
  readonly ahead?: string;
  readonly make: (random: Random) => string;
}

/** So many characters of a word are looked for: the most that a value of its length has. */
const AHEAD = [64, 40, 32, 20, 16];

/** Hexadecimal digits, of either case; `longest`: where the length varies. */
export function hex(length: number, longest?: number): Value {
  return value('[0-9a-fA-F]', HEX, length, longest);
}

/** Small letters and digits. */
export function lower(length: number, longest?: number): Value {
  return value('[0-9a-z]', LOWER_ALPHANUMERIC, length, longest);
}

export function alphanumeric(length: number, longest?: number): Value {
  return value('[0-9A-Za-z]', ALPHANUMERIC, length, longest);
}

/** Letters, digits, `_` and `-`. */
export function base64url(length: number, longest?: number): Value {
  return value('[0-9A-Za-z_-]', BASE64URL, length, longest);
}

export const UUID: Value = {
  source: '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}',
  shortest: 36,
  make: (random) => [8, 4, 4, 4, 12].map((length) => draw(random, HEX, length)).join('-'),
};

function value(set: string, alphabet: string, length: number, longest = length): Value {
  const count = longest === length ? `${length}` : `${length},${longest}`;
  const ahead = AHEAD.find((most) => most <= length) ?? length;
  return {
    source: `${set}{${count}}`,
    shortest: length,
    // Of what has hyphens in it, a part may be a label before the value.
    ...(set.includes('_') ? {} : { ahead: `[0-9A-Za-z]{${ahead}}` }),
    make: (random) => draw(random, alphabet, length),
  };
}

/** Not in the middle of a word, except where camel case or an escape begins one: `myMerakiKey`, `\nMERAKI_KEY`. */
const NAME_BORDER = '(?:(?<![A-Za-z])|(?<=[a-z])(?=[A-Z])|(?<=\\\\[nrt]))';
/**
 * The name, then words and what separates them, as few as it takes to come to a value: `_prod_admin_key = "`,
 * `": {"apiKey": "`, `Token string = "`, ` SECRET `, `-key `, `Key>`.
 */
const GAP =
  '[A-Za-z0-9]{1,40}(?:[^A-Za-z0-9\\0\\x80-\\xff]{1,6}[A-Za-z0-9]{1,24}){0,6}?[^A-Za-z0-9\\0\\x80-\\xff]{1,12}?';
/** Nor is the value the beginning of a longer word, or of a file's name. */
const END = '(?![A-Za-z0-9_-]|\\.[A-Za-z0-9])';

const LABEL = /key|token|secret|passw|pwd|auth|access|private|credential|licen[cs]e|api|login|pat(?![a-z])|dsn/gi;
const HARMLESS =
  /hash|sha\d|digest|checksum|commit|revision|version|fingerprint|public|cache|image|integrity|release|tag|build|(?<![a-z])(?:rev|ref|etag|md5|ur[il]|host|endpoint|path|file|user|project|email|region)(?![a-z])/gi;
const IDENTIFIER = /key[ _-]?id|(?<![a-z])id(?![a-z])/gi;
/** Names that say as much themselves: `dd_api`. */
const LABELLED_NAME = /(?:[ _-](?:api|app|auth|access|password)|[a-z][ _-]?(?:key|token|secret))$/;
/** Given to the name itself: in quotes, or by an equals sign. */
const GIVEN = /^["'`]?[ \t]*(?:[:=]{1,2}>?[ \t]*\\?["'`]|:?=[ \t]*)$/;

export interface NamedRow {
  readonly id: string;
  readonly provider: string;
  readonly title: string;
  readonly source: string;
  /** Lower case; a space stands for nothing, `_`, `-` and a space. The provider's name, unless it is another. */
  readonly names?: readonly string[];
  readonly value: Value;
  /** A word like `key` must stand between; `optional`: the name alone says enough; `id`: an id will do too. */
  readonly label?: 'optional' | 'id';
  /** A last test of structure. */
  readonly accepts?: (secret: string) => boolean;
}

/** The expressions know the value alone, so rows share them: the name is the keyword, and they are tried where it is. */
const gaps = new Map<string, RegExp>();

/** A kind that is known by the name before it. */
export function named(row: NamedRow): Pattern {
  const { id, provider, title, source, names = [provider.toLowerCase()], value, label, accepts } = row;
  const keywords = names.flatMap(spellings);
  const ahead = value.ahead ?? `(?:${value.source})${END}`;
  const before = gaps.get(ahead) ?? new RegExp(`${NAME_BORDER}${GAP}(?=${ahead})`);
  gaps.set(ahead, before);
  const isValue = (secret: string) =>
    isVaried(secret, 6) && entropy(secret) >= 2.4 && !isPlaceholder(secret) && (accepts?.(secret) ?? true);
  return {
    id,
    provider,
    title,
    source,
    keywords,
    before,
    secret: new RegExp(`(?:${value.source})${END}`),
    shortest: value.shortest,
    accepts(secret, text) {
      if (!isValue(secret)) return false;
      const name = lastName(text, keywords);
      if (!name) return false;
      const between = text.slice(name.end);
      const identifier = lastOf(between, IDENTIFIER);
      const word = Math.max(lastOf(between, LABEL), label === 'id' ? identifier : -1);
      const labelled = word < 0 && LABELLED_NAME.test(name.text) ? 0 : word;
      // What stands nearest to the value names it.
      const harmless = Math.max(lastOf(between, HARMLESS), label === 'id' ? -1 : identifier);
      if (harmless >= 0 && harmless >= labelled) return false;
      return labelled >= 0 || label === 'optional' || isGiven(secret, between);
    },
    example(random) {
      let secret = value.make(random);
      while (!isValue(secret)) secret = value.make(random);
      return { secret, text: `${(keywords[0] ?? id).toUpperCase().replaceAll(' ', '_')}_API_KEY="${secret}"` };
    },
  };
}

/** Without a label: a hash or a UUID must have been given to the name, anything else that is random stand behind it. */
function isGiven(secret: string, between: string): boolean {
  if (GIVEN.test(between)) return true;
  // A hash is written in letters of one case.
  const isHash = /^(?:[0-9a-f]+|[0-9A-F]+)$/.test(secret);
  const isIdentifier = isHash || isUuid(secret) || !/\d/.test(secret) || !/[A-Z]/.test(secret);
  return !isIdentifier && /^[ \t:]+$/.test(between);
}

function spellings(name: string): string[] {
  return name.includes(' ') ? ['', '_', '-', ' '].map((between) => name.replaceAll(' ', between)) : [name];
}

/** Which of the names stands last in the text, the longest where several do, and where it ends. */
function lastName(text: string, names: readonly string[]): { text: string; end: number } | undefined {
  const small = text.toLowerCase();
  let last: { text: string; end: number } | undefined;
  for (const name of names) {
    const start = small.lastIndexOf(name);
    const end = start + name.length;
    if (start >= 0 && (!last || end > last.end || (end === last.end && name.length > last.text.length))) {
      last = { text: name, end };
    }
  }
  return last;
}

function lastOf(text: string, words: RegExp): number {
  return Math.max(-1, ...[...text.matchAll(words)].map(({ index }) => index));
}
