// Baseline "habit": how often each member of a group does a certain thing, out of all it does.
//
// A beta–binomial model per member, with the share of the group's *other* members as its prior (empirical Bayes, Gelman et
// al., Bayesian Data Analysis, 3rd ed., §5.1; the member's own deeds must not count twice): chance = (did + m · share) /
// (all + m), m = 4 pseudo-observations, share = (did by others + wider) / (all by others + 1), wider being the share in the
// group's own group, and 1 half in the end. So "never" of somebody with eighty other deeds weighs more than of a newcomer,
// and more where others hardly do it either. The probability of a deed is the chance of what was done, and of the rarer.
// Counts do not fade: who did it once is known to do it. Who has rested for two years is forgotten. Size: at most 200
// members of 100 characters, 26 KB; those give way who do least and have done so for longest (deeds, halved for every 90
// days of rest), so that neither a flood of made-up names pushes out those at work, nor a crowded group keeps newcomers out.
import type { Baseline } from '../../services/core/baseline.ts';
import { DAY, HOUR, type Instant } from '../../services/core/time.ts';
import { earlier } from './fading.ts';
import { isAmount, isCount, unwritten, written } from './kept.ts';
import { placeOfNamed } from './sorted.ts';

const TAG = 'habit/1';
const PRIOR = 4;
const LIMIT = 200;
const LONGEST = 100;
/** In hours, as everything that says when somebody did something last. */
const HALF_LIFE = (90 * DAY) / HOUR;
const MEMORY = (2 * 365 * DAY) / HOUR;

export interface Deed {
  readonly member: string;
  /** Whether it was the thing that is counted. */
  readonly did: boolean;
}

/** A member, its deeds, how many of them were the thing, and in which hour since 1970 the last was. */
type Member = readonly [member: string, all: number, did: number, last: number];

/** Members sorted by name. */
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

  observe(state, { member, did }, at) {
    const name = member.slice(0, LONGEST);
    const own = find(state.members, name);
    const [, all, done, last] = own && isKept(own, hourOf(at)) ? own : [name, 0, 0, hourOf(at)];
    const now: Member = [name, all + 1, done + (did ? 1 : 0), Math.max(last, hourOf(at))];
    // Who is at work now has a place, so that others can come in.
    const others = fitting(
      state.members.filter((each) => each !== own),
      LIMIT - 1,
    );
    return { members: others.toSpliced(placeOfNamed(others, name), 0, now), since: earlier(state.since, at) };
  },

  probability(state, { member, did }, at, peers) {
    const name = member.slice(0, LONGEST);
    const wider = peers.reduceRight((share, peer) => {
      const { all, did: done } = sumOf(peer.members, at);
      return (done + share) / (all + 1);
    }, 1 / 2);
    const group = sumOf(state.members, at);
    const found = find(state.members, name);
    const [, all, done] = found && isKept(found, hourOf(at)) ? found : [name, 0, 0];
    const share = (group.did - done + wider) / (group.all - all + 1);
    const chance = (done + PRIOR * share) / (all + PRIOR);
    const ofThis = did ? chance : 1 - chance;
    return {
      probability: ofThis < 1 / 2 ? ofThis : 1,
      observations: all,
      ...(state.since > 0 ? { since: state.since } : {}),
      detail: { all, did: done, groupAll: group.all, groupDid: group.did },
    };
  },

  merge(a, b) {
    const members = new Map(a.members.map((member) => [member[0], member]));
    for (const [name, all, did, last] of b.members) {
      const [, allToo, didToo, lastToo] = members.get(name) ?? [name, 0, 0, 0];
      members.set(name, [name, all + allToo, did + didToo, Math.max(last, lastToo)]);
    }
    const sorted = [...members.values()].sort((x, y) => (x[0] < y[0] ? -1 : 1));
    return { members: fitting(sorted, LIMIT), since: earlier(a.since, b.since) };
  },

  decay(state, at) {
    const members = state.members.filter((member) => isKept(member, hourOf(at)));
    return members.length === state.members.length ? state : { ...state, members };
  },

  serialize: ({ members, since }) => written(TAG, [since, members.flat()]),

  parse(text) {
    const parts = unwritten(TAG, text);
    if (!Array.isArray(parts) || parts.length !== 2) return undefined;
    const [since, flat]: unknown[] = parts;
    if (!Array.isArray(flat) || flat.length % 4 !== 0 || flat.length > 4 * LIMIT) return undefined;
    const members: Member[] = [];
    for (let index = 0; index < flat.length; index += 4) {
      const [name, all, did, last]: unknown[] = flat.slice(index, index + 4);
      if (typeof name !== 'string' || name.length > LONGEST || !isCount(all) || !isCount(did)) return undefined;
      if (!isCount(last) || all === 0 || did > all || (index > 0 && name <= (members.at(-1)?.[0] ?? '')))
        return undefined;
      members.push([name, all, did, last]);
    }
    return isAmount(since) ? { members, since } : undefined;
  },
};

/** Those that there is room for. */
function fitting(members: readonly Member[], room: number): readonly Member[] {
  if (members.length <= room) return members;
  const newest = members.reduce((latest, [, , , last]) => Math.max(latest, last), 0);
  const standing = ([, all, , last]: Member) => all * 2 ** ((last - newest) / HALF_LIFE);
  const ranked = members.toSorted((a, b) => standing(b) - standing(a));
  const kept = new Set(ranked.slice(0, room));
  return members.filter((member) => kept.has(member));
}

function find(members: readonly Member[], name: string): Member | undefined {
  const member = members[placeOfNamed(members, name)];
  return member?.[0] === name ? member : undefined;
}

function sumOf(members: readonly Member[], at: Instant): { readonly all: number; readonly did: number } {
  let [all, did] = [0, 0];
  for (const member of members) {
    if (!isKept(member, hourOf(at))) continue;
    all += member[1];
    did += member[2];
  }
  return { all, did };
}

function isKept([, , , last]: Member, hour: number): boolean {
  return hour - last <= MEMORY;
}

function hourOf(at: Instant): number {
  return Math.floor(at / HOUR);
}
