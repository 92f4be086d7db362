// Cases of sleeping-credential: grace works from her office by SSH, and has an old token.
import type { DetectorCase } from '../../services/core/detector-case.ts';
import { DAY } from '../../services/core/time.ts';
import { ABROAD, after, call, calls, START, TOKEN } from './case-uses.ts';

const WORK = [...calls(60), ...calls(60, { operation: 'git.push' })];
const APP = { actor: 'mirror[bot]', credential: { id: 'one', type: 'GitHub App server-to-server token' } };

export const cases: readonly DetectorCase[] = [
  {
    name: 'A token that grace was never seen with lists her repositories from abroad, by a script',
    kind: 'hit',
    history: WORK,
    activity: call(after(60), { credential: TOKEN, client: ABROAD, method: 'GET', operation: '/user/repos' }),
    expected: 'medium',
  },
  {
    name: 'Her token wakes after three months, where she works',
    kind: 'hit',
    history: [call(START, { credential: TOKEN }), ...calls(300)],
    activity: call(after(300), { credential: TOKEN }),
    expected: 'low',
  },
  {
    name: 'An app’s token of this hour is used abroad by another program',
    kind: 'hit',
    history: calls(120, APP),
    activity: call(after(120), { ...APP, credential: { ...APP.credential, id: 'two' }, client: ABROAD }),
    expected: 'medium',
  },
  {
    name: 'Another token abroad, while she is known for a week',
    kind: 'cold-start',
    history: calls(21),
    activity: call(after(21), { credential: TOKEN, client: ABROAD, method: 'GET', operation: '/user/repos' }),
    expected: 'low',
  },
  {
    name: 'An app’s own token, in her name',
    kind: 'near-miss',
    history: WORK,
    activity: call(after(60), { credential: APP.credential, client: ABROAD, method: 'GET', operation: '/user/repos' }),
    expected: null,
  },
  {
    name: 'A new token of hers, from her office',
    kind: 'near-miss',
    history: WORK,
    activity: call(after(60), { credential: TOKEN, method: 'GET', operation: '/user/repos' }),
    expected: null,
  },
  {
    name: 'A new token from a new network, for what she always does',
    kind: 'near-miss',
    history: WORK,
    activity: call(after(60), { credential: TOKEN, client: { ...ABROAD, user_agent: 'git/2.43.0' } }),
    expected: null,
  },
  {
    name: 'Her token, used the week before',
    kind: 'near-miss',
    history: [...WORK, call(after(60) - 6 * DAY, { credential: TOKEN })],
    activity: call(after(60) + DAY, { credential: TOKEN, client: ABROAD, method: 'GET', operation: '/user/repos' }),
    expected: null,
  },
  {
    name: 'An account that is hardly known',
    kind: 'cold-start',
    history: calls(5),
    activity: call(after(5), { credential: TOKEN, client: ABROAD, method: 'GET', operation: '/user/repos' }),
    expected: null,
  },
  {
    name: 'No address',
    kind: 'malformed',
    history: WORK,
    activity: call(after(60), { credential: TOKEN, client: {} }),
    expected: null,
  },
];
