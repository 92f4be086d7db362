// How whoever wrote something stands to the repository it is for: a stranger's input in a privileged job is how eleven of
// forty-two incidents began.
import type { Activity } from '../activity.ts';

/**
 * `owner` and `member` may change the repository, a `contributor` once had a change merged and may not; `first-time` has
 * a first change open, `none` has nothing to do with it. `unknown`: the record does not say.
 */
export type Relation = 'owner' | 'member' | 'contributor' | 'first-time' | 'none' | 'unknown';

/** GitHub's words: https://docs.github.com/en/graphql/reference/enums#commentauthorassociation; Gitea has some of them. */
const ASSOCIATIONS: ReadonlyMap<string, Relation> = new Map([
  ['OWNER', 'owner'],
  ['MEMBER', 'member'],
  ['COLLABORATOR', 'member'],
  ['CONTRIBUTOR', 'contributor'],
  ['FIRST_TIME_CONTRIBUTOR', 'first-time'],
  ['FIRST_TIMER', 'first-time'],
  // A placeholder for somebody whose history was imported.
  ['MANNEQUIN', 'unknown'],
  ['NONE', 'none'],
]);

/**
 * Of the author of the change, review, comment that the activity is about, who need not be who acted. What does not come
 * from a fork was pushed into the repository itself, so by somebody who may: then `member` at least. That is all that
 * systems without a word for it tell, and GitHub calls members whose membership is private `CONTRIBUTOR` or `NONE`.
 */
export function relationOf(activity: Activity): Relation {
  const { detail } = activity;
  const word = 'author_association' in detail ? detail.author_association : undefined;
  const told = (word === undefined ? undefined : ASSOCIATIONS.get(word.toUpperCase())) ?? 'unknown';
  return isFromFork(activity) === false && told !== 'owner' ? 'member' : told;
}

/** Whether what it is about comes from another repository than the one it is for; undefined: the record does not say. */
export function isFromFork({ detail }: Activity): boolean | undefined {
  return 'from_fork' in detail ? detail.from_fork : undefined;
}

/** What a bot does when the change or comment is its own. */
const OWN = /^(?:opened|open|created|create|reopened|reopen|synchronize|update|submitted|edited)$/i;

/**
 * Whether it is a stranger's input: of somebody who had no change merged yet. Undefined where the record does not say;
 * a fork alone says nothing, since members work in forks too. An app acts only where it was installed: no stranger.
 */
export function isStranger(activity: Activity): boolean | undefined {
  const relation = relationOf(activity);
  if (relation === 'unknown') return undefined;
  if (relation !== 'none' && relation !== 'first-time') return false;
  const own = 'action' in activity.detail && OWN.test(activity.detail.action);
  return !(own && activity.actor?.type === 'bot');
}
