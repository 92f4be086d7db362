// The contract of a pattern: one kind of secret as data. `patterns.ts` lists them all.

/** Finds a secret where no regular expression of the language does: a user's pattern on an engine of its own. */
export interface Finder {
  /** The first match at or after `from`, half-open; undefined: none. */
  find(text: string, from: number): { readonly start: number; readonly end: number } | undefined;
}

/** Numbers in [0, 1), from a generator with a seed. */
export type Random = () => number;

export interface Example {
  /** A valid-looking secret, made up at run time. */
  readonly secret: string;
  /** A text around it, as it would stand in a log; holds `secret` exactly once. */
  readonly text: string;
}

/** So many characters of an alphabet. */
export interface Run {
  readonly alphabet: string;
  readonly least: number;
}

export interface Pattern {
  /** The kind, as it stands in the replacement: lower case, digits, hyphens. */
  readonly id: string;
  /** Who issues it: `GitHub`, `AWS`; `any` for a format that everyone shares. */
  readonly provider: string;
  /** Provider and type, as a person would say it. */
  readonly title: string;
  /** The page that describes the format. */
  readonly source: string;
  /**
   * Lower case, ASCII, at least three characters. The expression (`before`, or `secret` without it) is tried only where
   * one of these begins, in any case of letters. The rarer they are in logs, the faster everything is.
   */
  readonly keywords: readonly string[];
  /** What stands right behind any of the keywords: where it does not, nothing is tried, which keeps short ones cheap. */
  readonly follows?: Run;
  /** `line`: the expression does not begin with a keyword, so it is searched for in the whole line that holds one. */
  readonly search?: 'line';
  /** What stands before the secret and stays readable; begins with a keyword, unless `search` says otherwise. */
  readonly before?: RegExp;
  /**
   * The secret and nothing else; after `before`, where that is given. Never matches a line break or the empty text.
   * Both expressions take linear time (`test/redactor/linear.test.ts`), so neither counts nor nests more than it must.
   * They see bytes: a character beyond ASCII is two to four of `\x80`–`\xff` (UTF-8), so `\s`, `\S` and `.` are wrong.
   */
  readonly secret: RegExp | Finder;
  /** Fewer characters than this do not identify the kind. A number of its own, so that the expression stays simple. */
  readonly shortest: number;
  /** A last test of structure, checksum or plausibility. `before`: up to 120 characters that precede the secret. */
  readonly accepts?: (secret: string, before: string) => boolean;
  /** What the fingerprint is made of, where one secret has several spellings. */
  readonly canonical?: (secret: string) => string;
  /** Recognized by a prefix or form of its own: also redacted in fields that hold identifiers. */
  readonly prefixed?: true;
  /** It names a credential and opens nothing alone: fields that a feed says are for that keep it, all others lose it. */
  readonly identity?: true;
  readonly example: (random: Random) => Example;
}
