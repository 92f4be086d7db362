// Where a ticket names weaknesses of ours: in a label `pipewarden-ID`, or a text with that or an address that ends `weaknesses/ID`.
import { isObject } from '../core/json.ts';

const NAMED = /(?:pipewarden-|weaknesses\/)([0-9a-f]{32})(?![0-9a-f])/gi;
/** Of one ticket; one that names more names a list. */
const MOST = 100;
/** Jira's documents of rich text nest a few levels. */
const DEEPEST = 50;

/** Ids, in the order in which they stand in any text of the value. Undefined where there are none. */
export function weaknessesNamedIn(value: unknown): readonly string[] | undefined {
  const found = new Set<string>();
  visit(value, 0, found);
  return found.size === 0 ? undefined : [...found].slice(0, MOST);
}

function visit(value: unknown, depth: number, found: Set<string>): void {
  if (typeof value === 'string') {
    for (const [, id = ''] of value.matchAll(NAMED)) found.add(id.toLowerCase());
    return;
  }
  if (depth === DEEPEST) return;
  const inner: readonly unknown[] = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  for (const each of inner) visit(each, depth + 1, found);
}

/** Only these fields, where they are there: what people write in a ticket stays where it is. */
export function only(value: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name)));
}
