// A privileged action at an hour at which its actor does not work: keys, rights, guard rails, secrets, settings, sign-ins. Weak
// alone (3 of 42 incidents), so it multiplies other signals, and is never above low. Machines have no hours.
import { defineDetector } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import { describeOdds } from '../../services/core/odds.ts';
import { type ClaimedTime, DAY } from '../../services/core/time.ts';
import { formatZone, weekdayAndHour } from '../../services/core/zone.ts';
import { type HourDetail, type HourState, hourOfWeek } from '../baselines/hour-of-week.ts';
import { AT_WORK, type AtWork, isByPerson, privilegedDeed } from './privileged-deeds.ts';

/** As for commits: below this, a rhythm says nothing yet. */
const ENOUGH_HOURS = 40;
const UNUSUAL = 1 / 50;
/** Findings that an actor may be expected to give, so that who works many hours is not told of more often. */
const PER_ACTOR_AND_WEEK = 1 / 5;

export const offHoursAction = defineDetector<AtWork, ClaimedTime, HourState, HourDetail>({
  id: 'off-hours-action',
  title: 'Privileged action outside the actor’s own hours',
  summary:
    'Learns at which hours of the week each person works, from all that they do, and notices when they change keys, rights, guard rails, secrets or settings, sign in or clone at an hour at which they hardly ever do anything.',
  catalogue: 'D020',
  severity: 'low',
  maturity: 'incubating',
  owasp: ['CICD-SEC-2'],
  attack: [{ tactic: 'TA0001', technique: 'T1078' }],
  multiplier: true,
  cases: () => import('./off-hours-action.cases.ts'),
  watches: AT_WORK,
  falsePositives: ['An incident or a change window keeps somebody up.', 'Somebody travels.'],
  next: [
    'Ask the person, over a channel other than this system, whether it was them.',
    'Look at what else happened with their credentials in the same hours.',
  ],
  by: 'actor',
  baseline: hourOfWeek,

  levels(activity) {
    return isByPerson(activity) ? [entityOf('actor', activity) ?? []].flat() : [];
  },

  observe({ observed_at }) {
    return { at: observed_at };
  },

  judge(activity, { at }, { detail, probability, observations }) {
    if (detail.repeated || observations < ENOUGH_HOURS) return undefined;
    if (probability > UNUSUAL || probability * detail.pace > PER_ACTOR_AND_WEEK) return undefined;
    const deed = privilegedDeed(activity);
    if (deed === undefined) return undefined;
    const zone = formatZone(detail.offset_minutes);
    return {
      severity: 'low',
      observed: `${activity.actor?.name ?? 'Somebody'} ${deed.slice(0, 120)} on ${weekdayAndHour(at, detail.offset_minutes)} (${zone}).`,
      expected: `At an hour this unusual, ${describeOdds(probability)} of this person’s active hours fall.`,
      picture: {
        type: 'week',
        hours: detail.hours.map((share) => Math.round(share * 1e5) / 1e5),
        at: detail.at,
        zone,
      },
      // A night's work is told once.
      oddity: `night:${Math.floor(at / DAY)}`,
    };
  },
});
