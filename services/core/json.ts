// JSON as a type, and the two things done with it everywhere: reading it without trust, and ids made from it.
import { hash } from 'node:crypto';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Undefined for what is no JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** JSON with the keys of every object sorted: equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}

/**
 * An id made from content: the first 128 bits of SHA-256 over the parts, as 32 hexadecimal digits.
 * Parts must be free of secrets (hash what is already redacted), or the id would let a guess be checked.
 */
export function contentId(...parts: readonly (string | number)[]): string {
  // One text: a log's chunk has hundreds of parts, and each call into the hash costs more than its bytes.
  const text = parts.map((part) => `${String(part).length}:${part}`).join('');
  return hash('sha256', text, 'hex').slice(0, 32);
}
