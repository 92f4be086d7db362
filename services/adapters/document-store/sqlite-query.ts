// Conditions, order and pages of a search as SQL over SQLite's JSON functions (https://sqlite.org/json1.html). Whatever
// a caller says, field names included, goes in as a bound value; the text of a statement has no part that is not ours.
import { z } from 'zod';
import type { Condition, Query } from '../../core/ports/document-store.ts';
import type { SqlValue } from '../sqlite.ts';
import { notNext, refused, stepsOf, wordsAskedFor } from './terms.ts';

/** A piece of a statement with the values of its question marks, in order. */
export interface Sql {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

/** Of an element: that it is one value, and that value; numbers as JavaScript has them, so that they can be given back. */
export const SCALAR = `element.type in ('text', 'integer', 'real', 'true', 'false')`;
export const VALUE = `case element.type when 'text' then element.value else cast(element.value as real) end`;

/**
 * The values at a dotted path as rows of `element` (columns `type` and `value`, as of `json_each`). Arrays on the way
 * and at the end count as their elements; nothing there gives no row, or one of type null.
 */
export function elements(field: string): Sql {
  const paths = stepsOf(field).map((key) => `$."${key}"`);
  let parent = 'document.body';
  const steps = paths.map((_path, depth) => {
    const step = depth === paths.length - 1 ? 'element' : `step_${depth}`;
    const each = `json_each(case json_type(${parent}, ?) when 'array' then ${parent} -> ? else json_array(${parent} -> ?) end)`;
    // Only an object has fields; a plain text is not even JSON.
    parent = `(case ${step}.type when 'object' then ${step}.value end)`;
    return `${each} as ${step}`;
  });
  return { text: steps.join(', '), values: paths.flatMap((path) => [path, path, path]) };
}

export function matching(where: readonly Condition[]): Sql {
  return all(where.map(condition));
}

function condition(one: Condition): Sql {
  if ('exists' in one) return some(one.field, { text: `element.type <> 'null'`, values: [] }, one.exists);
  if ('is' in one) return some(one.field, equals(one.is));
  if ('in' in one) {
    const text = `element.type in ('text', 'integer', 'real') and element.value in (select value from json_each(?))`;
    return some(one.field, { text, values: [JSON.stringify(one.in)] });
  }
  const bounds = [
    ...(one.from === undefined ? [] : [compare('>=', one.from)]),
    ...(one.below === undefined ? [] : [compare('<', one.below)]),
  ];
  if (bounds.length === 0) throw refused(`a range of ${one.field} needs from, below or both`);
  return some(one.field, all(bounds));
}

function some(field: string, holds: Sql, wanted = true): Sql {
  const at = elements(field);
  return {
    text: `${wanted ? '' : 'not '}exists (select 1 from ${at.text} where ${holds.text})`,
    values: [...at.values, ...holds.values],
  };
}

function equals(value: string | number | boolean): Sql {
  return typeof value === 'boolean' ? { text: 'element.type = ?', values: [String(value)] } : compare('=', value);
}

/** SQLite holds true for 1 and orders numbers before texts, so the type is compared too. */
function compare(operator: '=' | '<' | '>=', value: string | number): Sql {
  const types = typeof value === 'string' ? `'text'` : `'integer', 'real'`;
  return { text: `element.type in (${types}) and element.value ${operator} ?`, values: [value] };
}

export function all(parts: readonly Sql[]): Sql {
  return {
    text: parts.length === 0 ? 'true' : parts.map((part) => `(${part.text})`).join(' and '),
    values: parts.flatMap((part) => part.values),
  };
}

/** Documents that hold every word; text without a word asks for nothing. */
export function holding(text: string): Sql {
  const words = wordsAskedFor(text);
  if (words.length === 0) return all([]);
  // In double quotes a word is a word, not an operator.
  const query = words.map((word) => `"${word}"`).join(' ');
  return { text: 'document.number in (select rowid from words where words match ?)', values: [query] };
}

/** What a document is sorted by: the least (descending: the greatest) of a field's values; null where it has none. */
export function sortKey(sort: Query['sort']): Sql {
  if (!sort) return { text: 'null', values: [] };
  const at = elements(sort.field);
  const pick = sort.order === 'asc' ? 'min' : 'max';
  return { text: `(select ${pick}(${VALUE}) from ${at.text} where ${SCALAR})`, values: at.values };
}

/** The place of a document in its order. */
const Cursor = z.tuple([z.union([z.string(), z.number(), z.null()]), z.string()]);
type Cursor = z.infer<typeof Cursor>;

export function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

function readCursor(text: string): Cursor {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch (error) {
    throw notNext(error);
  }
}

/** What follows `after` in the order `key`, `id`: documents without a key come last. */
export function following(after: string | undefined, order: 'asc' | 'desc'): Sql {
  if (after === undefined) return all([]);
  const [key, id] = readCursor(after);
  if (key === null) return { text: 'key is null and id > ?', values: [id] };
  const beyond = order === 'asc' ? '>' : '<';
  return { text: `key ${beyond} ? or key is null or (key = ? and id > ?)`, values: [key, key, id] };
}
