// Cases of analyzer-degraded.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { ownActivity } from '../../services/core/own-activity.ts';

const AT = Date.UTC(2026, 2, 3, 14);

export const cases: readonly DetectorCase[] = [
  {
    name: 'A stored profile cannot be read',
    kind: 'hit',
    history: [],
    activity: ownActivity(
      AT,
      'profile-corrupt',
      'The profile new-workflow-egress/job:example/app:ci.yml#test cannot be read',
    ),
    expected: 'medium',
  },
  {
    name: 'A flood of names pushed the least used profiles out',
    kind: 'hit',
    history: [],
    activity: ownActivity(AT, 'profiles-full', '1,000 of the least used profiles gave way'),
    expected: 'low',
  },
  {
    name: 'A scanner’s alert is another thing',
    kind: 'near-miss',
    history: [],
    activity: activityAt(AT, 'alert', { action: 'created', tool: 'gitleaks', rule: 'profile-corrupt' }),
    expected: null,
  },
  {
    name: 'The first thing that is ever seen',
    kind: 'cold-start',
    history: [],
    activity: ownActivity(AT, 'profile-corrupt', 'The profile off-hours-commit/actor:ada cannot be read'),
    expected: 'medium',
  },
  {
    name: 'An alert of its own that says nothing',
    kind: 'malformed',
    history: [],
    activity: activityAt(AT, 'alert', { action: '' }, { source: 'pipewarden' }),
    expected: 'low',
  },
];
