// Somebody without a past has many jobs at once, more than those who belong here usually do, and a large share of all: how free
// runners are used up (I07, I11). Matrices, bots and schedules start as many every day, but not as the first thing of all.
//
// State of a system: 300 jobs of the last twenty minutes, 2,000 accounts and as many places with the first and the last day of
// theirs, of 30 days the most that one who belongs there had within ten minutes. Up to 120 KB; an account changes it once a day.
// Where more are at work than fit, who is new cannot be told, and nothing is.
import type { Activity } from '../../services/core/activity.ts';
import { defineWatch } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import type { Entity } from '../../services/core/entity.ts';
import { placeOf } from '../../services/core/place.ts';
import { DAY, type Instant, MINUTE } from '../../services/core/time.ts';
import { type Acquaintances, acquainted, isCrowded, met, nobody } from '../credential/acquaintances.ts';
import { short } from '../credential/bounded.ts';

const WITHIN = 10 * MINUTE;
const KEPT = 20 * MINUTE;
const JOBS = 300;
const REMEMBERED = 2_000;
const DAYS = 30;
/** Fewer are nobody's trouble. */
const SOME = 8;
const MANY = 15;
const LARGE_SHARE = 1 / 3;
/** A system watched for less does not know who belongs there. */
const LEARNING = 7 * DAY;

/** By first and last day. */
type Known = readonly [name: string, first: number, last: number];

type State = {
  readonly since: Instant;
  readonly jobs: readonly (readonly [at: Instant, account: string, job: string])[];
  readonly accounts: Acquaintances<Known>;
  readonly places: Acquaintances<Known>;
  readonly days: readonly (readonly [day: number, most: number])[];
};

export const jobBurst = defineWatch<'job', State>({
  id: 'job-burst',
  title: 'Somebody new takes many runners at once',
  summary:
    'Knows who starts jobs on a system and how many they have at once, and notices an account without a past that has many, more than others ever do, and a large share of all.',
  catalogue: 'D107',
  severity: 'medium',
  maturity: 'stable',
  owasp: ['CICD-SEC-7', 'CICD-SEC-1'],
  attack: [{ tactic: 'TA0040', technique: 'T1496.001' }],
  cases: () => import('./job-burst.cases.ts'),
  watches: ['job'],
  by: 'system',
  falsePositives: ['A new colleague whose first change starts a large matrix while nothing else runs.', 'A load test.'],
  next: [
    'Look at what the jobs run, and at what else the account did.',
    'Cancel the jobs, and require an approval for accounts without a past.',
  ],

  entity: (activity) => entityOf('system', activity),
  empty: () => ({ since: 0, jobs: [], accounts: nobody(), places: nobody(), days: [] }),

  step(state, activity) {
    const who = starterOf(activity);
    const job = entityOf('job-run', activity);
    const id = activity.cicd?.pipeline?.task?.run?.id ?? job?.id;
    if (!who || id === undefined || activity.actor?.type === 'bot') return { state };
    const at = activity.observed_at;
    const [account, name] = [short(`${who.type}:${who.id}`), short(`${job?.id ?? ''} ${id}`)];
    if (state.jobs.some(([, , other]) => other === name)) return { state };
    const day = Math.floor(at / DAY);
    const place = short(placeOf(activity)?.id ?? who.id);
    const jobs = [...state.jobs.filter(([when]) => at - when <= KEPT), [at, account, name] as const].slice(-JOBS);
    const isNew = isYoung(state.accounts, account, day);
    const near = jobs.filter(([when]) => Math.abs(at - when) <= WITHIN);
    const own = near.filter(([, whose]) => whose === account).length;
    const next: State = {
      since: state.since === 0 ? at : Math.min(state.since, at),
      jobs,
      accounts: seen(state.accounts, account, day),
      places: seen(state.places, place, day),
      days: isNew ? state.days : withMost(state.days, day, own),
    };
    if (!isNew || own < SOME || at - next.since < LEARNING || isCrowded(next.accounts, day)) return { state: next };
    const usual = median(state.days.map(([, most]) => most));
    // In a place that others know, a newcomer has as many at once as they have.
    const most = isYoung(state.places, place, day) ? 0 : usual;
    if (own <= most) return { state: next };
    // Of all newcomers together: whoever makes accounts to use them up has many.
    const share = near.filter(([, whose]) => isYoung(next.accounts, whose, day)).length / near.length;
    const isMany = own >= MANY && own > 2 * most && share >= LARGE_SHARE;
    return {
      state: next,
      raise: {
        severity: isMany ? 'medium' : 'low',
        entity: who,
        observed: `${activity.actor?.name ?? who.id}, who was not seen before yesterday, has ${own} of the ${near.length} jobs of ten minutes${placeOf(activity) ? `, in ${placeOf(activity)?.id}` : ''}.`,
        expected: `On most days nobody who belongs here has more than ${usual} at once, and newcomers have fewer.`,
        history: `${state.days.length} days and ${state.accounts.known.length} accounts are known.`,
        oddity: `burst:${isMany ? 'many' : 'some'}`,
        // Accounts that are made to be used up come in numbers, and are one story.
        links: [{ key: `job-burst:${entityOf('system', activity)?.id ?? ''}` }],
      },
    };
  },
});

/** Whose jobs they are; where no feed tells, the place's. */
function starterOf(activity: Activity): Entity | undefined {
  return entityOf('actor', activity) ?? placeOf(activity);
}

function isYoung(all: Acquaintances<Known>, name: string, day: number): boolean {
  return (met(all, name)?.[1] ?? day) >= day - 1;
}

function seen(all: Acquaintances<Known>, name: string, day: number): Acquaintances<Known> {
  const known = met(all, name);
  const [, first, last] = known ?? [name, day, day];
  if (known && day >= first && day <= last) return all;
  return acquainted(all, [name, Math.min(first, day), Math.max(last, day)], REMEMBERED);
}

function withMost(days: State['days'], day: number, count: number): State['days'] {
  const most = days.find(([of]) => of === day)?.[1] ?? 0;
  if (count <= most) return days;
  return [...days.filter(([of]) => of !== day), [day, count] as const].sort((a, b) => a[0] - b[0]).slice(-DAYS);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
