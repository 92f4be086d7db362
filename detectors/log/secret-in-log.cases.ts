// Cases of secret-in-log.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { exposureAt, LATER, logs } from './case-logs.ts';

const PASSWORDS = logs(() => [{ password: 1 }, 0]);

export const cases: readonly DetectorCase[] = [
  {
    name: 'A private key in a log that never showed one',
    kind: 'hit',
    history: PASSWORDS,
    activity: exposureAt(LATER, { 'private-key': 1 }, 0),
    expected: 'high',
  },
  {
    name: 'A private key in the first log of a job',
    kind: 'hit',
    history: [],
    activity: exposureAt(LATER, { 'private-key': 1 }, 0),
    expected: 'medium',
  },
  {
    name: 'A token of the forge and a key of a cloud, for the first time',
    kind: 'hit',
    history: PASSWORDS,
    activity: exposureAt(LATER, { 'aws-access-key-id': 1, 'github-personal-token': 1 }, 0),
    expected: 'high',
  },
  {
    name: 'Something that looks like the token of a small service',
    kind: 'hit',
    history: PASSWORDS,
    activity: exposureAt(LATER, { 'brave-search-key': 1 }, 0),
    expected: 'low',
  },
  {
    name: 'More passwords than usual',
    kind: 'near-miss',
    history: PASSWORDS,
    activity: exposureAt(LATER, { password: 12 }, 0),
    expected: null,
  },
  {
    name: 'A job whose tests print made-up keys each day',
    kind: 'near-miss',
    history: logs(() => [{ 'private-key': 4 }, 0]),
    activity: exposureAt(LATER, { 'private-key': 7 }, 0),
    expected: null,
  },
  {
    name: 'A token in the third log of a job',
    kind: 'cold-start',
    history: logs(undefined, 2),
    activity: exposureAt(LATER, { 'github-personal-token': 1 }, 0),
    expected: null,
  },
  {
    name: 'A log that names no kinds',
    kind: 'malformed',
    history: PASSWORDS,
    activity: activityAt(LATER, 'exposure', { kinds: {}, fingerprints: [], encoded: 0 }, {}),
    expected: null,
  },
];
