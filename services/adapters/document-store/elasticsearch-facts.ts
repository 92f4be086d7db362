// A document's values as Elasticsearch can look them up: path and value of each in one `flattened` field
// (https://www.elastic.co/docs/reference/elasticsearch/mapping-reference/flattened), which knows keywords alone. So a
// value is written as a keyword that keeps its type and sorts as the value does, numbers before texts:
// `b0`, `b1` (false, true), `n` and 16 hexadecimal digits, `s` and the text, `x` for an object or a list in a list.
import { hash } from 'node:crypto';
import { isObject, type Json } from '../../core/json.ts';
import { canBeStep, MOST_STEPS } from './terms.ts';

export type Scalar = string | number | boolean;

/** Says that something is there which is not one value. */
export const COMPOUND = 'x';
/** Characters of a text that order and counts see; for equality the rest counts too. A term has 32,766 bytes at most. */
const LONGEST_TEXT = 1_000;

const TOP_BIT = 1n << 63n;
const ALL_BITS = (1n << 64n) - 1n;

/** The facts at every path that a query may ask for: objects count as their fields, lists as their elements. */
export function factsOf(document: unknown): Readonly<Record<string, readonly string[]>> {
  const facts = new Map<string, Set<string>>();
  const visit = (value: unknown, path: readonly string[]) => {
    if (!isObject(value) || path.length === MOST_STEPS) return;
    for (const [key, content] of Object.entries(value)) {
      if (!canBeStep(key)) continue;
      const steps = [...path, key];
      for (const element of Array.isArray(content) ? content : [content]) {
        const fact = factOf(element);
        if (fact === undefined) continue;
        const name = steps.join('.');
        facts.set(name, (facts.get(name) ?? new Set()).add(fact));
        visit(element, steps);
      }
    }
  };
  visit(document, []);
  return Object.fromEntries([...facts].map(([name, values]) => [name, [...values]]));
}

function factOf(value: unknown): string | undefined {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return encode(value);
  return value === null || value === undefined ? undefined : COMPOUND;
}

export function encode(value: Scalar): string {
  if (typeof value === 'boolean') return value ? 'b1' : 'b0';
  return typeof value === 'number' ? `n${sortable(value)}` : `s${bounded(value)}`;
}

/** What was encoded; of a long text its beginning. */
export function decode(fact: string): Json {
  const rest = fact.slice(1);
  if (fact.startsWith('b')) return rest === '1';
  return fact.startsWith('n') ? number(rest) : rest.slice(0, LONGEST_TEXT);
}

function bounded(text: string): string {
  if (text.length <= LONGEST_TEXT) return text.toWellFormed();
  return `${text.slice(0, LONGEST_TEXT).toWellFormed()}\0${hash('sha256', text)}`;
}

/**
 * A double as hexadecimal digits that sort as it does: IEEE 754 sorts as integers do, but for the sign, which comes
 * first, and for negative ones, which run backwards.
 */
function sortable(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  // -0 is 0.
  view.setFloat64(0, value + 0);
  const bits = view.getBigUint64(0);
  return (bits & TOP_BIT ? bits ^ ALL_BITS : bits | TOP_BIT).toString(16).padStart(16, '0');
}

function number(digits: string): number {
  const bits = BigInt(`0x${digits}`);
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, bits & TOP_BIT ? bits ^ TOP_BIT : bits ^ ALL_BITS);
  return view.getFloat64(0);
}
