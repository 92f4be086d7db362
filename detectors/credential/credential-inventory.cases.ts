// Cases of credential-inventory: a token that clones for releases, a key of a deployment.
import type { DetectorCase } from '../../services/core/detector-case.ts';
import { DAY, MINUTE, SECOND } from '../../services/core/time.ts';
import { ABROAD, after, call, calls, TOKEN } from './case-uses.ts';

const WORK = calls(30, { credential: TOKEN });
const self = { credential: TOKEN, method: 'GET', operation: '/user' };
const lists = { credential: TOKEN, method: 'GET', operation: '/orgs/:org_id/repos' };
const KEY = {
  credential: { id: 'AKIDEXAMPLE', type: 'long-term access key' },
  actor: 'deployer',
  source: 'aws.cloudtrail',
};
const VAULT = { credential: { id: 'accessor' }, actor: 'ci', source: 'vault.audit' };

export const cases: readonly DetectorCase[] = [
  {
    name: 'The token asks who it is and lists repositories, from where it never was',
    kind: 'hit',
    history: [...WORK, call(after(30), { ...self, client: ABROAD })],
    activity: call(after(30) + 3 * SECOND, { ...lists, client: ABROAD }),
    expected: 'medium',
  },
  {
    name: 'The list comes in before the question',
    kind: 'hit',
    history: [...WORK, call(after(30) + 3 * SECOND, { ...lists, client: ABROAD })],
    activity: call(after(30), { ...self, client: ABROAD }),
    expected: 'medium',
  },
  {
    name: 'A cloud key does, with buckets',
    kind: 'hit',
    history: [
      ...calls(30, { ...KEY, operation: 'PutObject' }),
      call(after(30), { ...KEY, operation: 'GetCallerIdentity', client: ABROAD }),
    ],
    activity: call(after(30) + MINUTE, { ...KEY, operation: 'ListBuckets', client: ABROAD }),
    expected: 'medium',
  },
  {
    name: 'A Vault token looks itself up and lists secrets',
    kind: 'hit',
    history: [
      ...calls(30, { ...VAULT, operation: 'read', path: 'database/creds/app' }),
      call(after(30), { ...VAULT, operation: 'read', path: 'auth/token/lookup-self', client: ABROAD }),
    ],
    activity: call(after(30) + MINUTE, { ...VAULT, operation: 'list', path: 'secret/metadata/', client: ABROAD }),
    expected: 'medium',
  },
  {
    name: 'A key that never did asks who it is, from where it never was',
    kind: 'hit',
    history: calls(30, { ...KEY, operation: 'PutObject' }),
    activity: call(after(30), { ...KEY, operation: 'GetCallerIdentity', client: ABROAD }),
    expected: 'low',
  },
  {
    name: 'Its owner looks around where it is always used',
    kind: 'hit',
    history: [...WORK, call(after(30), self)],
    activity: call(after(30) + 3 * SECOND, lists),
    expected: 'low',
  },
  {
    name: 'A tool that begins each day so',
    kind: 'near-miss',
    history: Array.from({ length: 20 }, (_, day) => [
      call(after(0, day * DAY), self),
      call(after(0, day * DAY) + SECOND, lists),
    ]).flat(),
    activity: call(after(0, 20 * DAY), lists),
    expected: null,
  },
  {
    name: 'The question in the morning, the list in the evening',
    kind: 'near-miss',
    history: [...WORK, call(after(30), self)],
    activity: call(after(30) + DAY / 3, lists),
    expected: null,
  },
  {
    name: 'Refused',
    kind: 'near-miss',
    history: [...WORK, call(after(30), { ...self, client: ABROAD, status: 401 })],
    activity: call(after(30) + SECOND, { ...lists, client: ABROAD, status: 401 }),
    expected: null,
  },
  {
    name: 'An app’s token of this hour lists what it may see',
    kind: 'cold-start',
    history: [call(after(0), { ...self, credential: { id: 'x', type: 'GitHub App server-to-server token' } })],
    activity: call(after(0) + SECOND, { ...lists, credential: { id: 'x', type: 'GitHub App server-to-server token' } }),
    expected: null,
  },
  {
    name: 'A token’s first day: its owner tries it',
    kind: 'cold-start',
    history: [call(after(0), self)],
    activity: call(after(0) + SECOND, lists),
    expected: 'low',
  },
  {
    name: 'Nobody and no address',
    kind: 'malformed',
    history: WORK,
    activity: call(after(30), { ...lists, client: {} }),
    expected: null,
  },
];
