// What every document store adapter agrees on: the names of fields, what a word is, how much one may ask for.
import { PipewardenError } from '../../core/errors.ts';

const FIELD = /^[A-Za-z0-9_-]{1,100}(?:\.[A-Za-z0-9_-]{1,100}){0,15}$/;
const KEY = /^[A-Za-z0-9_-]{1,100}$/;
/** Steps of a field's path; what lies deeper cannot be asked for. */
export const MOST_STEPS = 16;
const MOST_WORDS = 50;
const MOST_DOCUMENTS = 1000;

export function refused(problem: string, cause?: unknown): PipewardenError {
  return new PipewardenError('STORE_REFUSED', { problem }, cause);
}

/** The steps of a field's path, none of which can mean anything to a query language. Throws STORE_REFUSED. */
export function stepsOf(field: string): string[] {
  if (!FIELD.test(field)) throw refused('a field is named by a path like finding.severity');
  return field.split('.');
}

/** Whether a path can lead through this name of a field. */
export function canBeStep(key: string): boolean {
  return KEY.test(key);
}

/** The words of a text, as FTS5's `unicode61` sees them. */
export function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{M}\p{N}\p{Co}]+/gu) ?? [];
}

/** The words that a search asks for; none asks for nothing. Throws STORE_REFUSED. */
export function wordsAskedFor(text: string): string[] {
  const words = wordsOf(text);
  if (words.length > MOST_WORDS) throw refused(`a search has at most ${MOST_WORDS} words`);
  return words;
}

/** Throws STORE_REFUSED. */
export function checkedLimit(limit = 100): number {
  if (Number.isInteger(limit) && limit >= 0 && limit <= MOST_DOCUMENTS) return limit;
  throw refused(`a limit is a whole number from 0 to ${MOST_DOCUMENTS}`);
}

/** Every string of a JSON text, but for its field names. */
export function textsOf(json: string): string[] {
  const found: string[] = [];
  JSON.parse(json, (_key, value: unknown) => {
    if (typeof value === 'string') found.push(value);
    return value;
  });
  return found;
}

/** Of a `next` that no page gave. */
export function notNext(cause: unknown): PipewardenError {
  return refused('after is not the next of a page', cause);
}
