// Redaction of structured values: what a string means depends on the name of its field.
import type { Json, JsonObject } from '../core/json.ts';
import { isMarker } from './marker.ts';
import { secrecyOf } from './names.ts';
import { isPlaceholder, isPlausible } from './plausible.ts';
import type { Redacted } from './redactor.ts';

/** Values below this depth are replaced by `TOO_DEEP`: no real record is so deep, and recursion must end. */
export const MAX_DEPTH = 64;
export const TOO_DEEP = '[removed: nested more than 64 deep]';

/** What scanners write when they hide what they found: its fingerprint would make all of them one secret. */
const MASKED = /^(?:REDACTED|\*+)$/;

export interface StringRedactor {
  text(input: string): Redacted<string>;
  /** Only what its own prefix gives away. */
  prefixed(input: string): Redacted<string>;
  /** The same, but for the names of credentials. */
  named(input: string): Redacted<string>;
  /** The whole of a value, as the kind its field's name says. */
  whole(input: string, kind: 'password' | 'secret-value'): Redacted<string>;
}

export interface FieldNames {
  /** Their strings identify and are no secrets. */
  readonly identifiers: ReadonlySet<string>;
  /** Identifiers that name a credential: what has a form of its own and is only such a name stays too. */
  readonly credentials: ReadonlySet<string>;
  /** Every string and number below them is a secret, whatever it looks like. */
  readonly secrets: ReadonlySet<string>;
}

/** Plain JSON with every string and key redacted; what JSON cannot hold is left out or null, as `JSON.stringify` does. */
export function redactJson(
  input: unknown,
  { identifiers, credentials, secrets }: FieldNames,
  strings: StringRedactor,
): Redacted<Json> {
  const redactions: Record<string, number> = {};

  function keep(redacted: Redacted<string>): string {
    for (const [kind, times] of Object.entries(redacted.redactions)) redactions[kind] = (redactions[kind] ?? 0) + times;
    return redacted.value;
  }

  /** `name`: of the field that the value stands in; `secret`: one of the fields around it is all secret. */
  function walk(value: unknown, name: string, depth: number, secret: boolean): Json {
    if (typeof value === 'string') return keep(secret ? redactWhole(value) : redactString(value, name));
    if (typeof value === 'number' || typeof value === 'bigint') {
      return secret ? keep(redactWhole(String(value))) : redactNumber(value, name);
    }
    if (typeof value === 'boolean') return value;
    if (typeof value !== 'object' || value === null) return null;
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
    if (depth >= MAX_DEPTH) return TOO_DEEP;
    return Array.isArray(value)
      ? value.map((item: unknown) => walk(item, name, depth + 1, secret))
      : walkObject(value, depth + 1, secret);
  }

  /** `Object.fromEntries` defines properties, so a key `__proto__` stays a key. */
  function walkObject(value: object, depth: number, secret: boolean): JsonObject {
    const label = strings.text(labelOf(value)).value;
    const saysSecret = 'isSecret' in value && value.isSecret === true;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, inner]) => isJsonType(inner))
        .map(([key, inner]) => {
          const name = keep(strings.text(key));
          const called = name === 'value' && label !== '' ? label : name;
          if (name === 'value' && saysSecret && typeof inner === 'string') return [name, keep(redactMarked(inner))];
          return [name, walk(inner, called, depth, secret || secrets.has(name))];
        }),
    );
  }

  /** Nothing but one secret keeps its own kind, so that it is recognized elsewhere. */
  function redactWhole(value: string): Redacted<string> {
    const redacted = strings.text(value);
    return value === '' || MASKED.test(value) || isMarker(redacted.value)
      ? redacted
      : strings.whole(value, 'secret-value');
  }

  /** `{"value": "…", "isSecret": true}`: how runners keep variables, and what is dumped of their memory. */
  function redactMarked(value: string): Redacted<string> {
    return isPlaceholder(value) ? strings.text(value) : redactWhole(value);
  }

  function redactString(value: string, name: string): Redacted<string> {
    if (credentials.has(name)) return strings.named(value);
    if (identifiers.has(name)) return strings.prefixed(value);
    const redacted = strings.text(value);
    // Nothing but one secret: its own kind says more than the field's name.
    if (isMarker(redacted.value)) return redacted;
    const secrecy = secrecyOf(name);
    if (secrecy === 'password' && value !== '' && !isPlaceholder(value)) return strings.whole(value, 'password');
    if (secrecy === 'secret' && isPlausible(value, 'secret', true)) return strings.whole(value, 'secret-value');
    return redacted;
  }

  function redactNumber(value: number | bigint, name: string): Json {
    if (!identifiers.has(name) && !credentials.has(name) && secrecyOf(name) === 'password')
      return keep(strings.whole(String(value), 'password'));
    if (typeof value === 'bigint') return String(value);
    return Number.isFinite(value) ? value : null;
  }

  return { value: walk(input, '', 0, false), redactions };
}

/** In `{"name": "DB_PASSWORD", "value": "…"}` the value's real name. */
function labelOf(value: object): string {
  const label = 'name' in value ? value.name : 'key' in value ? value.key : undefined;
  return typeof label === 'string' ? label : '';
}

function isJsonType(value: unknown): boolean {
  return value !== undefined && typeof value !== 'function' && typeof value !== 'symbol';
}
