// The contract of a pattern: one kind of secret as data. `patterns.ts` lists them all.

/** Numbers in [0, 1), from a generator with a seed. */
export type Random = () => number;

export interface Example {
  /** A valid-looking secret, made up at run time. */
  readonly secret: string;
  /** A text around it, as it would stand in a log; holds `secret` exactly once. */
  readonly text: string;
}

export interface Pattern {
  /** The kind, as it stands in the replacement: lower case, digits, hyphens. */
  readonly id: string;
  /** Provider and type, as a person would say it. */
  readonly title: string;
  /** The page that describes the format. */
  readonly source: string;
  /**
   * Lower case, ASCII. A line is examined only if it holds at least one of these, in any case. The fewer lines they
   * let through, the faster everything is.
   */
  readonly keywords: readonly string[];
  /** What stands before the secret and stays readable. Without it, `secret` is looked for everywhere. */
  readonly before?: RegExp;
  /**
   * The secret and nothing else; after `before`, where that is given. Never matches a line break or the empty text.
   * Both expressions take linear time (`test/redactor/linear.test.ts`), so neither counts nor nests more than it must.
   */
  readonly secret: RegExp;
  /** Fewer characters than this do not identify the kind. A number of its own, so that the expression stays simple. */
  readonly shortest: number;
  /** A last test of structure, checksum or plausibility. `before`: up to 120 characters that precede the secret. */
  readonly accepts?: (secret: string, before: string) => boolean;
  /** What the fingerprint is made of, where one secret has several spellings. */
  readonly canonical?: (secret: string) => string;
  /** Recognized by a prefix or form of its own: also redacted in fields that hold identifiers. */
  readonly prefixed?: true;
  readonly example: (random: Random) => Example;
}
