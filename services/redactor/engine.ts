// The redactor: the patterns, the registered values and the encodings behind the contract of `redactor.ts`.

import { createHmac } from 'node:crypto';
import { redactJson, type StringRedactor } from './json.ts';
import { createFingerprint, type Fingerprint, marker } from './marker.ts';
import { Output } from './output.ts';
import type { Pattern } from './pattern.ts';
import { PATTERNS } from './patterns.ts';
import type { RedactedText, Redactor } from './redactor.ts';
import type { Found } from './scan/found.ts';
import { createMatcher } from './scan/matcher.ts';
import { scan, scanDecoded } from './scan/scan.ts';
import type { FindRegistered, SearchDeeper, SearchOptions } from './scan/search.ts';
import type { Span } from './scan/view.ts';
import { createStream } from './stream.ts';

export interface RedactorOptions {
  /** Of the installation, for the fingerprints (`loadOrCreateKey`). */
  readonly key: Uint8Array;
  /** Kinds besides the built-in ones, which come before them. */
  readonly patterns?: readonly Pattern[];
  readonly registered?: FindRegistered;
  /** False: nothing is decoded. To measure what decoding costs. */
  readonly encoded?: boolean;
}

const NO_NAMES: ReadonlySet<string> = new Set();

/**
 * Keeps no state between calls. In `json`, identifiers are left alone unless they hold something that its own form
 * gives away (a `ghp_…` in a field for hashes): a name does not make a token harmless.
 */
export function createRedactor({ key, patterns = [], registered, encoded = true }: RedactorOptions): Redactor {
  const all = [...PATTERNS, ...patterns];
  const everything = searchOptions(all, registered, encoded);
  const forms = all.filter((pattern) => pattern.prefixed);
  // Only records have fields, so a filter of text never makes these.
  const prefixed = once(() => searchOptions(forms, registered, false));
  const named = once(() =>
    searchOptions(
      forms.filter((pattern) => !pattern.identity),
      registered,
      false,
    ),
  );

  const fingerprint = createFingerprint(key);

  const strings: StringRedactor = {
    text: (input) => redactString(input, everything, fingerprint),
    prefixed: (input) => redactString(input, prefixed(), fingerprint),
    named: (input) => redactString(input, named(), fingerprint),
    whole: (input, kind) => ({
      value: marker(kind, fingerprint(Buffer.from(input).toString('latin1'))),
      redactions: { [kind]: 1 },
    }),
  };

  return {
    text: (input) => redactString(input, everything, fingerprint),
    json: (input, identifiers, { credentials = NO_NAMES, secrets = NO_NAMES } = {}) =>
      redactJson(input, { identifiers, credentials, secrets }, strings),
    stream: () => createStream(everything, fingerprint),
    digest: (content) => createHmac('sha256', key).update(content).digest('hex').slice(0, 32),
  };
}

function once<Value extends object>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function searchOptions(
  patterns: readonly Pattern[],
  registered: FindRegistered | undefined,
  encoded: boolean,
): SearchOptions {
  const deeper: SearchDeeper = (bytes, depth) => scanDecoded(bytes, depth, options);
  const options: SearchOptions = {
    matcher: createMatcher(patterns, encoded),
    registered,
    deeper: encoded ? deeper : undefined,
  };
  return options;
}

function redactString(input: string, options: SearchOptions, fingerprint: Fingerprint): RedactedText {
  const bytes = Buffer.from(input);
  const { found, encoded } = scan(bytes, true, 'nothing', options);
  if (found.length === 0) return { value: input, redactions: {}, matches: [], encoded: union(encoded) };
  const output = new Output(fingerprint);
  const pieces = output.pass(bytes, 0, bytes.length, found);
  const matches = output.drain();
  const redactions: Record<string, number> = {};
  for (const { kind } of matches) redactions[kind] = (redactions[kind] ?? 0) + 1;
  // A lone surrogate has no bytes: then the text itself has to be cut, not what was made of it.
  const value = input.isWellFormed() ? Buffer.concat(pieces).toString() : cutUp(input, found, fingerprint);
  return { value, redactions, matches, encoded: union(encoded) };
}

/** Replaces in the text itself; places are in bytes of its UTF-8 form, in which a lone surrogate takes three. */
function cutUp(input: string, found: readonly Found[], fingerprint: Fingerprint): string {
  let result = '';
  let bytes = 0;
  let index = 0;
  for (const character of input) {
    while (index < found.length && (found[index]?.end ?? 0) <= bytes) index++;
    const secret = found[index];
    if (!secret || bytes < secret.start) result += character;
    else if (bytes === secret.start && !secret.continued) result += marker(secret.kind, fingerprint(secret.secret));
    bytes += Buffer.byteLength(character);
  }
  return result;
}

/** How many bytes the spans cover. */
function union(spans: readonly Span[]): number {
  let total = 0;
  let behind = 0;
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    total += Math.max(0, end - Math.max(start, behind));
    behind = Math.max(behind, end);
  }
  return total;
}
