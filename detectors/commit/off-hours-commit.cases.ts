// Cases of off-hours-commit: an author who works 09–17 on weekdays at UTC-8.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { DAY, HOUR } from '../../services/core/time.ts';

const OFFSET = -480;
/** Monday 2026-01-05 00:00 at UTC-8. */
const MONDAY = Date.UTC(2026, 0, 5, 8);

function commit(at: number, sha: string, email = 'ada@example.org') {
  const person = { name: 'Ada', email, time: { at, offset_minutes: OFFSET } };
  return activityAt(
    at,
    'commit',
    { sha, parents: 1, author: person, committer: person, signature: 'none' },
    { actor: { name: 'ada', email, type: 'person' }, vcs: { repository: { name: 'example/app' } } },
  );
}

/** Two commits each working day, at different hours between 09 and 17. */
function workingDays(days: number, email?: string) {
  return Array.from({ length: days }, (_, day) => day)
    .filter((day) => day % 7 < 5)
    .flatMap((day) =>
      [9 + (day % 4), 13 + (day % 5)].map((hour) => commit(MONDAY + day * DAY + hour * HOUR, `${day}-${hour}`, email)),
    );
}

export const cases: readonly DetectorCase[] = [
  {
    name: 'A commit at 03:30 by an author who has worked by day for ten weeks',
    kind: 'hit',
    history: workingDays(70),
    activity: commit(MONDAY + 72 * DAY + 3.5 * HOUR, 'night'),
    expected: 'low',
  },
  {
    name: 'A commit an hour later than usual',
    kind: 'near-miss',
    history: workingDays(70),
    activity: commit(MONDAY + 72 * DAY + 18.2 * HOUR, 'late'),
    expected: null,
  },
  {
    name: 'The third commit that this author ever made, at night',
    kind: 'cold-start',
    history: workingDays(1),
    activity: commit(MONDAY + 2 * DAY + 3 * HOUR, 'night'),
    expected: null,
  },
  {
    name: 'A commit without any time',
    kind: 'malformed',
    history: workingDays(70),
    activity: activityAt(
      MONDAY + 72 * DAY,
      'commit',
      { sha: 'untimed', parents: 1, author: { email: 'ada@example.org' }, committer: {}, signature: 'unknown' },
      {},
    ),
    expected: null,
  },
];
