// Cases of control-plane-probe: a controller that refuses whoever has no account.
import type { DetectorCase } from '../../services/core/detector-case.ts';
import { DAY, SECOND } from '../../services/core/time.ts';
import { call, START } from '../credential/case-uses.ts';

const STRANGER = { address: '203.0.113.33', user_agent: 'Java/17.0.10' };
const JENKINS = { source: 'jenkins.access', actor: '', status: 200 };
const cli = { ...JENKINS, operation: 'cli', method: 'POST', path: '/cli?remoting=false', client: STRANGER };
const MONTH = Array.from({ length: 30 }, (_, day) => [
  call(START + day * DAY, { ...cli, actor: 'svc-cli', client: { address: '10.20.1.4' } }),
  call(START + day * DAY + SECOND, { ...JENKINS, operation: '/login', method: 'GET', path: '/login', status: 403 }),
]).flat();
const NOW = START + 30 * DAY;

export const cases: readonly DetectorCase[] = [
  {
    name: 'A stranger speaks to the command line, and is answered',
    kind: 'hit',
    history: MONTH,
    activity: call(NOW, cli),
    expected: 'medium',
  },
  {
    name: 'And again at once',
    kind: 'hit',
    history: [...MONTH, call(NOW, cli)],
    activity: call(NOW + SECOND, cli),
    expected: 'high',
  },
  {
    name: 'A stranger reads the API',
    kind: 'hit',
    history: MONTH,
    activity: call(NOW, { ...JENKINS, operation: '/api/json', method: 'GET', path: '/api/json', client: STRANGER }),
    expected: 'low',
  },
  {
    name: 'A pod is created without an account',
    kind: 'hit',
    history: MONTH.map((each) => ({ ...each, source: 'ocsf' })),
    activity: call(NOW, { ...JENKINS, source: 'ocsf', operation: 'create pods', client: STRANGER }),
    expected: 'medium',
  },
  {
    name: 'A census of the internet asks for pages',
    kind: 'near-miss',
    history: MONTH,
    activity: call(NOW, { ...JENKINS, operation: '/robots.txt', method: 'GET', path: '/robots.txt', client: STRANGER }),
    expected: null,
  },
  {
    name: 'The command line refuses',
    kind: 'near-miss',
    history: MONTH,
    activity: call(NOW, { ...cli, status: 403 }),
    expected: null,
  },
  {
    name: 'Where anybody may read the API, and does each day',
    kind: 'near-miss',
    history: Array.from({ length: 30 }, (_, day) =>
      call(START + day * DAY, { ...JENKINS, operation: '/api/json', method: 'GET', path: '/api/json' }),
    ),
    activity: call(NOW, { ...JENKINS, operation: '/api/json', method: 'GET', path: '/api/json', client: STRANGER }),
    expected: null,
  },
  {
    name: 'The first record of a controller',
    kind: 'cold-start',
    history: [],
    activity: call(START, cli),
    expected: null,
  },
  {
    name: 'No HTTP at all, and no status',
    kind: 'malformed',
    history: MONTH,
    activity: call(NOW, { source: 'jenkins.access', actor: '', operation: 'malformed', client: {} }),
    expected: null,
  },
];
