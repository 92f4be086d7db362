// Cases of verified-secret.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { HOUR } from '../../services/core/time.ts';

const AT = Date.UTC(2026, 2, 3, 14);

function alert(at: number, action: string, verified?: boolean) {
  return activityAt(
    at,
    'alert',
    {
      action,
      tool: 'TruffleHog',
      rule: 'Slack',
      location: { path: 'deploy/notify.sh', line: 4 },
      ...(verified !== undefined && { verified }),
    },
    { source: 'trufflehog', vcs: { repository: { name: 'example/app' } } },
  );
}

export const cases: readonly DetectorCase[] = [
  { name: 'A token that works', kind: 'hit', history: [], activity: alert(AT, 'found', true), expected: 'medium' },
  {
    name: 'The next scan finds it again',
    kind: 'near-miss',
    history: [alert(AT, 'found', true)],
    activity: alert(AT + HOUR, 'found', true),
    expected: null,
  },
  {
    name: 'A token that does not work',
    kind: 'near-miss',
    history: [],
    activity: alert(AT, 'found', false),
    expected: null,
  },
  {
    name: 'The alert is resolved',
    kind: 'near-miss',
    history: [],
    activity: alert(AT, 'resolved', true),
    expected: null,
  },
  {
    name: 'The first alert of all',
    kind: 'cold-start',
    history: [],
    activity: alert(AT, 'created', true),
    expected: 'medium',
  },
  { name: 'Nobody tried it', kind: 'malformed', history: [], activity: alert(AT, 'found'), expected: null },
];
