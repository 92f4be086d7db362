// One identity writes the same thing to many places within the hour: a pipeline definition, moved tags, rewritten branches,
// packages. Early in 7 of 42 incidents. An announced roll-out comes as proposals that others merge, so those weigh little.
// State, by actor: the last 150 writes, 60 merges, and 10 days with bursts of each sort; under 16 KB.
import type { Activity } from '../../services/core/activity.ts';
import { defineWatch, type Raise } from '../../services/core/detector.ts';
import { actorEntity } from '../../services/core/identity/actor.ts';
import { contentId } from '../../services/core/json.ts';
import type { Severity } from '../../services/core/severity.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../../services/core/time.ts';
import { type Deed, deedsIn, type Sort } from './mass-write-deeds.ts';

const WINDOW = HOUR;
/** A merge and its push are told within this time of each other. */
const TOGETHER = 15 * MINUTE;
const WRITES = 150;
const MERGES = 60;
const DAYS = 10;
/** Somebody who does so on this many other days does it for a living. */
const HABITUAL = 2;

type Write = readonly [at: Instant, sort: Sort, what: string, where: string];
type Merge = readonly [at: Instant, where: string];
type State = {
  readonly writes: readonly Write[];
  /** Proposals that the actor merged: what was written with them was proposed before. */
  readonly merges: readonly Merge[];
  readonly days: Readonly<Partial<Record<Sort, readonly number[]>>>;
};

interface Bar {
  readonly low: number;
  readonly medium: number;
  readonly words: string;
}

/** From how many distinct places on. */
const BARS: Readonly<Record<Sort, Bar>> = {
  definition: { low: 2, medium: 3, words: 'put the same pipeline definition into' },
  edit: { low: 4, medium: 8, words: 'changed the pipeline definition of the same name in' },
  proposal: { low: 5, medium: 50, words: 'pushed the same pipeline definition to branches of' },
  tag: { low: 4, medium: 6, words: 'moved tags of one repository to other commits,' },
  rewrite: { low: 2, medium: 3, words: 'rewrote the default branch of' },
  package: { low: 12, medium: 25, words: 'published' },
};
const PLACES: Readonly<Record<Sort, string>> = {
  definition: 'repositories',
  edit: 'repositories',
  proposal: 'repositories',
  tag: 'tags',
  rewrite: 'repositories',
  package: 'packages',
};

export const massWrite = defineWatch<'push' | 'change' | 'package' | 'release' | 'artifact' | 'protection', State>({
  id: 'mass-write',
  title: 'The same written to many places by one identity',
  summary:
    'Notices an identity that puts the same pipeline definition into several repositories, moves many tags, rewrites several default branches or publishes many packages within an hour, and does not do so usually.',
  catalogue: 'D140',
  severity: 'medium',
  maturity: 'incubating',
  owasp: ['CICD-SEC-1', 'CICD-SEC-4'],
  attack: [
    { tactic: 'TA0008', technique: 'T1072' },
    { tactic: 'TA0003', technique: 'T1195.002' },
  ],
  cases: () => import('./mass-write.cases.ts'),
  watches: ['push', 'change', 'package', 'release', 'artifact', 'protection'],
  falsePositives: [
    'A platform team rolls out a pipeline to all repositories without proposals.',
    'A first release of many packages.',
  ],
  next: [
    'Compare what was written in each place, and ask its owner over another channel.',
    'If it is not theirs: suspend the credential, disable the definitions, put the references back.',
  ],
  by: 'actor',
  entity: (activity) => actorEntity(activity),
  empty: () => ({ writes: [], merges: [], days: {} }),

  step(state, activity) {
    if (activity.kind === 'change') return { state: merged(state, activity) };
    if (activity.kind === 'protection') return { state, raise: refused(state, activity) };
    const deeds = deedsIn(activity);
    if (deeds.length === 0) return { state };
    const at = activity.observed_at;
    const next = deeds.reduce((now, deed) => written(now, deed, at), state);
    const raises = deeds.flatMap((deed) => raiseOf(next, deed, activity) ?? []);
    return { state: raises.reduce((now) => busy(now, deeds, at), next), raise: raises[0] };
  },
});

