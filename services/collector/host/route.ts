// An activity as entries of the log, one for each key that it is examined under.
import type { Activity } from '../../core/activity.ts';
import type { Detector } from '../../core/detector.ts';
import type { ActivityEntry } from '../../core/messages.ts';
import type { NewEntry } from '../../core/ports/event-log.ts';
import { createRouting } from '../../core/routing.ts';

export type Router = (activity: Activity) => readonly NewEntry[];

/** The first entry is the primary one; it alone carries the record's body. */
export function createRouter(detectors: readonly Detector[]): Router {
  const keysOf = createRouting(detectors);
  return (activity) => {
    const { record: _, ...rest } = activity;
    return keysOf(activity).map((key, index) => {
      const entry: ActivityEntry = { primary: index === 0, activity: index === 0 ? activity : rest };
      return { key, value: JSON.stringify(entry) };
    });
  };
}
