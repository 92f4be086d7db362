// Scripts compared: a step keeps its script when it is moved or renamed, and a changed script is still that of its step.
import type { Changes, Script } from '../../../core/definition.ts';

/** `partial`: of a patch, which does not tell whose script is whose: only equal ones are the same. */
export function compareScripts(before: readonly Script[], after: readonly Script[], partial: boolean): Changes<Script> {
  const same = pair(before, after, ({ job, text }) => `${job}\n${text}`);
  if (partial) return { added: same.after, removed: same.before, changed: [] };
  const named = pair(same.before, same.after, ({ job, step }) => `${job}\n${step}`);
  // Renamed and changed at once: in its job, in order.
  const placed = pair(named.before, named.after, ({ job }) => `${job}`);
  return { added: placed.after, removed: placed.before, changed: [...named.pairs, ...placed.pairs] };
}

interface Paired {
  readonly pairs: readonly { readonly before: Script; readonly after: Script }[];
  /** What is left of both. */
  readonly before: readonly Script[];
  readonly after: readonly Script[];
}

function pair(before: readonly Script[], after: readonly Script[], key: (script: Script) => string): Paired {
  const waiting = Map.groupBy(before, key);
  const next = new Map<string, number>();
  const pairs: { before: Script; after: Script }[] = [];
  const left: Script[] = [];
  for (const script of after) {
    const name = key(script);
    const index = next.get(name) ?? 0;
    const earlier = waiting.get(name)?.[index];
    if (earlier) {
      next.set(name, index + 1);
      pairs.push({ before: earlier, after: script });
    } else left.push(script);
  }
  const taken = new Set(pairs.map((found) => found.before));
  return { pairs, before: before.filter((script) => !taken.has(script)), after: left };
}
