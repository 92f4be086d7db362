// What two states of a profile differ in, as lines of paths: enough for a person to see what was learned in between.
import { isObject, type Json } from '../../core/json.ts';

export interface Line {
  readonly sign: '+' | '-' | '~';
  readonly text: string;
}

/** At most so many lines. */
const MOST = 200;

export function differenceOf(before: Json, after: Json): readonly Line[] {
  const [old, now] = [leaves(before), leaves(after)];
  const lines: Line[] = [];
  for (const [path, value] of now) {
    const was = old.get(path);
    if (was === undefined) lines.push({ sign: '+', text: `${path} ${value}` });
    else if (was !== value) lines.push({ sign: '~', text: `${path} ${was} → ${value}` });
  }
  for (const [path, value] of old) if (!now.has(path)) lines.push({ sign: '-', text: `${path} ${value}` });
  return lines.slice(0, MOST);
}

/** A list whose items begin with a text is known by these texts: sets of values are kept so. */
function leaves(value: Json | undefined, path = ''): Map<string, string> {
  if (value === undefined) return new Map();
  const below: readonly (readonly [string, Json | undefined])[] = Array.isArray(value)
    ? value.map((each: Json, index) => [nameOf(each) ?? String(index), nameOf(each) ? rest(each) : each] as const)
    : isObject(value)
      ? Object.entries(value as Record<string, Json>)
      : [];
  if (below.length === 0) return new Map([[path || 'state', JSON.stringify(value)]]);
  return new Map(below.flatMap(([key, inner]) => [...leaves(inner, path ? `${path}.${key}` : key)]));
}

function nameOf(item: Json): string | undefined {
  return Array.isArray(item) && typeof item[0] === 'string' ? item[0] : undefined;
}

function rest(item: Json): Json {
  return Array.isArray(item) ? item.slice(1).join(' ') : item;
}
