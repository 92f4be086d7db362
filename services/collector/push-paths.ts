// What the commits of a push touched: GitHub, GitLab and Gitea list it alike, as `added`, `modified` and `removed`.
import type { PathChanges } from '../core/activity.ts';
import type { Json } from '../core/json.ts';
import { texts } from './fields.ts';

/** Of all commits together; undefined where there is none, or one of them does not tell. */
export function pathsOf(commits: readonly Json[]): PathChanges | undefined {
  const paths = { added: new Set<string>(), modified: new Set<string>(), removed: new Set<string>() };
  if (commits.length === 0) return undefined;
  for (const commit of commits) {
    for (const change of ['added', 'modified', 'removed'] as const) {
      const names = texts(commit, change);
      if (names === undefined) return undefined;
      for (const name of names) paths[change].add(name);
    }
  }
  return { added: [...paths.added], modified: [...paths.modified], removed: [...paths.removed] };
}

/** Each path once, whatever happened to it. */
export function touched(paths: PathChanges): readonly string[] {
  return [...new Set([...paths.added, ...paths.modified, ...paths.removed])];
}
