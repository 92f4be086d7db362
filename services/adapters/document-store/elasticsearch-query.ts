// Conditions and order of a search in Elasticsearch's query language
// (https://www.elastic.co/docs/reference/query-languages/querydsl). A field's name has been checked step by step, and
// what a caller looks for is a value of the JSON that is sent; nothing is put together as text.
import type { estypes } from '@elastic/elasticsearch';
import { z } from 'zod';
import type { Condition, Query } from '../../core/ports/document-store.ts';
import { encode, type Scalar } from './elasticsearch-facts.ts';
import { FACTS, ID, searchable, WORDS, WRITTEN } from './elasticsearch-mapping.ts';
import { notNext, refused, stepsOf, wordsAskedFor } from './terms.ts';

type Clause = NonNullable<estypes.SearchRequest['query']>;

/** Where the values at a dotted path are. Throws STORE_REFUSED when it is none. */
export function factsAt(field: string): string {
  return [FACTS, ...stepsOf(field)].join('.');
}

export function matching(where: readonly Condition[], text = ''): Clause {
  return { bool: { filter: [...where.map(condition), ...holding(text)] } };
}

export function writtenBefore(before: number): Clause {
  return { range: { [WRITTEN]: { lt: before } } };
}

function condition(one: Condition): Clause {
  const field = factsAt(one.field);
  if ('exists' in one) return one.exists ? { exists: { field } } : { bool: { must_not: { exists: { field } } } };
  if ('is' in one) return { term: { [field]: { value: encode(one.is) } } };
  if ('in' in one) return { terms: { [field]: one.in.map(encode) } };
  return between(one.field, one.from, one.below);
}

/** From the least value of a type to where the next type begins: a range of a `flattened` field needs both ends. */
function between(name: string, from: Scalar | undefined, below: Scalar | undefined): Clause {
  const one = from ?? below;
  if (one === undefined) throw refused(`a range of ${name} needs from, below or both`);
  if (typeof (below ?? one) !== typeof one) return { match_none: {} };
  const [least, beyond] = typeof one === 'string' ? ['s', 't'] : ['n', 'o'];
  const gte = from === undefined ? least : encode(from);
  const lt = below === undefined ? beyond : encode(below);
  return { range: { [factsAt(name)]: { gte, lt } } };
}

function holding(text: string): Clause[] {
  const words = wordsAskedFor(text);
  return words.length === 0 ? [] : [{ match: { [WORDS]: { query: searchable(words), operator: 'and' } } }];
}

/** Ascending by the least of a field's values, descending by the greatest, which is Elasticsearch's way too. */
export function orderOf(sort: Query['sort']): Record<string, estypes.FieldSort>[] {
  const byId = { [ID]: { order: 'asc' as const } };
  return sort ? [{ [factsAt(sort.field)]: { order: sort.order, missing: '_last' } }, byId] : [byId];
}

/** The point in time that a search pages through, and the place of the last document in its order. */
const Cursor = z.tuple([
  z.string(),
  z
    .array(z.union([z.string(), z.number(), z.null()]))
    .min(1)
    .max(2),
]);
type Cursor = z.infer<typeof Cursor>;

export function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** Throws STORE_REFUSED. */
export function readCursor(text: string): Cursor {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch (error) {
    throw notNext(error);
  }
}
