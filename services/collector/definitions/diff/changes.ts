// Two lists of facts compared: what came, what went, what is the same thing with another content.
import type { Changes } from '../../../core/definition.ts';

export interface Comparison<Fact> {
  /** Which thing it is. */
  readonly key: (fact: Fact) => string;
  /** What may change about it. */
  readonly content: (fact: Fact) => string;
}

/** Facts equal in both are one. Of a thing that has several contents, what is left on both sides is paired in order. */
export function compare<Fact>(
  before: readonly Fact[],
  after: readonly Fact[],
  { key, content }: Comparison<Fact>,
): Changes<Fact> {
  const old = grouped(before, key, content);
  const fresh = grouped(after, key, content);
  const added: Fact[] = [];
  const removed: Fact[] = [];
  const changed: { before: Fact; after: Fact }[] = [];
  for (const name of new Set([...old.keys(), ...fresh.keys()])) {
    const was = old.get(name) ?? new Map<string, Fact>();
    const is = fresh.get(name) ?? new Map<string, Fact>();
    const gone = [...was].filter(([text]) => !is.has(text)).map(([, fact]) => fact);
    const come = [...is].filter(([text]) => !was.has(text)).map(([, fact]) => fact);
    for (const [index, fact] of come.entries()) {
      const earlier = gone[index];
      if (earlier === undefined) added.push(fact);
      else changed.push({ before: earlier, after: fact });
    }
    removed.push(...gone.slice(come.length));
  }
  return { added, removed, changed };
}

function grouped<Fact>(
  facts: readonly Fact[],
  key: (fact: Fact) => string,
  content: (fact: Fact) => string,
): Map<string, Map<string, Fact>> {
  const groups = new Map<string, Map<string, Fact>>();
  for (const fact of facts) {
    const group = groups.get(key(fact)) ?? new Map<string, Fact>();
    if (!group.has(content(fact))) group.set(content(fact), fact);
    groups.set(key(fact), group);
  }
  return groups;
}
