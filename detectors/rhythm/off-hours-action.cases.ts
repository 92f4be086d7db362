// Cases of off-hours-action: an administrator who works 09–17 UTC on weekdays, as the audit log tells.
import type { Activity, ActivityBase } from '../../services/core/activity.ts';
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { DAY, HOUR } from '../../services/core/time.ts';

/** Monday 2026-01-05 00:00. */
const MONDAY = Date.UTC(2026, 0, 5);
const LATER = MONDAY + 72 * DAY;
const GRACE: Partial<ActivityBase> = { source: 'github.audit', actor: { name: 'grace', type: 'person' } };

function grant(at: number, fields: Partial<ActivityBase> = GRACE): Activity {
  return activityAt(at, 'grant', { action: 'public_key.create', type: 'ssh key' }, fields);
}

/** Two pushes each working day, at different hours between 09 and 17. */
function workingDays(days: number): readonly Activity[] {
  return Array.from({ length: days }, (_, day) => day)
    .filter((day) => day % 7 < 5)
    .flatMap((day) =>
      [9 + (day % 4), 13 + (day % 5)].map((hour) => {
        const detail = { created: false, deleted: false, commits: 1 };
        return activityAt(MONDAY + day * DAY + hour * HOUR, 'push', detail, GRACE);
      }),
    );
}

export const cases: readonly DetectorCase[] = [
  {
    name: 'A key is added at three at night',
    kind: 'hit',
    history: workingDays(70),
    activity: grant(LATER + 3 * HOUR),
    expected: 'low',
  },
  {
    name: 'A key is added at noon',
    kind: 'near-miss',
    history: workingDays(70),
    activity: grant(LATER + 12 * HOUR),
    expected: null,
  },
  {
    name: 'A pull request is opened at three at night',
    kind: 'near-miss',
    history: workingDays(70),
    activity: activityAt(LATER + 3 * HOUR, 'change', { action: 'opened' }, GRACE),
    expected: null,
  },
  {
    name: 'A bot adds a key at three at night',
    kind: 'near-miss',
    history: workingDays(70),
    activity: grant(LATER + 3 * HOUR, { ...GRACE, actor: { name: 'grace', type: 'bot' } }),
    expected: null,
  },
  {
    name: 'Somebody of whom three days are known',
    kind: 'cold-start',
    history: workingDays(3),
    activity: grant(LATER + 3 * HOUR),
    expected: null,
  },
  {
    name: 'Nobody is named',
    kind: 'malformed',
    history: workingDays(70),
    activity: grant(LATER + 3 * HOUR, { source: 'github.audit' }),
    expected: null,
  },
];