function written(state: State, { sort, what, where }: Deed, at: Instant): State {
  const key = short(what);
  const place = short(where);
  if (
    state.writes.some(
      (each) => each[1] === sort && each[2] === key && each[3] === place && Math.abs(at - each[0]) <= WINDOW,
    )
  ) {
    return state;
  }
  return { ...state, writes: [...state.writes, [at, sort, key, place] as const].slice(-WRITES) };
}

function merged(state: State, activity: Activity): State {
  const where = activity.vcs?.repository?.name;
  if (where === undefined || activity.kind !== 'change') return state;
  if (activity.detail.merged !== true) return state;
  return { ...state, merges: [...state.merges, [activity.observed_at, short(where)] as const].slice(-MERGES) };
}

function raiseOf(state: State, { sort, what, where }: Deed, activity: Activity): Raise | undefined {
  const places = placesOf(state, sort, short(what), activity.observed_at);
  const severity = severityOf(state, sort, places, activity);
  if (severity === undefined) return undefined;
  const who = activity.actor?.name ?? activity.actor?.email ?? 'Somebody';
  const { words } = BARS[sort];
  return {
    severity,
    observed: `${who} ${words} ${places} ${PLACES[sort]} within an hour: ${what.slice(0, 100)}, last in ${where.slice(0, 100)}.`,
    expected: 'What goes to many places at once is rolled out through proposals that others merge.',
    history: historyOf(state, sort, activity.observed_at),
    oddity: `${sort} ${what} ${severity}`.slice(0, 200),
  };
}

/** How many distinct places it was written to around that time, without those whose proposal the actor merged. */
function placesOf({ writes, merges }: State, sort: Sort, what: string, at: Instant): number {
  const excused = (when: Instant, place: string) =>
    merges.some(([other, where]) => where === place && Math.abs(when - other) <= TOGETHER);
  const near = writes.filter((each) => each[1] === sort && each[2] === what && Math.abs(at - each[0]) <= WINDOW);
  const counted = near.filter(([when, , , place]) => sort === 'proposal' || !excused(when, place));
  return new Set(counted.map(([, , , place]) => place)).size;
}

function severityOf(state: State, sort: Sort, places: number, activity: Activity): Severity | undefined {
  const { low, medium } = BARS[sort];
  if (places < low) return undefined;
  const habitual = bursts(state, sort, activity.observed_at) >= HABITUAL;
  if (habitual) return places >= medium ? 'low' : undefined;
  return places >= medium ? 'medium' : 'low';
}

/** On how many other days the actor did the like. */
function bursts({ days }: State, sort: Sort, at: Instant): number {
  const today = Math.floor(at / DAY);
  return (days[sort] ?? []).filter((day) => Math.abs(today - day) > 1).length;
}

function busy(state: State, deeds: readonly Deed[], at: Instant): State {
  const today = Math.floor(at / DAY);
  const sorts = [...new Set(deeds.map(({ sort }) => sort))].filter((sort) => !state.days[sort]?.includes(today));
  if (sorts.length === 0) return state;
  const days = Object.fromEntries(sorts.map((sort) => [sort, [...(state.days[sort] ?? []), today].slice(-DAYS)]));
  return { ...state, days: { ...state.days, ...days } };
}

/** What was refused belongs to it, where the same hour's writes were not. */
function refused(state: State, activity: Activity): Raise | undefined {
  if (activity.kind !== 'protection' || activity.detail.change !== 'refused') return undefined;
  const at = activity.observed_at;
  const whats = new Set(state.writes.flatMap(([, sort, what]) => (sort === 'definition' ? [what] : [])));
  const most = Math.max(0, ...[...whats].map((what) => placesOf(state, 'definition', what, at)));
  if (most < BARS.definition.medium || bursts(state, 'definition', at) >= HABITUAL) return undefined;
  const who = activity.actor?.name ?? 'Somebody';
  return {
    severity: 'medium',
    observed: `${who} was refused a push to ${activity.vcs?.repository?.name ?? 'a repository'}, after putting the same pipeline definition into ${most} others.`,
    expected: 'What goes to many places at once is rolled out through proposals that others merge.',
    history: historyOf(state, 'definition', at),
    oddity: 'definition refused',
  };
}

function historyOf(state: State, sort: Sort, at: Instant): string {
  const count = bursts(state, sort, at);
  return count === 0
    ? 'This identity was not seen to do so on any other day.'
    : `This identity did the like on ${count} other ${count === 1 ? 'day' : 'days'}.`;
}

function short(text: string): string {
  return contentId(text).slice(0, 12);
}
