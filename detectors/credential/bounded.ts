// Small maps of states that must not grow: short names for what is compared only, and what was met last stays.
import { contentId } from '../../services/core/json.ts';

/** Eight characters that stand for a text: enough to compare a few thousand. */
export function short(text: string): string {
  return contentId(text).slice(0, 8);
}

/** With an entry, without the one whose `rank` is lowest where there are more than `most`. */
export function withEntry<Value>(
  all: Readonly<Record<string, Value>>,
  name: string,
  value: Value,
  most: number,
  rank: (value: Value) => number,
): Readonly<Record<string, Value>> {
  const next = { ...all, [name]: value };
  const entries = Object.entries(next);
  if (entries.length <= most) return next;
  let lowest: readonly [string, Value] | undefined;
  for (const entry of entries) if (!lowest || rank(entry[1]) < rank(lowest[1])) lowest = entry;
  return Object.fromEntries(entries.filter(([other]) => other !== lowest?.[0]));
}
