// Under which keys an activity is published: those that its detectors learn by, and those that tell of runs and runners.
import type { Activity, ActivityKind } from './activity.ts';
import type { Detector } from './detector.ts';
import { entityOf } from './entities-of.ts';
import { entityKey } from './entity.ts';
import { type KeyedBy, keyOf } from './keyed-by.ts';

/** What a sensor on a runner sees; it knows the machine, and not the job. */
export const SENSOR_KINDS: ReadonlySet<ActivityKind> = new Set(['connection', 'dns', 'process', 'file', 'memory']);

/**
 * What tells of runs and of reviewed changes: its place keeps that, whether a detector watches it or not. So do alerts: what
 * several tools say of one weakness has to come together.
 */
const PLACE_KINDS: ReadonlySet<ActivityKind> = new Set([
  'run',
  'job',
  'secret',
  'setup',
  'deployment',
  'change',
  'review',
  'push',
  'alert',
]);

/**
 * What does not tell the repository that it is about: beside its own key it goes to every partition, where whoever knows what
 * it names finds it. Only for what is seldom.
 */
export const TOLD_TO_ALL: ReadonlySet<ActivityKind> = new Set(['ticket']);

/** What tells which job a runner works on. */
const RUNNER_KINDS: ReadonlySet<ActivityKind> = new Set(['run', 'job']);

/**
 * The keys, the primary one first; at least one. A sensor's event goes to its runner alone, where it is joined with the
 * runner's job, and from there (`joined`) to all others.
 */
export type Routing = (activity: Activity, joined?: boolean) => readonly string[];

export function createRouting(detectors: readonly Detector[]): Routing {
  const watching = new Map<ActivityKind, Set<KeyedBy>>();
  for (const { watches, by } of detectors) {
    for (const kind of watches) watching.set(kind, (watching.get(kind) ?? new Set()).add(by));
  }
  return (activity, joined = false) => {
    const { kind } = activity;
    const runner = joined ? undefined : entityOf('runner', activity);
    if (runner && SENSOR_KINDS.has(kind)) return [entityKey(runner)];
    const keys = new Set<string>();
    const place = keyOf('place', activity);
    if (place !== undefined && PLACE_KINDS.has(kind)) keys.add(place);
    for (const by of watching.get(kind) ?? []) {
      const key = keyOf(by, activity);
      if (key !== undefined) keys.add(key);
    }
    if (runner && RUNNER_KINDS.has(kind)) keys.add(entityKey(runner));
    if (keys.size === 0) keys.add(place ?? `source:${activity.source}`);
    return [...keys];
  };
}
