// Baseline "habit": how often each member of a group does a certain thing, out of all it does.
//
// A beta–binomial model per member, with the group's own share as its prior (empirical Bayes, Gelman et al., Bayesian
// Data Analysis, 3rd ed., §5.1): probability = (did + m · share) / (all + m), m = 4 pseudo-observations, and the share
// (did + 0.5) / (all + 1) over the whole group. So "never" of somebody with eighty other deeds weighs more than of a
// newcomer. Size: at most 200 members; the least active and oldest give way.
import type { Baseline } from '../../services/core/detector.ts';
import type { Instant } from '../../services/core/time.ts';

const PRIOR = 4;
const LIMIT = 200;

export interface Deed {
  readonly member: string;
  /** Whether it was the thing that is counted. */
  readonly did: boolean;
}

type Member = readonly [member: string, all: number, did: number, last: Instant];

export type HabitState = { readonly members: readonly Member[]; readonly since: Instant };

export interface HabitDetail {
  /** The member's own deeds, and how many of them were the thing. */
  readonly all: number;
  readonly did: number;
  /** Those who do it, most often first. */
  readonly doers: readonly { readonly value: string; readonly times: number }[];
  /** Over the whole group. */
  readonly groupAll: number;
  readonly groupDid: number;
}

export const habit: Baseline<Deed, HabitState, HabitDetail> = {
  id: 'habit',

  empty: () => ({ members: [], since: 0 }),

  read(state, { member }) {
    const own = state.members.find(([name]) => name === member);
    const [, all, did] = own ?? [member, 0, 0];
    const groupAll = state.members.reduce((sum, [, count]) => sum + count, 0);
    const groupDid = state.members.reduce((sum, [, , count]) => sum + count, 0);
    const share = (groupDid + 0.5) / (groupAll + 1);
    return {
      probability: (did + PRIOR * share) / (all + PRIOR),
      observations: all,
      ...(state.since > 0 ? { since: state.since } : {}),
      detail: {
        all,
        did,
        doers: state.members
          .filter(([, , count]) => count > 0)
          .map(([value, , times]) => ({ value, times }))
          .sort((a, b) => b.times - a.times || (a.value < b.value ? -1 : 1)),
        groupAll,
        groupDid,
      },
    };
  },

  observe(state, { member, did }, at) {
    const members = state.members.filter(([name]) => name !== member);
    const own = state.members.find(([name]) => name === member);
    const [, all, done, last] = own ?? [member, 0, 0, at];
    members.push([member, all + 1, done + (did ? 1 : 0), Math.max(last, at)]);
    if (members.length > LIMIT) members.sort((a, b) => b[1] - a[1] || b[3] - a[3]).length = LIMIT;
    return { members, since: state.since > 0 ? Math.min(state.since, at) : at };
  },
};
