// Cases of new-credential-context: a release token of one build network, a person, a machine account, a shared key.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { MINUTE } from '../../services/core/time.ts';
import { ABROAD, after, call, calls, OFFICE, START, TOKEN } from './case-uses.ts';

const token = { credential: TOKEN, repository: 'example/app' };
const RELEASES = [
  ...calls(20, token),
  ...calls(40, { ...token, method: 'POST', operation: '/repositories/:repository_id/releases' }),
];

export const cases: readonly DetectorCase[] = [
  {
    name: 'A script asks with the release token who it is, from a host abroad',
    kind: 'hit',
    history: RELEASES,
    activity: call(after(40), { ...token, client: ABROAD, method: 'GET', operation: '/user' }),
    expected: 'high',
  },
  {
    name: 'A token of nine release runs is used abroad with another program for another purpose',
    kind: 'hit',
    history: calls(9, { ...token, method: 'POST', operation: '/repositories/:repository_id/releases' }),
    activity: call(after(9), { ...token, client: ABROAD, method: 'GET', operation: '/user' }),
    expected: 'medium',
  },
  {
    name: 'A machine that only ever fetches, from one network, fetches from another',
    kind: 'hit',
    history: calls(600, { actor: 'deployer', operation: 'git.fetch' }),
    activity: call(after(600), {
      actor: 'deployer',
      operation: 'git.fetch',
      client: { ...ABROAD, user_agent: 'git/2.50.1' },
    }),
    expected: 'medium',
  },
  {
    name: 'A cluster’s account, which never left its network, lists secrets from elsewhere',
    kind: 'hit',
    history: [
      ...calls(70, { actor: 'deployer[bot]', operation: 'patch deployments' }),
      ...calls(30, { actor: 'deployer[bot]', operation: 'get pods' }),
    ],
    activity: call(after(70), {
      actor: 'deployer[bot]',
      operation: 'list secrets',
      client: { ...ABROAD, user_agent: 'git/2.43.0' },
    }),
    expected: 'high',
  },
  {
    name: 'A person adds a key from abroad, which she never did anywhere',
    kind: 'hit',
    history: [...calls(60), ...calls(60, { operation: 'git.push' })],
    activity: activityAt(
      after(60),
      'grant',
      { action: 'public_key.create', type: 'ssh key' },
      {
        source: 'github.audit',
        actor: { name: 'grace', type: 'person' },
        client: { ...ABROAD, user_agent: 'git/2.43.0' },
      },
    ),
    expected: 'medium',
  },
  {
    name: 'The same client from abroad: somebody travels',
    kind: 'hit',
    history: calls(120),
    activity: call(after(120), { client: { ...OFFICE, address: '203.0.113.7', country_iso_code: 'NL' } }),
    expected: 'low',
  },
  {
    name: 'A sign-in with a second factor from an hotel, in a browser',
    kind: 'hit',
    history: calls(60),
    activity: activityAt(
      after(60),
      'session',
      { action: 'login', method: 'password', mfa: true },
      {
        source: 'github.audit',
        actor: { name: 'grace', type: 'person' },
        client: { ...ABROAD, user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' },
      },
    ),
    expected: 'low',
  },
  {
    name: 'A new version of the same client from a neighbouring address',
    kind: 'near-miss',
    history: calls(120, token),
    activity: call(after(120), { ...token, client: { ...OFFICE, address: '192.0.2.77', user_agent: 'git/2.45.1' } }),
    expected: null,
  },
  {
    name: 'Another network of the same country with the same client, after few uses',
    kind: 'near-miss',
    history: calls(40),
    activity: call(after(40), { client: { ...OFFICE, address: '198.51.100.9' } }),
    expected: null,
  },
  {
    name: 'A token that comes from another network each time comes from one more',
    kind: 'near-miss',
    history: Array.from({ length: 60 }, (_, index) =>
      call(START + index * 8 * 60 * MINUTE, { ...token, client: { ...OFFICE, address: `198.51.${index}.4` } }),
    ),
    activity: call(after(60), { ...token, client: { ...OFFICE, address: '203.0.113.4', user_agent: 'git/2.50.0' } }),
    expected: null,
  },
  {
    name: 'An app’s token of this hour, whose past is its app’s',
    kind: 'near-miss',
    history: calls(60, { credential: { id: 'a', type: 'GitHub App server-to-server token' } }),
    activity: call(after(60), { credential: { id: 'a', type: 'GitHub App server-to-server token' }, client: ABROAD }),
    expected: null,
  },
  {
    name: 'The third use of a young token, from a new network with a new client',
    kind: 'cold-start',
    history: calls(2, token),
    activity: call(after(2), { ...token, client: ABROAD }),
    expected: null,
  },
  {
    name: 'A use without any address or client',
    kind: 'malformed',
    history: RELEASES,
    activity: call(after(40), { ...token, client: { address: 'not an address', user_agent: '   ' } }),
    expected: null,
  },
];
