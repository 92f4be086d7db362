// Refs and commits, as Azure DevOps writes them.
import type { Vcs } from '../../../../core/activity.ts';
import { anyKnown } from '../../../fields.ts';

type Head = NonNullable<NonNullable<Vcs['ref']>['head']>;

/** `refs/heads/main` → `main`, a branch; `refs/pull/7/merge` stays as it is. */
export function headOf(ref: string | undefined, revision?: string): Head | undefined {
  const [, kind, name] = /^refs\/(heads|tags)\/(.+)$/.exec(ref ?? '') ?? [];
  const type = kind === undefined ? undefined : kind === 'tags' ? ('tag' as const) : ('branch' as const);
  return anyKnown({ name: name ?? ref, revision, type });
}

/** A commit id; all zeros stand for none. */
export function commitOf(id: string | undefined): string | undefined {
  return id === undefined || /^0+$/.test(id) ? undefined : id;
}
