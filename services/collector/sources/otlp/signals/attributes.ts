// Attributes of OpenTelemetry: a list of keys and typed values on the wire, an object here.
// https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
import { isObject, type JsonObject } from '../../../../core/json.ts';
import { identifier, numeric } from '../../../fields.ts';

/** Values below this depth stay as they came. */
const DEEPEST = 16;

/** A list of `{ key, value }` as an object; anything else, and a list with anything else in it, as it is. */
export function plainAttributes(list: unknown, depth = 0): unknown {
  if (!Array.isArray(list) || depth > DEEPEST) return list;
  const pairs: [string, unknown][] = [];
  for (const each of list) {
    if (!isObject(each) || typeof each.key !== 'string') return list;
    pairs.push([each.key, plainValue(each.value, depth + 1)]);
  }
  return Object.fromEntries(pairs);
}

/** `{ "stringValue": "…" }` and its like without their wrapping; null for none; what is not wrapped, as it is. */
export function plainValue(value: unknown, depth = 0): unknown {
  if (!isObject(value) || depth > DEEPEST) return value;
  const [type, ...more] = Object.keys(value);
  if (more.length > 0) return value;
  const inner = type === undefined ? null : value[type];
  switch (type) {
    case undefined:
    case 'stringValue':
    case 'boolValue':
    case 'doubleValue':
    case 'bytesValue':
      return inner;
    case 'intValue':
      return numberOf(inner);
    case 'arrayValue':
      return valuesOf(inner).map((each) => plainValue(each, depth + 1));
    case 'kvlistValue':
      return plainAttributes(valuesOf(inner), depth + 1);
    default:
      return value;
  }
}

function valuesOf(inner: unknown): readonly unknown[] {
  return isObject(inner) && Array.isArray(inner.values) ? inner.values : [];
}

/** Numbers of 64 bits come as text, which stays where a number would not be exact. */
function numberOf(inner: unknown): unknown {
  if (typeof inner !== 'string' || !/^-?\d{1,19}$/.test(inner)) return inner;
  return Number.isSafeInteger(Number(inner)) ? Number(inner) : inner;
}

/** The first of the attributes that is there, as text: conventions change, and senders keep to older ones for long. */
export function named(attributes: JsonObject, ...keys: readonly string[]): string | undefined {
  const key = keys.find((each) => Object.hasOwn(attributes, each));
  return key === undefined ? undefined : identifier(attributes, key);
}

/** The same for numbers. */
export function counted(attributes: JsonObject, ...keys: readonly string[]): number | undefined {
  const key = keys.find((each) => Object.hasOwn(attributes, each));
  return key === undefined ? undefined : numeric(attributes, key);
}

export function hasAny(attributes: object, keys: readonly string[]): boolean {
  return keys.some((key) => Object.hasOwn(attributes, key));
}
