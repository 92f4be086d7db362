// Cases of protection-gap.
import type { ActivityDetails } from '../../services/core/activity.ts';
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { DAY, MINUTE } from '../../services/core/time.ts';

const AT = Date.UTC(2026, 2, 3, 14);

function guard(
  at: number,
  change: ActivityDetails['protection']['change'],
  target = 'main',
  what = 'branch protection',
) {
  return activityAt(
    at,
    'protection',
    { change, what, target },
    { actor: { name: 'grace', type: 'person' }, vcs: { repository: { name: 'example/app' } } },
  );
}

export const cases: readonly DetectorCase[] = [
  {
    name: 'The protection of a release branch comes back after seventeen minutes',
    kind: 'hit',
    history: [guard(AT - 17 * MINUTE, 'removed', 'release/*')],
    activity: guard(AT, 'added', 'release/*'),
    expected: 'medium',
  },
  {
    name: 'The record of its end comes after that of its return',
    kind: 'hit',
    history: [guard(AT, 'added')],
    activity: guard(AT - 17 * MINUTE, 'removed'),
    expected: 'medium',
  },
  {
    name: 'On a feature branch',
    kind: 'hit',
    history: [guard(AT - 17 * MINUTE, 'removed', 'feature/import')],
    activity: guard(AT, 'added', 'feature/import'),
    expected: 'low',
  },
  {
    name: 'A tool makes the rule anew',
    kind: 'near-miss',
    history: [guard(AT - 2000, 'removed')],
    activity: guard(AT, 'added'),
    expected: null,
  },
  {
    name: 'Another branch is protected',
    kind: 'near-miss',
    history: [guard(AT - 17 * MINUTE, 'removed')],
    activity: guard(AT, 'added', 'release/*'),
    expected: null,
  },
  {
    name: 'It comes back the next day',
    kind: 'near-miss',
    history: [guard(AT - DAY, 'removed')],
    activity: guard(AT, 'added'),
    expected: null,
  },
  {
    name: 'The first that is known',
    kind: 'cold-start',
    history: [],
    activity: guard(AT, 'added'),
    expected: null,
  },
  {
    name: 'Nobody and nothing is named',
    kind: 'malformed',
    history: [],
    activity: activityAt(AT, 'protection', { change: 'added', what: '' }, {}),
    expected: null,
  },
];
