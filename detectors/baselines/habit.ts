// Baseline "habit": how often each member of a group does a certain thing, out of all it does.
//
// A beta–binomial model per member, with the share of the group's *other* members as its prior (empirical Bayes, Gelman et
// al., Bayesian Data Analysis, 3rd ed., §5.1; the member's own deeds must not count twice): probability =
// (did + m · share) / (all + m), m = 4 pseudo-observations, share = (did by others + 0.5) / (all by others + 1). So
// "never" of somebody with eighty other deeds weighs more than of a newcomer, and more where others hardly do it either.
// Counts do not fade: who did it once is known to do it. Size: at most 200 members; those give way who do least and have
// done so for longest (deeds, halved for every 90 days of rest), so that neither a flood of made-up names pushes out those
// at work, nor a crowded group keeps newcomers out.
import type { Baseline } from '../../services/core/detector.ts';
import { DAY, type Instant } from '../../services/core/time.ts';

const PRIOR = 4;
const LIMIT = 200;
const HALF_LIFE = 90 * DAY;

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
    const share = (groupDid - did + 0.5) / (groupAll - all + 1);
    return {
      probability: (did + PRIOR * share) / (all + PRIOR),
      observations: all,
      ...(state.since > 0 ? { since: state.since } : {}),
      detail: { all, did, groupAll, groupDid },
    };
  },

  observe(state, { member, did }, at) {
    const own = state.members.find(([name]) => name === member);
    const [, all, done, last] = own ?? [member, 0, 0, at];
    const now: Member = [member, all + 1, done + (did ? 1 : 0), Math.max(last, at)];
    return {
      members: [...fitting(state.members.filter((each) => each !== own)), now],
      since: state.since > 0 ? Math.min(state.since, at) : at,
    };
  },
};

/** Those that leave room for one more. */
function fitting(members: readonly Member[]): readonly Member[] {
  if (members.length < LIMIT) return members;
  const newest = Math.max(...members.map(([, , , last]) => last));
  const standing = ([, all, , last]: Member) => all * 2 ** ((last - newest) / HALF_LIFE);
  return members.toSorted((a, b) => standing(b) - standing(a)).slice(0, LIMIT - 1);
}
