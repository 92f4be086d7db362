// Under which keys an activity is published: one for each entity that a detector profiles of it.
import type { Activity, ActivityKind } from '../../core/activity.ts';
import type { Detector } from '../../core/detector.ts';
import { entityKey } from '../../core/entity.ts';
import type { ActivityEntry } from '../../core/messages.ts';
import type { NewEntry } from '../../core/ports/event-log.ts';

export type Router = (activity: Activity) => readonly NewEntry[];

/** The first entry is the primary one; it alone carries the record's body. */
export function createRouter(detectors: readonly Detector[]): Router {
  const watching = new Map<ActivityKind, NonNullable<Detector['learned']>[]>();
  for (const { learned, watches } of detectors) {
    if (learned) for (const kind of watches) watching.set(kind, [...(watching.get(kind) ?? []), learned]);
  }
  return (activity) => {
    const entities = (watching.get(activity.kind) ?? []).map((learned) => learned.entity(activity));
    const keys = new Set(entities.filter((entity) => entity !== undefined).map(entityKey));
    if (keys.size === 0) keys.add(fallbackKey(activity));
    const { record: _, ...rest } = activity;
    return [...keys].map((key, index) => {
      const entry: ActivityEntry = { primary: index === 0, activity: index === 0 ? activity : rest };
      return { key, value: JSON.stringify(entry) };
    });
  };
}

function fallbackKey({ vcs, organization, source }: Activity): string {
  if (vcs?.repository) return entityKey({ type: 'repository', id: vcs.repository.name });
  return organization ? entityKey({ type: 'organization', id: organization }) : `source:${source}`;
}
