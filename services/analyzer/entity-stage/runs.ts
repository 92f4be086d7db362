// The runs of a place: what is known of each, for the activities that belong to it. A job's log tells no pipeline, its
// webhook no secrets, a sensor nothing at all: together they tell who does what with which rights.
import type { Activity } from '../../core/activity.ts';
import type { Context } from '../../core/detector.ts';
import { isFromFork, isStranger } from '../../core/identity/relation.ts';
import { isObject, type Json } from '../../core/json.ts';
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
}

/** `store`: of this use alone. */
export function createRuns(store: Store): Runs {
  return {
    follow(place, activity) {
      if (activity.kind === 'change') learnChange(place, activity, store);
      const own = runOf(activity);
      const id = own !== undefined && factsIn(store, own) ? own : (aliasOf(activity, store) ?? own);
      if (id === undefined) return { activity: named(place, activity, store), context: {} };
      const before = factsIn(store, id);
      const after = factsAfter(before, id, activity);
      const whole = named(place, withRun(activity, after), store);
      const facts = withDefinition(after, whole);
      if (tellsMore(before, facts)) store.set(`run/${id}`, { ...facts }, activity.observed_at);
      for (const alias of jobRunIds(whole)) {
        if (alias.includes('/jobs/') && store.get(`job/${alias}`) === undefined) {
          store.set(`job/${alias}`, id, activity.observed_at);
        }
      }
      learnUsual(whole, facts, store);
      return { activity: whole, context: { run: complete(place, whole, facts, store) } };
    },
  };
}

/** Times alone are not worth a write: a run's minutes are full of them. */
function tellsMore(before: RunFacts | undefined, after: RunFacts): boolean {
  if (before === undefined) return true;
  const { first: _first, last: _last, ...rest } = after;
  const { first: _f, last: _l, ...known } = before;
  return JSON.stringify(rest) !== JSON.stringify(known);
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
function learnUsual(activity: Activity, facts: RunFacts, store: Store): void {
  const pipeline = pipelineId(activity);
  if (pipeline === undefined) return;
  const { secrets, writes, environments } = facts;
  if (!secrets && !writes && !environments) return;
  const usual: Json = JSON.parse(JSON.stringify({ secrets, writes, environments }));
  const before = store.get(`usual/${pipeline}`);
  if (JSON.stringify(before) !== JSON.stringify(usual)) store.set(`usual/${pipeline}`, usual, activity.observed_at);
}

function complete(place: string, activity: Activity, facts: RunFacts, store: Store): RunFacts {
  const pipeline = pipelineId(activity);
  const usual = pipeline === undefined ? undefined : store.get(`usual/${pipeline}`);
  const change = facts.change === undefined ? undefined : store.get(`change/${place}/${facts.change}`);
  return {
    ...(isObject(usual) ? (usual as Partial<RunFacts>) : {}),
    ...facts,
    ...(isObject(change) && change.stranger === true && { stranger: true as const }),
    ...(isObject(change) && change.fork === true && { fork: true as const }),
  };
}
