// What a repository's past says of its pipeline definitions: who changes them, whether changes come reviewed, and what has
// been pushed of late. Bounds: 200 members (`baselines/habit.ts`), 32 changes on probation, 20 pushes, 20 commits that came
// before their push, 40 proposals; a few KB, under 30 KB at most.
import type { ActivityOf } from '../../services/core/activity.ts';
import { DAY, HOUR, type Instant } from '../../services/core/time.ts';
import { type HabitState, habit } from '../baselines/habit.ts';
import type { Pushed } from '../commit/pushes.ts';
import type { Landing, Proposal } from './landing.ts';

/** A definition's change is learned after so long: an attack must not make itself usual. */
const PROBATION = DAY;
const WAITING = 32;
const RECENT = 20;

/** A commit that came before its push was told; `known`: the habit has learned it. */
type Loose = readonly [
  sha: string,
  at: Instant,
  proposal: string,
  forge: boolean,
  keys: readonly string[],
  known: boolean,
];

export type HistoryState = {
  readonly habit: HabitState;
  readonly waiting: readonly (readonly [at: Instant, member: string, direct: boolean])[];
  /** Who pushes definitions straight to the default branch, the latest last. */
  readonly bypassing: readonly string[];
  /** How changes came to the default branch. */
  readonly reviewed: number;
  readonly direct: number;
  readonly proposals: readonly Proposal[];
  readonly pushes: readonly Pushed[];
  readonly loose: readonly Loose[];
};

export const NO_HISTORY: HistoryState = {
  habit: habit.empty(),
  waiting: [],
  bypassing: [],
  reviewed: 0,
  direct: 0,
  proposals: [],
  pushes: [],
  loose: [],
};

/** What is known of a person's ways here. */
export interface Ways {
  readonly all: number;
  readonly did: number;
  /** That a change of theirs touches a definition. */
  readonly probability: number;
  /** They have pushed definitions straight to the default branch. */
  readonly bypasses: boolean;
  readonly groupAll: number;
  readonly groupDid: number;
}

/** What members' habits borrow from the others, and those from what is usual: one commit in twenty, of real histories. */
const PRIOR = 4;
const USUAL = 1 / 20;
const USUAL_COUNT = 20;

/** `keys`: the names that a record states of one person. `but`: one change of a definition that is not to be counted. */
export function waysOf({ habit: { members }, bypassing }: HistoryState, keys: readonly string[], but = false): Ways {
  const less = but ? 1 : 0;
  const sum = (list: HabitState['members'], index: 1 | 2) =>
    Math.max(0, list.reduce((total, each) => total + each[index], 0) - less);
  const own = members.filter(([member]) => keys.includes(member));
  const [all, did] = [sum(own, 1), sum(own, 2)];
  const [groupAll, groupDid] = [sum(members, 1), sum(members, 2)];
  const share = (groupDid - did + USUAL * USUAL_COUNT) / (groupAll - all + USUAL_COUNT);
  return {
    all,
    did,
    probability: (did + PRIOR * share) / (all + PRIOR),
    bypasses: keys.some((key) => bypassing.includes(key)),
    groupAll,
    groupDid,
  };
}

/** With what has been on probation long enough by then. */
export function matured(state: HistoryState, at: Instant): HistoryState {
  const due = state.waiting.filter(([since]) => at - since >= PROBATION);
  if (due.length === 0) return state;
  const learned = due.reduce((now, [since, member]) => habit.observe(now, { member, did: true }, since), state.habit);
  return {
    ...state,
    habit: learned,
    bypassing: due.reduce((now, [, member, direct]) => (direct ? withBypass(now, member) : now), state.bypassing),
    waiting: state.waiting.filter((each) => !due.includes(each)),
  };
}

function withBypass(bypassing: readonly string[], member: string): readonly string[] {
  return [...bypassing.filter((each) => each !== member), member].slice(-RECENT);
}

export interface Lesson {
  readonly member: string | undefined;
  readonly did: boolean;
  /** They are known to do it, and in this way. */
  readonly usual: boolean;
  readonly landing: Landing;
  /** It is what a push ended in, so it stands for the push. */
  readonly head: boolean;
}

export function learned(state: HistoryState, { member, did, usual, landing, head }: Lesson, at: Instant): HistoryState {
  // Most of what the forge itself commits are merges.
  const reviewed = state.reviewed + (head && (landing === 'merged' || landing === 'forge') ? 1 : 0);
  const direct = state.direct + (head && landing === 'direct' ? 1 : 0);
  const counted = { ...state, reviewed, direct };
  if (member === undefined) return counted;
  if (did && !usual) {
    return state.waiting.length >= WAITING
      ? counted
      : { ...counted, waiting: [...state.waiting, [at, member, landing === 'direct']] };
  }
  return { ...counted, habit: habit.observe(state.habit, { member, did }, at) };
}

export function withLoose(state: HistoryState, loose: Loose): HistoryState {
  return { ...state, loose: [...state.loose, loose].slice(-RECENT) };
}

/** The commit of that push, where it came before it. */
export function looseOf(state: HistoryState, push: ActivityOf<'push'>): Loose | undefined {
  const revision = push.vcs?.ref?.head?.revision;
  return state.loose.find(([sha, at]) => sha === revision && Math.abs(push.observed_at - at) <= HOUR);
}

/** Changes that came to the default branch before that says how they come. */
const ENOUGH_LANDINGS = 6;
const SELDOM = 1 / 5;

/** Whether changes come to the default branch through review here. */
export function isReviewed({ reviewed, direct }: HistoryState): boolean {
  const all = reviewed + direct;
  return all >= ENOUGH_LANDINGS && direct / all <= SELDOM;
}
