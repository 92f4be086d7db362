// Cases of new-principal: an administrator who works from her office.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { ABROAD, after, call, calls, OFFICE } from './case-uses.ts';

const WORK = calls(60);

function fields(client = OFFICE, actor = 'grace') {
  return { source: 'github.audit', actor: { name: actor, type: 'person' as const }, client };
}

export const cases: readonly DetectorCase[] = [
  {
    name: 'A deploy key that may write is added from abroad, with another program',
    kind: 'hit',
    history: WORK,
    activity: activityAt(
      after(60),
      'grant',
      { action: 'public_key.create', type: 'deploy key', name: 'robot', write: true },
      fields(ABROAD),
    ),
    expected: 'medium',
  },
  {
    name: 'A collaborator is added from the office',
    kind: 'hit',
    history: WORK,
    activity: activityAt(after(60), 'access', { action: 'repo.add_member', subject: 'alan', role: 'write' }, fields()),
    expected: 'low',
  },
  {
    name: 'She makes a token of a registry from abroad',
    kind: 'hit',
    history: WORK,
    activity: call(after(60), { client: ABROAD, method: 'POST', operation: '/-/npm/v1/tokens' }),
    expected: 'medium',
  },
  {
    name: 'An app’s installation gets its token of the hour from elsewhere',
    kind: 'near-miss',
    history: WORK,
    activity: call(after(60), { client: ABROAD, method: 'POST', operation: '/app/installations/7/access_tokens' }),
    expected: null,
  },
  {
    name: 'She makes a token in the office',
    kind: 'near-miss',
    history: WORK,
    activity: call(after(60), { method: 'POST', operation: '/personal_access_tokens' }),
    expected: null,
  },
  {
    name: 'Somebody is removed from abroad',
    kind: 'near-miss',
    history: WORK,
    activity: activityAt(after(60), 'access', { action: 'org.remove_member', subject: 'alan' }, fields(ABROAD)),
    expected: null,
  },
  {
    name: 'A role is taken for an hour',
    kind: 'near-miss',
    history: WORK,
    activity: activityAt(after(60), 'access', { action: 'AssumeRole', subject: 'ci', role: 'admin' }, fields(ABROAD)),
    expected: null,
  },
  {
    name: 'Somebody signs up for themselves',
    kind: 'near-miss',
    history: [],
    activity: activityAt(after(0), 'access', { action: 'user_created', subject: 'alan' }, fields(OFFICE, 'alan')),
    expected: null,
  },
  {
    name: 'The first thing ever seen of an administrator',
    kind: 'cold-start',
    history: [],
    activity: activityAt(
      after(0),
      'access',
      { action: 'org.add_member', subject: 'alan', role: 'admin' },
      fields(ABROAD),
    ),
    expected: 'low',
  },
  {
    name: 'Nobody, nowhere, nothing',
    kind: 'malformed',
    history: WORK,
    activity: activityAt(after(60), 'grant', { action: '' }, { client: {} }),
    expected: null,
  },
];
