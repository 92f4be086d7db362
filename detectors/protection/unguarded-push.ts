// Whoever takes the guard off a branch pushes to it, past everybody's review (I41). Removing the guard is told by
// itself; this says what it was for.
//
// State of a repository: 10 guards that went and 20 pushes to its default branch, of the last hours, each with who did it. 6 KB
// at most.
import type { ActivityOf } from '../../services/core/activity.ts';
import { defineWatch, type Raise } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import { actorKeys } from '../../services/core/identity/actor.ts';
import { HOUR, type Instant, MINUTE } from '../../services/core/time.ts';
import { guardsBranches } from './guards.ts';

const GUARDS = 10;
const PUSHES = 20;
const KEYS = 4;
/** Who means something by it does it soon. */
const SOON = 6 * HOUR;
const KEPT = 8 * HOUR;

type Deed = readonly [at: Instant, what: string, who: readonly string[]];
type State = { readonly removed: readonly Deed[]; readonly pushes: readonly Deed[] };

export const unguardedPush = defineWatch<'protection' | 'push', State>({
  id: 'unguarded-push',
  title: 'Pushed past a guard that the same person removed',
  summary:
    'Notices a push straight to the default branch within hours after the same account had removed what guards it.',
  catalogue: 'D001',
  severity: 'medium',
  maturity: 'incubating',
  owasp: ['CICD-SEC-1', 'CICD-SEC-4'],
  attack: [
    { tactic: 'TA0005', technique: 'T1562.001' },
    { tactic: 'TA0003', technique: 'T1098' },
  ],
  cases: () => import('./unguarded-push.cases.ts'),
  watches: ['protection', 'push'],
  by: 'place',
  falsePositives: ['An administrator moves a repository, or repairs its history, with the protection off.'],
  next: [
    'Read what was pushed, and what runs because of it.',
    'Put the protection back, and revert what nobody knows of.',
  ],

  entity: (activity) => entityOf('repository', activity),
  empty: () => ({ removed: [], pushes: [] }),

  step(state, activity) {
    if (activity.kind === 'push') {
      if (activity.detail.default_branch !== true || activity.detail.deleted) return { state };
      const push = deedOf(activity, activity.vcs?.ref?.head?.revision ?? '');
      return {
        state: { ...state, pushes: kept(state.pushes, push, PUSHES) },
        raise: tell(activity, state.removed, push),
      };
    }
    const { change, what } = activity.detail;
    if (!guardsBranches(what) || (change !== 'removed' && change !== 'added')) return { state };
    // Back again: what is pushed from here on passed it.
    if (change === 'added') {
      const still = state.removed.filter(([at]) => at > activity.observed_at);
      return { state: still.length === state.removed.length ? state : { ...state, removed: still } };
    }
    const guard = deedOf(activity, what);
    // Feeds tell of guards minutes later than of pushes.
    const push = state.pushes.find((each) => follows(each, guard));
    return {
      state: { ...state, removed: kept(state.removed, guard, GUARDS) },
      raise: push && raiseOf(activity, guard, push),
    };
  },
});

function deedOf(activity: ActivityOf<'protection' | 'push'>, what: string): Deed {
  return [activity.observed_at, what.slice(0, 80), actorKeys(activity).slice(0, KEYS)];
}

function kept(deeds: readonly Deed[], deed: Deed, most: number): readonly Deed[] {
  return [...deeds.filter(([at]) => deed[0] - at <= KEPT), deed].slice(-most);
}

function tell(activity: ActivityOf<'push'>, removed: readonly Deed[], push: Deed): Raise | undefined {
  const guard = removed.find((each) => follows(push, each));
  return guard && raiseOf(activity, guard, push);
}

function follows([at, , pusher]: Deed, [gone, , remover]: Deed): boolean {
  return at >= gone && at - gone <= SOON && pusher.some((key) => remover.includes(key));
}

function raiseOf({ actor, vcs }: ActivityOf<'protection' | 'push'>, guard: Deed, push: Deed): Raise {
  const minutes = Math.max(1, Math.round((push[0] - guard[0]) / MINUTE));
  const where = vcs?.repository?.name ?? 'the repository';
  return {
    severity: 'medium',
    observed: `${actor?.name ?? 'Somebody unnamed'} pushed ${push[1].slice(0, 8)} straight to the default branch of ${where}, ${minutes} minute${minutes === 1 ? '' : 's'} after removing ${guard[1]}.`,
    expected: 'What goes to that branch passes its guards.',
    history: 'A plain rule: it does not depend on history.',
    oddity: 'unguarded-push',
  };
}
