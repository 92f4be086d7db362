// A commit at an hour at which its author does not work. Weak alone (3 of 42 incidents), so it multiplies other signals.
import { defineDetector } from '../../services/core/detector.ts';
import { actorEntity } from '../../services/core/identity/actor.ts';
import { describeOdds } from '../../services/core/odds.ts';
import { formatZone, weekdayAndHour } from '../../services/core/zone.ts';
import { type HourDetail, type HourState, hourOfWeek } from '../baselines/hour-of-week.ts';

/** Below this, a personal rhythm says nothing yet: the day’s shape and the floor weigh half as much as all that was seen. */
const ENOUGH_HOURS = 40;
const UNUSUAL = 1 / 50;
/**
 * Probabilities hold per active hour, so who works many hours meets a rare one more often: an author’s expected findings,
 * the probability times the pace, stay within one in five weeks. They are low, and only strengthen others.
 */
const PER_AUTHOR_AND_WEEK = 1 / 5;

export const offHoursCommit = defineDetector<'commit', { at: number; offset_minutes?: number }, HourState, HourDetail>({
  id: 'off-hours-commit',
  title: 'Commit outside the author’s own hours',
  summary:
    'Learns at which hours of the week, in their own time, each author commits, and notices a commit at an hour at which they hardly ever work.',
  catalogue: 'D020',
  severity: 'low',
  maturity: 'stable',
  owasp: ['CICD-SEC-2'],
  attack: [{ tactic: 'TA0001', technique: 'T1078' }],
  multiplier: true,
  cases: () => import('./off-hours-commit.cases.ts'),
  watches: ['commit'],
  falsePositives: [
    'An incident or a release kept the author up.',
    'The author travels with a machine that still shows the old zone.',
  ],
  next: [
    'Ask the author, over a channel other than the repository, whether the commit is theirs.',
    'Look at what else happened with their credentials in the same hours.',
  ],
  by: 'actor',
  baseline: hourOfWeek,

  levels(activity) {
    return activity.actor?.type === 'bot' ? [] : [actorEntity(activity) ?? []].flat();
  },

  observe({ detail }) {
    return detail.author.time;
  },

  judge(activity, observation, reading) {
    const { detail, probability, observations } = reading;
    if (detail.repeated || observations < ENOUGH_HOURS) return undefined;
    if (probability > UNUSUAL || probability * detail.pace > PER_AUTHOR_AND_WEEK) return undefined;
    const zone = formatZone(detail.offset_minutes);
    const author = activity.detail.author.name ?? activity.detail.author.email ?? 'The author';
    return {
      severity: 'low',
      observed: `${author} committed ${activity.detail.sha.slice(0, 8)} on ${weekdayAndHour(observation.at, detail.offset_minutes)} (${zone}).`,
      expected: `At an hour this unusual, ${describeOdds(probability)} of this author’s active hours fall.`,
      picture: {
        type: 'week',
        hours: detail.hours.map((share) => Math.round(share * 1e5) / 1e5),
        at: detail.at,
        zone,
      },
    };
  },
});
