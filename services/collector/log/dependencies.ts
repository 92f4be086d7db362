// The dependencies that a log tells, put together: a line asks for a package, a later one says what that turned out to be.
import type { Dependency } from '../../core/details/pipeline.ts';

/** Kept of a step and of a setup each; more say nothing new. */
export const MOST_DEPENDENCIES = 200;

export interface Dependencies {
  /** Undefined fields count as not known. */
  add(dependency: Told): void;
  /** What a reference to this was found to be. */
  resolved(type: Dependency['type'], name: string, requested: string | undefined): string | undefined;
  /** In order of their lines. */
  list(): readonly Dependency[];
}

export type Told = { readonly [Key in keyof Dependency]?: Dependency[Key] | undefined } & Pick<
  Dependency,
  'type' | 'name'
>;

export function createDependencies(): Dependencies {
  const known = new Map<string, Told>();
  return {
    add(told) {
      const name = `${told.type}\n${told.from ?? ''}\n${told.name}`;
      const before = known.get(name);
      if (before && agree(before, told)) {
        known.set(name, {
          ...before,
          requested: before.requested ?? told.requested,
          resolved: before.resolved ?? told.resolved,
        });
        return;
      }
      const key = before ? `${name}\n${told.requested ?? ''}\n${told.resolved ?? ''}` : name;
      if (!known.has(key) && known.size < MOST_DEPENDENCIES) known.set(key, told);
    },
    resolved(type, name, requested) {
      for (const one of known.values()) {
        if (one.type === type && one.name === name && one.requested === requested) return one.resolved;
      }
      return undefined;
    },
    list: () => [...known.values()].map(dependencyOf),
  };
}

/** Nothing that one says contradicts the other. Of packages, many ask for ranges of the same one. */
function agree(one: Told, other: Told): boolean {
  const same = (a: string | undefined, b: string | undefined) => a === undefined || b === undefined || a === b;
  return same(one.resolved, other.resolved) && (one.type === 'package' || same(one.requested, other.requested));
}

function dependencyOf({ type, name, requested, resolved, from, line }: Told): Dependency {
  return {
    type,
    name,
    ...(requested !== undefined && { requested }),
    ...(resolved !== undefined && { resolved }),
    ...(from !== undefined && { from }),
    ...(line !== undefined && { line }),
  };
}
