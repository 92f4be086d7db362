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
  /** How it was hidden, outermost first: `base64`, `gzip` …; empty: as it is. */
  readonly encodings: readonly string[];
  /** Line and column where it began, both from 1; the column in bytes of the input. */
  readonly line: number;
  readonly column: number;
}

/** How far a stream has come, in bytes from its beginning. */
export interface Boundary {
  readonly input: number;
  readonly output: number;
}

/**
 * Bytes in chunks of any size, cut anywhere; what might be the beginning of a secret is held back, in memory alone.
 * The output is the input with secrets replaced, byte for byte otherwise, whatever the encoding.
 */
export interface RedactionStream {
  /** What is safe to pass on; may be empty, and may be (a part of) the chunk itself. */
  push(chunk: Uint8Array): Uint8Array;
  /** The rest. The stream ends with it. */
  end(): Uint8Array;
  /** Matches since the last call, in order of their place. */
  drain(): readonly Match[];
  /**
   * Where a new stream may begin if this one is lost: given the input from `input` on, it puts out exactly what follows
   * the first `output` bytes. A cursor into a log is committed only here.
   */
  readonly boundary: Boundary;
}

export interface RedactedText extends Redacted<string> {
  readonly matches: readonly Match[];
  /** How many bytes of the input were an encoded form of text or of a gzip stream, secret or not. */
  readonly encoded: number;
}

/** Names of fields that mean more than others do. */
export interface SpecialFields {
  /** They hold the id of a credential, such as AWS's access key id, which stays there. */
  readonly credentials?: ReadonlySet<string>;
  /** Everything below them is a secret, whatever it looks like. */
  readonly secrets?: ReadonlySet<string>;
}

export interface Redactor {
  /** Replaces each secret by `[redacted:<kind>:<fingerprint>]`; the rest stays byte for byte. */
  text(input: string): RedactedText;
  /**
   * Every string of a JSON value, keys included. `identifiers`: names of fields whose strings are left alone. A string
   * under a name like `password` goes as a whole.
   */
  json(input: unknown, identifiers: ReadonlySet<string>, fields?: SpecialFields): Redacted<Json>;
  stream(): RedactionStream;
  /**
   * Of a content that may hold secrets, 32 hexadecimal digits: tells whether two are the same, and is useless for guessing
   * without the key.
   */
  digest(content: Uint8Array): string;
}
