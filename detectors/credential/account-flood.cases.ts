// Cases of account-flood: a forge with open registration; people work from one office.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { DAY, MINUTE } from '../../services/core/time.ts';
import { after, call, calls, OFFICE } from './case-uses.ts';

const WORK = calls(30, { source: 'gitlab.audit' });
const ELSEWHERE = '203.0.113.20';
const RANDOM = ['qxkvbnrt', 'wzlphtgd', 'bnrtkxvq', 'mkzrtwpl', 'dfghjklq', 'xcvbnmkw'];
const NAMES = ['maria', 'paulo', 'anita', 'oscar', 'elena', 'bruno'];

function made(at: number, name: string, address: string) {
  return activityAt(
    at,
    'access',
    { action: 'user_created', ...(name !== '' && { subject: name }) },
    { source: 'gitlab.audit', client: { address }, ...(name !== '' && { actor: { name, type: 'person' as const } }) },
  );
}

function series(names: readonly string[], count: number, address: string, every = 5 * MINUTE) {
  return names.slice(0, count).map((name, index) => made(after(30) + index * every, name, address));
}

export const cases: readonly DetectorCase[] = [
  {
    name: 'The fifth account within half an hour from a network where nobody works',
    kind: 'hit',
    history: [...WORK, ...series(NAMES, 4, ELSEWHERE)],
    activity: made(after(30) + 25 * MINUTE, 'elena', ELSEWHERE),
    expected: 'medium',
  },
  {
    name: 'The fourth, with names that nobody has',
    kind: 'hit',
    history: [...WORK, ...series(RANDOM, 3, ELSEWHERE)],
    activity: made(after(30) + 25 * MINUTE, 'mkzrtwpl', ELSEWHERE),
    expected: 'medium',
  },
  {
    name: 'The fourth, with plain names',
    kind: 'hit',
    history: [...WORK, ...series(NAMES, 3, ELSEWHERE)],
    activity: made(after(30) + 25 * MINUTE, 'oscar', ELSEWHERE),
    expected: 'low',
  },
  {
    name: 'Twenty interns sign in for the first time, in the office',
    kind: 'near-miss',
    history: [...WORK, ...series(NAMES, 5, OFFICE.address ?? '')],
    activity: made(after(30) + 30 * MINUTE, 'bruno', OFFICE.address ?? ''),
    expected: null,
  },
  {
    name: 'A partner’s people sign up, one a day',
    kind: 'near-miss',
    history: [...WORK, ...series(NAMES, 5, ELSEWHERE, DAY)],
    activity: made(after(30) + 5 * DAY, 'bruno', ELSEWHERE),
    expected: null,
  },
  {
    name: 'The first days of a forge: everybody is new',
    kind: 'cold-start',
    history: [call(after(30) - DAY, { source: 'gitlab.audit' }), ...series(NAMES, 5, ELSEWHERE)],
    activity: made(after(30) + 30 * MINUTE, 'bruno', ELSEWHERE),
    expected: null,
  },
  {
    name: 'An account without a name',
    kind: 'malformed',
    history: [...WORK, ...series(NAMES, 5, ELSEWHERE)],
    activity: made(after(30) + 30 * MINUTE, '', ELSEWHERE),
    expected: null,
  },
];
