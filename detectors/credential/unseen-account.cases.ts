// Cases of unseen-account: a controller with one administrator and two users.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { DAY, HOUR, MINUTE } from '../../services/core/time.ts';
import { call, START } from './case-uses.ts';

const CLIENT = { address: '198.51.100.34', user_agent: 'curl/8.5.0' };

function fields(actor: string) {
  return {
    source: 'jenkins.audit',
    client: CLIENT,
    ...(actor !== '' && { actor: { name: actor, type: 'unknown' as const } }),
  };
}

function script(at: number, actor: string) {
  return activityAt(at, 'request', { operation: 'script console', method: 'POST' }, fields(actor));
}

function configured(at: number, actor: string) {
  return activityAt(at, 'definition', { system: 'jenkins', path: 'app/config.xml', change: 'changed' }, fields(actor));
}

const MONTH = Array.from({ length: 30 }, (_, day) => [
  call(START + day * DAY, { actor: 'alan', source: 'jenkins.access', operation: '/job/*', method: 'GET' }),
  configured(START + day * DAY + HOUR, 'grace'),
]).flat();
const NOW = START + 30 * DAY;
/** More people than are remembered. */
const CROWD = Array.from({ length: 2_100 }, (_, index) =>
  call(START + 20 * DAY + index * MINUTE, { actor: `user-${index}`, source: 'jenkins.access', operation: '/job/*' }),
);

export const cases: readonly DetectorCase[] = [
  {
    name: 'The emergency account, which nobody ever saw, runs a script',
    kind: 'hit',
    history: MONTH,
    activity: script(NOW, 'admin'),
    expected: 'medium',
  },
  {
    name: 'An account that was made ten minutes ago configures a job',
    kind: 'hit',
    history: [...MONTH, activityAt(NOW, 'access', { action: 'createAccountByAdmin' }, fields('grace'))],
    activity: configured(NOW + 10 * MINUTE, 'svc-metrics'),
    expected: 'medium',
  },
  {
    name: 'Where so many are at work that who is new cannot be told',
    kind: 'near-miss',
    history: [...MONTH, ...CROWD],
    activity: script(NOW, 'admin'),
    expected: null,
  },
  {
    name: 'A new colleague configures a job',
    kind: 'hit',
    history: MONTH,
    activity: configured(NOW, 'ada'),
    expected: 'low',
  },
  {
    name: 'The administrator runs a script',
    kind: 'near-miss',
    history: MONTH,
    activity: script(NOW, 'grace'),
    expected: null,
  },
  {
    name: 'A new colleague looks at a job',
    kind: 'near-miss',
    history: MONTH,
    activity: call(NOW, { actor: 'ada', source: 'jenkins.access', operation: '/job/*', method: 'GET' }),
    expected: null,
  },
  {
    name: 'A system that is watched since yesterday',
    kind: 'cold-start',
    history: MONTH.slice(0, 2),
    activity: script(START + DAY, 'admin'),
    expected: null,
  },
  {
    name: 'Nobody',
    kind: 'malformed',
    history: MONTH,
    activity: script(NOW, ''),
    expected: null,
  },
];
