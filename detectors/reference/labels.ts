// What a version label promises: an exact version never moves, a floating one (`v4`, `latest`) moves with each release, a
// branch or a range at any time. https://semver.org, point 3; GitHub asks actions to move their major tags along:
// https://docs.github.com/actions/how-tos/create-and-publish-actions/using-immutable-releases-and-tags-to-manage-your-actions-releases
import type { Dependency } from '../../services/core/details/pipeline.ts';

export type Promised = 'exact' | 'floating' | 'moving' | 'pinned';

const EXACT = /^[a-z@/_-]*v?\d+\.\d+\.\d+(?:[.+_-][\w.+-]*)?$/i;
const DIGEST = /^(?:sha(?:256|512):)?[0-9a-f]{40,128}$/i;
const BRANCH =
  /^(?:refs\/(?:heads|remotes|pull|merge-requests)\/|(?:main|master|trunk|develop|dev|head|nightly|edge|canary)$)/i;
/** A range: what it resolves to changes with each release. */
const RANGE = /[\^~<>=*|,\s]|\.x$|^x$/;
const MAJOR = /^v?(\d+)/i;
const LONGEST = 80;

/** Images are built anew under their exact tags whenever their base is, so these only float; of a repository, what is not a version is a branch. */
export function promiseOf({ type }: Pick<Dependency, 'type'>, label: string): Promised {
  if (DIGEST.test(label)) return 'pinned';
  if (BRANCH.test(label) || RANGE.test(label)) return 'moving';
  if (EXACT.test(shortLabel(label)) && type !== 'image') return 'exact';
  return type === 'repository' ? 'moving' : 'floating';
}

/** Without the folder of git, and cut. */
export function shortLabel(label: string): string {
  return label.replace(/^refs\/tags\//, '').slice(0, LONGEST);
}

export function majorOf(label: string): string | undefined {
  return MAJOR.exec(label)?.[1];
}

/** Of a commit or digest, as much as tells it from all others of one thing. */
export function shortTarget(resolved: string): string {
  return resolved
    .replace(/^sha(?:256|512):/, '')
    .slice(0, 12)
    .toLowerCase();
}
