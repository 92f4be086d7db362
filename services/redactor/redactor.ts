// The redactor's contract. The engine behind it takes secrets out of text; nothing after it ever sees one.
import type { Json } from '../core/json.ts';

export interface Redacted<Value> {
  readonly value: Value;
  /** How many of each kind were taken out. */
  readonly redactions: Readonly<Record<string, number>>;
}

export interface Match {
  readonly kind: string;
  /** Keyed: the same secret is recognizable in two places, and not recoverable. */
  readonly fingerprint: string;
  /** Line and column where it began, both from 1, in characters of the input. */
  readonly line: number;
  readonly column: number;
}

/** Text in chunks of any size; what might be the beginning of a secret is held back, in memory alone. */
export interface RedactionStream {
  /** Text that is safe to pass on; may be empty. */
  push(chunk: string): string;
  /** The rest. The stream ends with it. */
  end(): string;
  readonly matches: readonly Match[];
}

export interface Redactor {
  /** Replaces each secret by `[redacted:<kind>:<fingerprint>]`; the rest stays byte for byte. */
  text(input: string): Redacted<string>;
  /**
   * Every string of a JSON value, keys included. `identifiers`: names of fields whose strings are left alone. A string
   * under a name like `password` goes as a whole.
   */
  json(input: unknown, identifiers: ReadonlySet<string>): Redacted<Json>;
  stream(): RedactionStream;
}
