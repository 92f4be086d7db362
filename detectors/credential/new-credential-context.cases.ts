// Cases of new-credential-context: a release token that runs from one build network.
import type { Client } from '../../services/core/activity.ts';
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { DAY, HOUR } from '../../services/core/time.ts';

const START = Date.UTC(2026, 0, 5);
const BUILD: Client = { address: '192.0.2.14', country_iso_code: 'US', user_agent: 'git/2.43.0' };

function use(at: number, client: Client | undefined) {
  return activityAt(
    at,
    'request',
    { operation: 'git.clone' },
    {
      actor: { name: 'release-bot', type: 'bot' },
      credential: { id: 'hash-of-release-token', type: 'personal access token' },
      ...(client ? { client } : {}),
    },
  );
}

function uses(count: number) {
  return Array.from({ length: count }, (_, index) => use(START + index * 8 * HOUR, BUILD));
}

export const cases: readonly DetectorCase[] = [
  {
    name: 'A script uses the token from a host abroad, after forty uses from the build network',
    kind: 'hit',
    history: uses(40),
    activity: use(START + 20 * DAY, {
      address: '203.0.113.199',
      country_iso_code: 'NL',
      user_agent: 'python-requests/2.32.3',
    }),
    expected: 'high',
  },
  {
    name: 'The same client from abroad: somebody travels',
    kind: 'hit',
    history: uses(40),
    activity: use(START + 20 * DAY, { ...BUILD, address: '203.0.113.7', country_iso_code: 'NL' }),
    expected: 'low',
  },
  {
    name: 'A new version of the same client from a neighbouring address',
    kind: 'near-miss',
    history: uses(40),
    activity: use(START + 20 * DAY, { ...BUILD, address: '192.0.2.77', user_agent: 'git/2.45.1' }),
    expected: null,
  },
  {
    name: 'The fifth use of a young token, from a new network with a new client',
    kind: 'cold-start',
    history: uses(4),
    activity: use(START + 20 * DAY, { address: '203.0.113.199', user_agent: 'curl/8.5.0' }),
    expected: null,
  },
  {
    name: 'A use without any address or client',
    kind: 'malformed',
    history: uses(40),
    activity: use(START + 20 * DAY, { address: 'not an address', user_agent: '   ' }),
    expected: null,
  },
];
