// The pushes of late, so that a commit is known by who pushed it and where to. A delivery tells its push first, then its
// commits; feeds of their own come in any order.
import type { ActivityOf } from '../../services/core/activity.ts';
import { actorKeys } from '../../services/core/identity/actor.ts';
import { type Instant, SECOND } from '../../services/core/time.ts';

const RECENT = 20;
const KEYS = 4;

export type Pushed = readonly [
  revision: string,
  at: Instant,
  ref: string,
  /** Undefined where no feed tells; as JSON, null. */
  isDefault: boolean | null,
  forced: boolean,
  person: boolean,
  name: string,
  keys: readonly string[],
];

/** With the push; the same list where it is known, or tells no revision. At most 20. */
export function withPush(pushes: readonly Pushed[], push: ActivityOf<'push'>): readonly Pushed[] {
  const head = push.vcs?.ref?.head;
  if (head?.revision === undefined || push.detail.deleted) return pushes;
  if (pushes.some(([revision, , ref]) => revision === head.revision && ref === (head.name ?? ''))) return pushes;
  const isDefault = head.type === 'tag' ? false : (push.detail.default_branch ?? null);
  const pushed: Pushed = [
    head.revision,
    push.observed_at,
    head.name ?? '',
    isDefault,
    push.detail.forced === true,
    push.actor?.type !== 'bot',
    push.actor?.name ?? '',
    actorKeys(push).slice(0, KEYS),
  ];
  return [...pushes, pushed].slice(-RECENT);
}

/** The push that brought the commit: it ends in it, or was delivered with it. Undefined where none was told. */
export function pushOf(
  pushes: readonly Pushed[],
  { detail, vcs, observed_at }: ActivityOf<'commit'>,
): Pushed | undefined {
  const name = vcs?.ref?.head?.name;
  return (
    pushes.findLast(([revision, , ref]) => revision === detail.sha && (name === undefined || ref === name)) ??
    pushes.findLast(([, at, ref]) => name !== undefined && ref === name && Math.abs(at - observed_at) <= SECOND)
  );
}
