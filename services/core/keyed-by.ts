// What activities are grouped by before they are examined: one partition holds all of one key, and nothing else can be
// learned together. The few keys there are, so that an activity is published a few times and not once a detector.
import type { Activity } from './activity.ts';
import { entityOf } from './entities-of.ts';
import { type Entity, entityKey } from './entity.ts';
import { placeOf } from './place.ts';

export const KEYS = {
  /** The repository, or what stands in for it: jobs, pipelines, runs, refs. Of what has no place, all of its system. */
  place: (activity) => placeOf(activity) ?? entityOf('system', activity),
  actor: (activity) => entityOf('actor', activity),
  /** The credential; where a feed does not tell it (GitHub, of SSH keys), the actor stands in for all of theirs. */
  credential: (activity) => entityOf('credential', activity) ?? entityOf('actor', activity),
  address: (activity) => entityOf('address', activity),
  dependency: (activity) => entityOf('dependency', activity),
  /** All of one CI system or forge: for what is rare in all of it. */
  system: (activity) => entityOf('system', activity),
} as const satisfies Record<string, (activity: Activity) => Entity | undefined>;

export type KeyedBy = keyof typeof KEYS;

/** The partition key; undefined where the activity names no such thing. */
export function keyOf(by: KeyedBy, activity: Activity): string | undefined {
  const entity = KEYS[by](activity);
  return entity && entityKey(entity);
}
