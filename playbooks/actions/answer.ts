// What is taken from an answer: fixed words and numbers. Its free text has not been through the redactor.
import { isObject, type Json } from '../../services/core/json.ts';

/** A field of an answer, null when the answer is not an object or has no such field. */
export function field(body: Json, name: string): Json {
  return isObject(body) ? (body[name] ?? null) : null;
}

/** One of a system's own lower-case words (`in_progress`); anything else is `unknown`. */
export function word(value: Json): string {
  return typeof value === 'string' && /^[a-z_]{1,40}$/.test(value) ? value : 'unknown';
}

/** A system's own number of something; undefined for anything else. */
export function idOf(value: Json, name = 'id'): number | undefined {
  const id = field(value, name);
  return typeof id === 'number' && Number.isSafeInteger(id) ? id : undefined;
}

/** The path that a look has put into its state, where it has this form: a state comes back out of the store, where others may have written. */
export function pathIn(state: Json | undefined, form: RegExp): string | undefined {
  const path = field(state ?? null, 'path');
  return typeof path === 'string' && form.test(path) ? path : undefined;
}

/** A list, empty when it is none. */
export function entries(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
