// The redactor: the patterns behind the contract of `redactor.ts`.
import { createSecretKey } from 'node:crypto';
import { redactJson, type StringRedactor } from './json.ts';
import { LineRedactor } from './lines.ts';
import { fingerprintOf, marker } from './marker.ts';
import { PATTERNS } from './patterns.ts';
import type { Redacted, Redactor } from './redactor.ts';
import { createScanner, type Scanner } from './scanner.ts';
import { createStream } from './stream.ts';

/**
 * `key`: of the installation, for the fingerprints (`loadOrCreateKey`). The redactor keeps no state between calls.
 *
 * In `json`, identifiers are left alone unless they hold something that its own prefix gives away (a `ghp_…` in a
 * field for hashes): a name does not make a token harmless.
 */
export function createRedactor(options: { readonly key: Uint8Array }): Redactor {
  const scanner = createScanner(PATTERNS);
  const prefixedScanner = createScanner(PATTERNS.filter((pattern) => pattern.prefixed));

  // Made once: with plain bytes the HMAC spends nine tenths of its time on the key.
  const key = createSecretKey(options.key);

  function fingerprint(secret: string): string {
    return fingerprintOf(key, secret);
  }

  function redact(input: string, using: Scanner): Redacted<string> {
    // Most strings hold no sign of a secret, and JSON has many.
    if (using.next(input, 0) < 0) return { value: input, redactions: {} };
    const redactor = new LineRedactor(using, fingerprint);
    const value = redactor.lines(input) + redactor.end();
    const redactions: Record<string, number> = {};
    for (const { kind } of redactor.matches) redactions[kind] = (redactions[kind] ?? 0) + 1;
    return { value, redactions };
  }

  const strings: StringRedactor = {
    text: (input) => redact(input, scanner),
    prefixed: (input) => redact(input, prefixedScanner),
    whole: (input, kind) => ({ value: marker(kind, fingerprint(input)), redactions: { [kind]: 1 } }),
  };

  return {
    text: strings.text,
    json: (input, identifiers) => redactJson(input, identifiers, strings),
    stream: () => createStream(new LineRedactor(scanner, fingerprint)),
  };
}
