// What has been learned of one entity for one detector, and what waits to be: learning is guarded.
//
// - What is ordinary is learned at once. What is unusual waits for a day of event time (probation), tied to its activity; an
//   incident that claims the activity before then holds it, until a person says what it was. So an attack does not become
//   normal by being repeated.
// - Nobody teaches a shared profile more than `DAILY` observations a day, nor has more than `WAITING_OF_ONE` waiting: one
//   account cannot make its ways everybody's.
import type { Baseline } from '../../core/baseline.ts';
import type { Json } from '../../core/json.ts';
import { DAY, type Instant } from '../../core/time.ts';

export const PROBATION = DAY;
/** Waiting observations of a profile; more are not learned, which the next occurrence makes good. */
const WAITING = 32;
const WAITING_OF_ONE = 8;
const DAILY = 200;
/**
 * What somebody's word decides stays open for so long. Then what was taught becomes part of the state, and what an incident
 * holds is forgotten: it was not learned, and comes again if it is ordinary.
 */
const DECIDED = 30 * DAY;
/** Members whose share of the day is counted; others have none yet. */
const COUNTED = 50;

/** A state of the baseline, in the form that it is stored in. */
export interface Profile {
  readonly state: Json;
  readonly waiting: readonly Waiting[];
  readonly day: number;
  readonly shares: Readonly<Record<string, number>>;
}

/** `held`: an incident holds it. `taught`: somebody said that it is expected; it counts at once, and can be taken back. */
type Waiting = readonly [activity: string, at: Instant, observation: Json, by: string, word?: 'held' | 'taught'];

export interface Lesson {
  readonly activity: string;
  readonly at: Instant;
  readonly observation: unknown;
  /** Whoever made it happen; empty where nobody is known. */
  readonly by: string;
  readonly unusual: boolean;
}

export function emptyProfile(baseline: Baseline<unknown, Json, unknown>): Profile {
  return { state: baseline.empty(), waiting: [], day: 0, shares: {} };
}

/** With what has waited long enough by then. */
export function matured(profile: Profile, baseline: Baseline<unknown, Json, unknown>, at: Instant): Profile {
  const due = ([, since, , , word]: Waiting) => at - since >= (word ? DECIDED : PROBATION);
  if (!profile.waiting.some(due)) return profile;
  let { state } = profile;
  for (const each of profile.waiting) {
    const [, since, observation, , word] = each;
    if (due(each) && word !== 'held') state = baseline.observe(state, observation, since);
  }
  return { ...profile, state, waiting: profile.waiting.filter((each) => !due(each)) };
}

/** After a lesson; the same object where it teaches nothing. */
export function taught(profile: Profile, baseline: Baseline<unknown, Json, unknown>, lesson: Lesson): Profile {
  const { activity, at, observation, by, unusual } = lesson;
  const day = Math.floor(at / DAY);
  const shares = day > profile.day ? {} : profile.shares;
  const share = shares[by] ?? 0;
  if (by !== '' && share >= DAILY) return profile;
  if (unusual) {
    if (profile.waiting.length >= WAITING) return profile;
    if (profile.waiting.filter(([, , , other]) => other === by).length >= WAITING_OF_ONE) return profile;
    return { ...profile, waiting: [...profile.waiting, [activity, at, observation as Json, by]] };
  }
  const state = baseline.observe(profile.state, observation, at);
  if (state === profile.state) return profile;
  const counted = by !== '' && (by in shares || Object.keys(shares).length < COUNTED);
  return {
    ...profile,
    state,
    day: Math.max(day, profile.day),
    shares: counted ? { ...shares, [by]: share + 1 } : shares,
  };
}

/** The state that is read: with what somebody taught, which can still be taken back. */
export function readable(profile: Profile, baseline: Baseline<unknown, Json, unknown>): Json {
  return profile.waiting.reduce<Json>(
    (state, [, at, observation, , word]) => (word === 'taught' ? baseline.observe(state, observation, at) : state),
    profile.state,
  );
}

/** What somebody said of what these activities were to teach: an incident holds it, or a person teaches it. */
export type Word = 'hold' | 'teach';

export function told(profile: Profile, word: Word, activities: ReadonlySet<string>): Profile {
  if (!profile.waiting.some(([activity]) => activities.has(activity))) return profile;
  const waiting = profile.waiting.map((each): Waiting => {
    const [activity, at, observation, by] = each;
    return activities.has(activity) ? [activity, at, observation, by, word === 'hold' ? 'held' : 'taught'] : each;
  });
  return { ...profile, waiting };
}
