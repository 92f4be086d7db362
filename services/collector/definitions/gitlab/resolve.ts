// What a GitLab job is once `extends`, `default` and `!reference` are followed
// (https://docs.gitlab.com/ci/yaml/yaml_optimization/). Includes are other files and stay references.
import type { Problem } from '../../../core/definition.ts';
import { at, entries, items, NO_ENTRIES, texts, type YamlMap, type YamlNode } from '../yaml/node.ts';

/** Both as GitLab documents them: levels of `extends`, levels of `!reference`. */
const EXTENDS_LIMIT = 11;
const REFERENCE_LIMIT = 10;
/** Entries and items that may be put together over all jobs. */
const WORK_LIMIT = 200_000;

export interface Resolver {
  readonly root: YamlMap;
  readonly problems: Problem[];
  left: number;
}

export function startResolving(root: YamlMap, problems: Problem[]): Resolver {
  return { root, problems, left: WORK_LIMIT };
}

const DEFAULTS = ['image', 'services', 'tags', 'before_script', 'after_script', 'id_tokens', 'hooks', 'identity'];

/** The job’s own keys over those that it extends, over the defaults that it inherits. */
export function resolveJob(resolver: Resolver, name: string): ReadonlyMap<string, YamlNode> {
  const own = extended(resolver, name, []);
  const resolved = new Map(own);
  if (at({ kind: 'map', entries: own, line: 1 }, 'inherit', 'default')?.kind === 'text') return resolved;
  for (const key of DEFAULTS) {
    const fallback = at(resolver.root, 'default', key) ?? resolver.root.entries.get(key);
    if (fallback && !resolved.has(key)) resolved.set(key, fallback);
  }
  return resolved;
}

function extended(resolver: Resolver, name: string, above: readonly string[]): ReadonlyMap<string, YamlNode> {
  const own = entries(resolver.root, name);
  if (resolver.left <= 0) return own;
  const parents = texts(own.get('extends')).map(({ text }) => text);
  const stops = above.length >= EXTENDS_LIMIT || above.includes(name) || !spend(resolver, parents.length + 1);
  if (parents.length === 0 || stops) return own;
  let merged = NO_ENTRIES;
  for (const parent of parents)
    if (resolver.left > 0) merged = merge(resolver, merged, extended(resolver, parent, [...above, name]));
  return merge(resolver, merged, own);
}

/** Maps are merged, anything else is replaced. */
function merge(
  resolver: Resolver,
  base: ReadonlyMap<string, YamlNode>,
  over: ReadonlyMap<string, YamlNode>,
): ReadonlyMap<string, YamlNode> {
  if (base.size === 0) return over;
  if (!spend(resolver, base.size + over.size)) return over;
  const merged = new Map(base);
  for (const [key, value] of over) {
    const before = merged.get(key);
    const both = before?.kind === 'map' && value.kind === 'map';
    merged.set(key, both ? { ...value, entries: merge(resolver, before.entries, value.entries) } : value);
  }
  return merged;
}

/** The items of a list with every `!reference` replaced by what it names. */
export function referenced(resolver: Resolver, node: YamlNode | undefined, depth = 0): readonly YamlNode[] {
  if (node?.kind === 'list' && node.tag === '!reference') {
    const path = node.items.map((item) => (item.kind === 'text' ? item.text : ''));
    const [job = '', ...keys] = path;
    const target = at({ kind: 'map', entries: extended(resolver, job, []), line: 1 }, ...keys);
    return depth < REFERENCE_LIMIT && spend(resolver, 1) ? referenced(resolver, target, depth + 1) : [];
  }
  const all = items(node);
  if (!spend(resolver, all.length)) return [];
  return all.flatMap((item) =>
    item.kind === 'list' && depth < REFERENCE_LIMIT ? referenced(resolver, item, depth + 1) : [item],
  );
}

/** False: no more may be put together. */
export function spend(resolver: Resolver, work: number): boolean {
  if (resolver.left > 0 && resolver.left - work <= 0) {
    resolver.problems.push({ message: 'its jobs extend and refer to too much: the rest is not followed' });
  }
  resolver.left -= work;
  return resolver.left > 0;
}
