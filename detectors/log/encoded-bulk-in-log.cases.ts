// Cases of encoded-bulk-in-log.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { exposureAt, LATER, logs } from './case-logs.ts';

const LITTLE = logs((index) => [{ password: 1 }, 40 + ((index * 37) % 140)]);

export const cases: readonly DetectorCase[] = [
  {
    name: 'Many times the encoded text that the job ever printed',
    kind: 'hit',
    history: LITTLE,
    activity: exposureAt(LATER, {}, 2400),
    expected: 'medium',
  },
  {
    name: 'Encoded text in a log that never held any',
    kind: 'hit',
    history: logs(),
    activity: exposureAt(LATER, {}, 1400),
    expected: 'medium',
  },
  {
    name: 'Much encoded text and several kinds of secrets: a dump',
    kind: 'hit',
    history: LITTLE,
    activity: exposureAt(LATER, { 'aws-access-key-id': 1, 'github-personal-token': 2 }, 4800),
    expected: 'high',
  },
  {
    name: 'A dump in the first log of a job',
    kind: 'hit',
    history: logs(undefined, 2),
    activity: exposureAt(LATER, { 'aws-access-key-id': 1, 'github-personal-token': 2 }, 4800),
    expected: 'medium',
  },
  {
    name: 'A secret’s worth more than usual',
    kind: 'hit',
    history: logs((index) => [{}, 20 + (index % 30)]),
    activity: exposureAt(LATER, {}, 400),
    expected: 'low',
  },
  {
    name: 'A badge',
    kind: 'near-miss',
    history: LITTLE,
    activity: exposureAt(LATER, { password: 11 }, 250),
    expected: null,
  },
  {
    name: 'A job that prints images each day',
    kind: 'near-miss',
    history: logs((index) => [{}, 2000 + ((index * 7919) % 60_000)]),
    activity: exposureAt(LATER, {}, 50_000),
    expected: null,
  },
  {
    name: 'The second log of a job',
    kind: 'cold-start',
    history: logs(undefined, 1),
    activity: exposureAt(LATER, {}, 2400),
    expected: null,
  },
  {
    name: 'A log of nowhere',
    kind: 'malformed',
    history: LITTLE,
    activity: activityAt(LATER, 'exposure', { kinds: {}, fingerprints: [], encoded: 2400 }, {}),
    expected: null,
  },
];
