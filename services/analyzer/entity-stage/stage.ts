// The entity stage: activities under their keys in, signals out. It knows runs, runners and profiles of its own keys alone,
// has no clock, and the same input in the same order gives the same output; live, in a replay and in a backtest.
import type { Activity, ActivityKind } from '../../core/activity.ts';
import type { Context, Detector } from '../../core/detector.ts';
import { entityOf } from '../../core/entities-of.ts';
import { entityKey, runIn } from '../../core/entity.ts';
import { contentId } from '../../core/json.ts';
import { type KeyedBy, keyOf } from '../../core/keyed-by.ts';
import type { ActivityEntry, ReplaceEntry, SignalEntry, WordEntry } from '../../core/messages.ts';
import type { StateChange, StateEntry } from '../../core/ports/event-log.ts';
import { createRouting } from '../../core/routing.ts';
import { reachOf } from '../../core/run-facts.ts';
import { SeenWindow } from '../../core/seen-window.ts';
import type { Instant } from '../../core/time.ts';
import { createChanges } from './changes.ts';
import { examine, hear } from './examine.ts';
import { Profiles } from './profiles.ts';
import { createRunners, RUNNER_LASTS } from './runners.ts';
import { createRuns, type Followed } from './runs.ts';
import { Store } from './store.ts';

/** Repeats come minutes to hours later; this many activities of a partition are remembered. */
const REMEMBERED = 50_000;

export interface EntityStageOptions {
  readonly detectors: readonly Detector[];
  /** Before this time activities are learned from and nothing is raised (`replay --learn-until`). */
  readonly learnUntil?: Instant;
  /** A detector that threw: a fault of ours, which must not stop the others. */
  onFault(detector: Detector, activity: Activity, error: unknown): void;
  onCorrupt?(key: string): void;
  onFull?(dropped: number): void;
  /** A profile of an earlier version, which is learned anew. */
  onOutdated?(name: string): void;
}

export interface Taken {
  /** It had been taken before, and changes nothing. */
  readonly repeated: boolean;
  readonly signals: readonly SignalEntry[];
  /** Sensors' events, joined with their job, for the keys that they are examined under. */
  readonly joined: readonly { readonly key: string; readonly entry: ActivityEntry }[];
}

export interface EntityStage {
  take(key: string, entry: ActivityEntry): Taken;
  hear(entry: WordEntry): void;
  replace(entry: ReplaceEntry): void;
  /** True where the entry is this stage's. */
  restore(entry: StateEntry): boolean;
  flush(): readonly StateChange[];
  /** As `flush` where nobody stores what changed. */
  settle(): void;
}

const NOTHING = { signals: [], joined: [] };

export function createEntityStage(options: EntityStageOptions): EntityStage {
  const { detectors, learnUntil = 0, onFault, onCorrupt, onFull, onOutdated } = options;
  const watching = byKind(detectors);
  const keysOf = createRouting(detectors);
  const told = { ...(onCorrupt && { onCorrupt }), ...(onFull && { onFull }) };
  const profiles = new Profiles({ ...told, ...(onOutdated && { onOutdated }) });
  const watches = new Store({ prefix: 'watch/', ...told });
  const notes = new Store({ prefix: 'noted/', ...told });
  const memory = { profiles, watches, notes };
  const runStore = new Store({ prefix: 'run/', ...told });
  const runnerStore = new Store({ prefix: 'runner/', lasting: RUNNER_LASTS, ...told });
  const changeStore = new Store({ prefix: 'change/', ...told });
  const stores = [profiles, watches, notes, runStore, runnerStore, changeStore];
  const runs = createRuns(runStore);
  const changes = createChanges(changeStore);
  const runners = createRunners(runnerStore);
  const seen = new SeenWindow(REMEMBERED);

  function followRunner(key: string, activity: Activity): Taken['joined'] {
    return runners.follow(key, activity).flatMap((each) => {
      const { record: _, ...rest } = each;
      return keysOf(each, true).map((to) => ({
        key: to,
        entry: { primary: false, activity: rest, joined: true } as const,
      }));
    });
  }

  /** What is known around an activity of this place. */
  function follow(key: string, given: Activity): Followed {
    const followed = runs.follow(key, given);
    changes.follow(key, given);
    const { run } = followed.context;
    const explanation = changes.explaining(key, run, given.observed_at);
    return explanation ? { ...followed, context: { ...followed.context, explanation } } : followed;
  }

  /** Of the run that it belongs to, or of one that a detector or a join knows. */
  function withReach(signal: SignalEntry, { run }: Context): SignalEntry {
    if (signal.type !== 'signal') return signal;
    const linked = (signal.raise.links ?? []).flatMap(({ key }) => runIn(key) ?? []);
    const reach = [run, ...linked.map((id) => runs.known(id))].map(reachOf).find((each) => each !== undefined);
    return reach ? { ...signal, reach } : signal;
  }

  return {
    take(key, { activity: given, primary, joined = false }) {
      const isFirst = seen.add(contentId(given.id, key));
      const isSigned = given.kind === 'commit' && given.detail.signature !== 'unknown';
      // A clone tells of a commit what its delivery could not.
      const isMore = isSigned && seen.add(contentId(given.id, key, 'signed')) && !isFirst;
      if (!isFirst && !isMore) return { repeated: true, ...NOTHING };
      const runner = joined ? undefined : entityOf('runner', given);
      if (runner && entityKey(runner) === key)
        return { repeated: false, signals: [], joined: followRunner(key, given) };
      const ownKey = keysIn(given);
      const here = key === ownKey('place');
      const { activity, context } = here ? follow(key, given) : { activity: given, context: {} };
      const signals: SignalEntry[] = [];
      for (const detector of watching.get(activity.kind) ?? []) {
        if (!isFirst && !detector.again) continue;
        const own = ownKey(detector.by);
        // What has no such key is looked at once.
        if (own === undefined ? !primary || detector.learned || detector.watch : own !== key) continue;
        try {
          for (const each of examine(key, activity, context, detector, memory)) signals.push(withReach(each, context));
        } catch (error) {
          onFault(detector, activity, error);
        }
      }
      const learns = activity.history === true || activity.observed_at < learnUntil;
      const raised = learns ? signals.filter(({ type }) => type === 'note') : signals;
      return { repeated: false, signals: raised, joined: [] };
    },
    hear({ detector, profiles: names, word, activities }) {
      const found = detectors.find(({ id }) => id === detector);
      if (found) hear(found, names, word, new Set(activities), profiles);
    },
    replace({ replace }) {
      for (const [name, text] of Object.entries(replace)) profiles.replace(name, text);
    },
    restore: (entry) => seen.restore(entry) || stores.some((store) => store.restore(entry)),
    flush: () => [...seen.flush(), ...stores.flatMap((store) => store.flush())],
    settle() {
      seen.flush();
      for (const store of stores) store.settle();
    },
  };
}

/** The keys of an activity, each of which is made once: many detectors share one. */
function keysIn(activity: Activity): (by: KeyedBy) => string | undefined {
  const made = new Map<KeyedBy, string | undefined>();
  return (by) => {
    if (!made.has(by)) made.set(by, keyOf(by, activity));
    return made.get(by);
  };
}

function byKind(detectors: readonly Detector[]): ReadonlyMap<ActivityKind, readonly Detector[]> {
  const watching = new Map<ActivityKind, Detector[]>();
  for (const detector of detectors) {
    for (const kind of detector.watches) watching.set(kind, [...(watching.get(kind) ?? []), detector]);
  }
  return watching;
}
