// Cases of audit-trail-cut.
import type { ActivityDetails } from '../../services/core/activity.ts';
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { DAY } from '../../services/core/time.ts';

const AT = Date.UTC(2026, 2, 3, 14);
const fields = { source: 'github.audit', actor: { name: 'grace', type: 'person' as const }, organization: 'example' };

function guard(detail: ActivityDetails['protection']) {
  return activityAt(AT, 'protection', detail, fields);
}

function keep(name: string, to: string | undefined, at = AT) {
  return activityAt(
    at,
    'setting',
    { action: 'PutRetentionPolicy', name, ...(to !== undefined && { to }) },
    { ...fields, source: 'aws.cloudtrail' },
  );
}

export const cases: readonly DetectorCase[] = [
  {
    name: 'The stream of the audit log is paused',
    kind: 'hit',
    history: [],
    activity: guard({ change: 'removed', what: 'audit log streaming' }),
    expected: 'high',
  },
  {
    name: 'The stream goes elsewhere',
    kind: 'hit',
    history: [],
    activity: guard({ change: 'changed', what: 'audit log streaming' }),
    expected: 'medium',
  },
  {
    name: 'A trail of the cloud is stopped',
    kind: 'hit',
    history: [],
    activity: guard({ change: 'removed', what: 'cloudtrail: stop logging', target: 'organization' }),
    expected: 'high',
  },
  {
    name: 'What a trail keeps is kept for a day',
    kind: 'hit',
    history: [],
    activity: keep('organization-trail', '1'),
    expected: 'high',
  },
  {
    name: 'A store of a year is cut to a month',
    kind: 'hit',
    history: [keep('audit', '400', AT - 40 * DAY)],
    activity: keep('audit', '30'),
    expected: 'high',
  },
  {
    name: 'Logs of one program are kept for a day from now on',
    kind: 'hit',
    history: [keep('/jobs/build', '90', AT - 40 * DAY)],
    activity: keep('/jobs/build', '1'),
    expected: 'medium',
  },
  {
    name: 'The logs of a program that is gone are removed',
    kind: 'hit',
    history: [],
    activity: guard({ change: 'removed', what: 'logs: delete log group', target: '/jobs/preview-12' }),
    expected: 'low',
  },
  {
    name: 'The same few days are set again at each roll-out',
    kind: 'near-miss',
    history: [keep('/jobs/build', '3', AT - 10 * DAY)],
    activity: keep('/jobs/build', '3'),
    expected: null,
  },
  {
    name: 'Kept for longer',
    kind: 'near-miss',
    history: [],
    activity: keep('organization-trail', '400'),
    expected: null,
  },
  {
    name: 'A stream is added',
    kind: 'near-miss',
    history: [],
    activity: guard({ change: 'added', what: 'audit log streaming' }),
    expected: null,
  },
  {
    name: 'The first thing that is known of a store',
    kind: 'cold-start',
    history: [],
    activity: keep('/jobs/build', '14'),
    expected: null,
  },
  {
    name: 'Days that are no number',
    kind: 'malformed',
    history: [],
    activity: keep('organization-trail', undefined),
    expected: null,
  },
];
