// What of an activity counts as a write that could be one of many.
import type { Activity } from '../../services/core/activity.ts';
import { definitionsIn } from '../../services/core/definition-paths.ts';
import { hooksIn } from '../pipeline/hook-paths.ts';

/** `definition`: a new one on the default branch; `edit`: a change of one there; `proposal`: either on another branch. */
export type Sort = 'definition' | 'edit' | 'proposal' | 'tag' | 'rewrite' | 'package';

export interface Deed {
  readonly sort: Sort;
  /** What is the same in all places. */
  readonly what: string;
  /** Of many places, this one. */
  readonly where: string;
}

/** Of one push, more definitions are not looked at. */
const MOST = 10;
const PUBLISHES = /^(?:published|publish|released|created|create|artifact\.published|pushed?)$/i;

export function deedsIn(activity: Activity): readonly Deed[] {
  const repository = activity.vcs?.repository?.name;
  switch (activity.kind) {
    case 'push':
      return repository === undefined ? [] : pushed(activity, repository);
    case 'package':
    case 'artifact': {
      const { action, name } = activity.detail;
      return name !== undefined && PUBLISHES.test(action) ? [{ sort: 'package', what: 'packages', where: name }] : [];
    }
    case 'release':
      return repository !== undefined && PUBLISHES.test(activity.detail.action)
        ? [{ sort: 'package', what: 'releases', where: `${repository}@${activity.detail.tag ?? ''}` }]
        : [];
    default:
      return [];
  }
}

function pushed({ detail, vcs }: Activity & { readonly kind: 'push' }, repository: string): readonly Deed[] {
  const { forced, created, deleted, default_branch: isDefault, paths } = detail;
  if (deleted) return [];
  const ref = vcs?.ref?.head;
  if (ref?.type === 'tag') {
    return created || ref.name === undefined ? [] : [{ sort: 'tag', what: `tags of ${repository}`, where: ref.name }];
  }
  const named = (list: readonly string[] = []) => [...definitionsIn(list), ...hooksIn(list)].slice(0, MOST);
  const [fresh, known] = [named(paths?.added), named(paths?.modified)];
  const deeds: readonly Deed[] =
    isDefault === false
      ? [...fresh, ...known].map((what) => ({ sort: 'proposal', what, where: repository }))
      : [
          ...fresh.map((what): Deed => ({ sort: 'definition', what, where: repository })),
          ...known.map((what): Deed => ({ sort: 'edit', what, where: repository })),
        ];
  return [
    ...deeds,
    ...(forced === true && isDefault === true
      ? [{ sort: 'rewrite', what: 'default branches', where: repository } as const]
      : []),
  ];
}
