// One activity through one detector: judged by the profiles as they were, then learned. Pure but for the store.
import type { Activity } from '../../core/activity.ts';
import type { Context, Detector, Learned, Raise, Reading, Stepping } from '../../core/detector.ts';
import { entityOf } from '../../core/entities-of.ts';
import { type Entity, entityKey } from '../../core/entity.ts';
import { actorId } from '../../core/identity/actor.ts';
import type { Json } from '../../core/json.ts';
import { keyOf } from '../../core/keyed-by.ts';
import type { SignalEntry } from '../../core/messages.ts';
import { impactOf, takesOutsideInput } from '../../core/run-facts.ts';
import type { Signal } from '../../core/signal.ts';
import { emptyProfile, matured, readable, taught, told, type Word } from './profile.ts';
import type { Profiles } from './profiles.ts';
import type { Store } from './store.ts';

/** What is less likely than this waits before it is learned, whether it is raised or not. */
const UNUSUAL = 1 / 50;

/** What a partition keeps for its detectors. */
export interface Memory {
  readonly profiles: Profiles;
  /** States of watches. */
  readonly watches: Store;
  /** What a place has told the organization of. */
  readonly notes: Store;
}

/** `key`: what the activity came under, which is the detector's own. */
export function examine(
  key: string,
  activity: Activity,
  context: Context,
  detector: Detector,
  memory: Memory,
): readonly SignalEntry[] {
  if (detector.learned) return learned(key, activity, context, detector, detector.learned, memory);
  if (detector.watch) return stepped(key, activity, context, detector, detector.watch, memory.watches);
  const raise = detector.examine?.(activity, context);
  return raise ? [signal(key, activity, context, detector, { raise })] : [];
}

function learned(
  key: string,
  activity: Activity,
  context: Context,
  detector: Detector,
  { baseline, levels, observe, judge, shared }: Learned,
  { profiles, notes: noted }: Memory,
): readonly SignalEntry[] {
  const entities = levels(activity, context);
  const [entity] = entities;
  if (!entity) return [];
  const observation = observe(activity, context);
  if (observation === undefined) return [];
  const at = activity.observed_at;
  const names = entities.map(entityKey);
  const uses = names.map((name) => profiles.use(`${detector.id}/${name}`, baseline));
  const before = uses.map(({ stored }) => matured(stored?.profile ?? emptyProfile(baseline), baseline, at));
  const [own, ...peers] = before.map((profile) => readable(profile, baseline));
  const reading = baseline.probability(own ?? baseline.empty(), observation, at, peers);
  const raise = judge(activity, observation, reading, context);
  const lesson = {
    activity: activity.id,
    at,
    observation,
    by: actorId(activity) ?? context.run?.actor ?? '',
    unusual: raise !== undefined || reading.probability < UNUSUAL,
  };
  for (const [index, used] of uses.entries()) {
    const after = taught(before[index] ?? emptyProfile(baseline), baseline, lesson);
    if (after !== used.stored?.profile) profiles.write(used, after, at);
  }
  const notes = shared ? newTo(key, activity, detector, shared(observation), noted) : [];
  if (!raise) return notes;
  return [signal(key, activity, context, detector, { raise, reading, entity, profiles: names }), ...notes];
}

function stepped(
  key: string,
  activity: Activity,
  context: Context,
  detector: Detector,
  { entity: entityIn, empty, step }: Stepping,
  store: Store,
): readonly SignalEntry[] {
  const entity = entityIn(activity, context);
  if (!entity) return [];
  const name = `${detector.id}/${entityKey(entity)}`;
  const stored = store.get(name);
  const taken = (from: Json) => ({ from, ...step(from, activity, context) });
  const { from, state, raise } = stored === undefined ? taken(empty()) : takenFrom(stored);
  if (state !== from) store.set(name, state, activity.observed_at);
  return raise ? [signal(key, activity, context, detector, { raise, entity })] : [];

  /** A state that its own detector cannot read, of an older version or damaged, is set aside, and learned anew. */
  function takenFrom(known: Json): ReturnType<typeof taken> {
    try {
      return taken(known);
    } catch {
      // Where this fails too, it is the activity's fault, and the state stays.
      const anew = taken(empty());
      store.setAside(name);
      return anew;
    }
  }
}

function signal(
  key: string,
  activity: Activity,
  { run, explanation }: Context,
  detector: Detector,
  said: {
    readonly raise: Raise;
    readonly reading?: Reading<unknown>;
    readonly entity?: Entity;
    readonly profiles?: readonly string[];
  },
): { readonly type: 'signal' } & Signal {
  const { raise, reading, profiles = [] } = said;
  const place = keyOf('place', activity) ?? key;
  const entity = raise.entity ?? said.entity ?? fallbackEntity(activity);
  // Runs that only a join knows are links too.
  const joined = run && !entityOf('run', activity) ? [{ key: entityKey({ type: 'run', id: run.id }) }] : [];
  return {
    type: 'signal',
    detector: detector.id,
    key,
    profiles,
    raise: { ...raise, ...(joined.length > 0 && { links: [...(raise.links ?? []), ...joined] }) },
    entity,
    impact: raise.impact ?? impactOf(run),
    ...(reading && {
      reading: {
        probability: reading.probability,
        observations: reading.observations,
        ...(reading.since === undefined ? {} : { since: reading.since }),
      },
    }),
    activity,
    ...(raise.explainable && explanation && { explanation }),
    ...(takesOutsideInput(run) && { outside: true as const }),
    place,
  };
}

function fallbackEntity(activity: Activity): Entity {
  return (
    entityOf('repository', activity) ??
    entityOf('pipeline', activity) ??
    entityOf('actor', activity) ?? { type: 'organization', id: activity.organization ?? activity.source }
  );
}

/** How many values of a place are remembered as noted; then the oldest are noted again. */
const NOTED = 500;

/** A note of the values that the place had not met. */
function newTo(
  key: string,
  activity: Activity,
  detector: Detector,
  values: readonly string[],
  store: Store,
): readonly SignalEntry[] {
  const place = keyOf('place', activity) ?? key;
  const name = `${detector.id}/${place}`;
  const stored = store.get(name);
  const noted: readonly Json[] = Array.isArray(stored) ? stored : [];
  const fresh = values.filter((value) => !noted.includes(value));
  if (fresh.length === 0) return [];
  store.set(name, [...noted, ...fresh].slice(-NOTED), activity.observed_at);
  return [
    { type: 'note', detector: detector.id, place, values: fresh, activity: activity.id, at: activity.observed_at },
  ];
}

/** What somebody said of these activities reaches the profiles that they were to teach. */
export function hear(
  detector: Detector,
  names: readonly string[],
  word: Word,
  activities: ReadonlySet<string>,
  profiles: Profiles,
): void {
  const baseline = detector.learned?.baseline;
  if (!baseline) return;
  for (const each of names) {
    const used = profiles.use(`${detector.id}/${each}`, baseline);
    const profile = used.stored?.profile;
    if (!profile) continue;
    const after = told(profile, word, activities);
    // Nothing was observed again, so when it last was stays.
    if (after !== profile) profiles.write(used, after, 0);
  }
}
