// Cases of reference-drift: an action whose refs somebody polls four times a day.
import type { Activity } from '../../services/core/activity.ts';
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { DAY, HOUR, MINUTE } from '../../services/core/time.ts';

const START = Date.UTC(2026, 0, 5, 9);
const LATER = START + 40 * DAY;

function poll(at: number, requested: string, sha: string, name = 'example/setup'): Activity {
  const resolved = sha.padEnd(40, '0');
  return activityAt(
    at,
    'dependency',
    { type: 'action', name, requested, resolved },
    { source: 'upstream.refs', vcs: { repository: { name } } },
  );
}

const EXACT = ['v3.9.0', 'v4.0.0', 'v4.0.1', 'v4.1.0'];

/** Each exact version on a commit of its own, `v3` and `v4` on the last of their line. */
function polls(from: number, to: number): readonly Activity[] {
  return Array.from({ length: Math.floor((to - from) / (6 * HOUR)) }, (_, index) => from + index * 6 * HOUR).flatMap(
    (at) => [
      ...EXACT.map((label, index) => poll(at, label, `a${index}`)),
      poll(at, 'v3', 'a0'),
      poll(at, 'refs/tags/v4', 'a3'),
    ],
  );
}

export const cases: readonly DetectorCase[] = [
  {
    name: 'The second of many exact versions that move onto one commit',
    kind: 'hit',
    history: [...polls(START, LATER), poll(LATER, 'v4.0.0', 'bad')],
    activity: poll(LATER + MINUTE, 'v4.0.1', 'bad'),
    expected: 'high',
  },
  {
    name: 'Several exact versions move, each to a commit of its own',
    kind: 'hit',
    history: [...polls(START, LATER), poll(LATER, 'v4.0.0', 'bad1'), poll(LATER + 2 * MINUTE, 'v4.0.1', 'bad2')],
    activity: poll(LATER + MINUTE, 'v4.1.0', 'bad3'),
    expected: 'high',
  },
  {
    name: 'One exact version moves',
    kind: 'hit',
    history: polls(START, LATER),
    activity: poll(LATER, 'v4.1.0', 'bad'),
    expected: 'medium',
  },
  {
    name: 'A major label that never moved in forty days does, without a release',
    kind: 'hit',
    history: polls(START, LATER),
    activity: poll(LATER, 'v4', 'bad'),
    expected: 'low',
  },
  {
    name: 'A major label moves with a release',
    kind: 'near-miss',
    history: [...polls(START, LATER), poll(LATER, 'v4.2.0', 'b0')],
    activity: poll(LATER + MINUTE, 'v4', 'b0'),
    expected: null,
  },
  {
    name: 'A major label moves as it does every two weeks, and nobody polls the releases',
    kind: 'near-miss',
    history: [0, 14, 28].map((day) => poll(START + day * DAY, 'v4', `c${day}`)),
    activity: poll(LATER, 'v4', 'c42'),
    expected: null,
  },
  {
    name: 'A branch moves',
    kind: 'near-miss',
    history: Array.from({ length: 40 }, (_, day) => poll(START + day * DAY, 'refs/heads/main', 'a0')),
    activity: poll(LATER, 'refs/heads/main', 'a1'),
    expected: null,
  },
  {
    name: 'A record from before the release comes late',
    kind: 'near-miss',
    history: [poll(START, 'v4.1.0', 'a3'), poll(LATER, 'v4.1.0', 'a3')],
    activity: poll(START - MINUTE, 'v4.1.0', 'a2'),
    expected: null,
  },
  {
    name: 'The version goes back to what it was',
    kind: 'near-miss',
    history: [...polls(START, LATER), poll(LATER, 'v4.1.0', 'bad')],
    activity: poll(LATER + 17 * HOUR, 'v4.1.0', 'a3'),
    expected: null,
  },
  {
    name: 'A release is tagged again within the hour',
    kind: 'hit',
    history: [...polls(START, LATER), poll(LATER, 'v4.2.0', 'b0')],
    activity: poll(LATER + HOUR, 'v4.2.0', 'b1'),
    expected: 'low',
  },
  {
    name: 'The first sight of a dependency',
    kind: 'cold-start',
    history: [],
    activity: poll(START, 'v4.1.0', 'a3'),
    expected: null,
  },
  {
    name: 'A tag that is gone',
    kind: 'malformed',
    history: polls(START, LATER),
    activity: activityAt(LATER, 'dependency', { type: 'action', name: 'example/setup', requested: 'v4' }, {}),
    expected: null,
  },
];
