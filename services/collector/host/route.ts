// An activity as entries of the log, one for each key that it is examined under.
import type { Activity } from '../../core/activity.ts';
import type { Detector } from '../../core/detector.ts';
import type { ActivityEntry } from '../../core/messages.ts';
import type { NewEntry } from '../../core/ports/event-log.ts';
import { createRouting, TOLD_TO_ALL } from '../../core/routing.ts';

export type Router = (activity: Activity) => readonly NewEntry[];

/** Key of what is said to a partition: no entity's. */
const NO_KEY = 'all';

/**
 * The first entry is the primary one; it alone carries the record's body. `partitions`: of the activity topic, for what is
 * told to all of them.
 */
export function createRouter(detectors: readonly Detector[], partitions = 0): Router {
  const keysOf = createRouting(detectors);
  return (activity) => {
    const { record: _, ...rest } = activity;
    const entries = keysOf(activity).map((key, index): NewEntry => {
      const entry: ActivityEntry = { primary: index === 0, activity: index === 0 ? activity : rest };
      return { key, value: JSON.stringify(entry) };
    });
    if (!TOLD_TO_ALL.has(activity.kind)) return entries;
    const value = JSON.stringify({ primary: false, activity: rest } satisfies ActivityEntry);
    const copies = Array.from({ length: partitions }, (_none, partition) => ({ key: NO_KEY, value, partition }));
    return [...entries, ...copies];
  };
}
