// The runs of a place: what is known of each, for the activities that belong to it. A job's log tells no pipeline, its
// webhook no secrets, a sensor nothing at all: together they tell who does what with which rights.
import type { Activity } from '../../core/activity.ts';
import type { Context } from '../../core/detector.ts';
import { isFromFork, isStranger } from '../../core/identity/relation.ts';
import { isObject } from '../../core/json.ts';
import type { RunFacts } from '../../core/run-facts.ts';
import { jobRunIds, pipelineId } from '../../core/run-ids.ts';
import { factsAfter, runOf, withRun } from './run-facts.ts';
import type { Store } from './store.ts';

export interface Followed {
  /** With its run's pipeline, where the record left it out. */
  readonly activity: Activity;
  readonly context: Context;
}

export interface Runs {
  /** Learns what the activity tells of its run, and gives back what is known. `place`: the key that it came under. */
  follow(place: string, activity: Activity): Followed;
  /** What is known of a run by its id. */
  known(run: string): RunFacts | undefined;
}

/** `store`: of this use alone. */
export function createRuns(store: Store): Runs {
  return {
    known: (run) => factsIn(store, run),
    follow(place, activity) {
      if (activity.kind === 'change') learnChange(place, activity, store);
      const own = runOf(activity);
      const known = own === undefined ? undefined : factsIn(store, own);
      const id = known ? own : (aliasOf(activity, store) ?? own);
      if (id === undefined) return { activity: named(place, activity, store), context: {} };
      const before = known ?? factsIn(store, id);
      const after = factsAfter(before, id, activity);
      const whole = named(place, withRun(activity, after), store);
      const facts = withDefinition(after, whole);
      if (tellsMore(before, facts)) store.set(`run/${id}`, { ...facts }, activity.observed_at);
      for (const alias of jobRunIds(whole)) {
        if (alias.includes('/jobs/') && store.get(`job/${alias}`) === undefined) {
          store.set(`job/${alias}`, id, activity.observed_at);
        }
      }
      return { activity: whole, context: { run: complete(place, facts, usualAfter(whole, facts, store), store) } };
    },
  };
}

/** Times alone are not worth a write: a run's minutes are full of them. */
function tellsMore(before: RunFacts | undefined, after: RunFacts): boolean {
  if (before === undefined) return true;
  return Object.keys(after).some((name) => {
    return name !== 'first' && name !== 'last' && !isSame(Reflect.get(before, name), Reflect.get(after, name));
  });
}

/** Facts are words, flags and lists of words. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((each, index) => each === b[index]);
}

function withDefinition(facts: RunFacts, { cicd }: Activity): RunFacts {
  const definition = cicd?.pipeline?.definition;
  return facts.definition === undefined && definition !== undefined ? { ...facts, definition } : facts;
}

function factsIn(store: Store, id: string): RunFacts | undefined {
  const state = store.get(`run/${id}`);
  // Written by `follow` alone.
  return isObject(state) ? (state as unknown as RunFacts) : undefined;
}

/** CircleCI's log knows the job's number and not the run. */
function aliasOf(activity: Activity, store: Store): string | undefined {
  const repository = activity.vcs?.repository?.name;
  const number = activity.cicd?.pipeline?.run?.id;
  const ids = repository !== undefined && number !== undefined ? [`${repository}/jobs/${number}`] : [];
  for (const id of [...ids, ...jobRunIds(activity)]) {
    const run = store.get(`job/${id}`);
    if (typeof run === 'string') return run;
  }
  return undefined;
}

/** A pipeline is known by its definition where some feed has told it, though this one tells only the name. */
function named(place: string, activity: Activity, store: Store): Activity {
  const pipeline = activity.cicd?.pipeline;
  if (pipeline?.name === undefined) return activity;
  const key = `definition/${place}/${pipeline.name}`;
  const known = store.get(key);
  if (pipeline.definition !== undefined) {
    if (known !== pipeline.definition) store.set(key, pipeline.definition, activity.observed_at);
    return activity;
  }
  if (typeof known !== 'string') return activity;
  return { ...activity, cicd: { ...activity.cicd, pipeline: { ...pipeline, definition: known } } };
}

/** A change's author may be a stranger, which the run that it starts does not say. */
function learnChange(place: string, activity: Activity, store: Store): void {
  const id = activity.vcs?.change?.id;
  if (id === undefined) return;
  const stranger = isStranger(activity) === true;
  const fork = isFromFork(activity) === true;
  if (stranger || fork) store.set(`change/${place}/${id}`, { stranger, fork }, activity.observed_at);
}

/** What the pipeline's runs were given of late, for one of which no feed has told it yet. */
function usualAfter(activity: Activity, facts: RunFacts, store: Store): Partial<RunFacts> {
  const pipeline = pipelineId(activity);
  if (pipeline === undefined) return {};
  const key = `usual/${pipeline}`;
  const stored = store.get(key);
  // Written here alone.
  const before = isObject(stored) ? (stored as Partial<RunFacts>) : {};
  const { secrets, writes, environments } = facts;
  if (!secrets && !writes && !environments) return before;
  const isKnown =
    isSame(before.secrets, secrets) && isSame(before.writes, writes) && isSame(before.environments, environments);
  if (isKnown) return before;
  const usual = { ...(secrets && { secrets }), ...(writes && { writes }), ...(environments && { environments }) };
  store.set(key, usual, activity.observed_at);
  return usual;
}

function complete(place: string, facts: RunFacts, usual: Partial<RunFacts>, store: Store): RunFacts {
  const change = facts.change === undefined ? undefined : store.get(`change/${place}/${facts.change}`);
  return {
    ...usual,
    ...facts,
    ...(isObject(change) && change.stranger === true && { stranger: true as const }),
    ...(isObject(change) && change.fork === true && { fork: true as const }),
  };
}
