// Cases of reference-drift: an action whose labels are looked up every hour.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { HOUR, MINUTE } from '../../services/core/time.ts';

const START = Date.UTC(2026, 0, 5, 9);
const LABELS = ['v4', 'v4.0.0', 'v4.1.0', 'v4.1.1', 'v4.2.0', 'v3.9.9'];
const LATER = START + 30 * HOUR;

function looked(at: number, requested: string | undefined, resolved: string) {
  return activityAt(
    at,
    'dependency',
    { type: 'action', name: 'example/action', ...(requested !== undefined && { requested }), resolved },
    { source: 'upstream.refs' },
  );
}

const polls = Array.from({ length: 24 }, (_, hour) =>
  LABELS.map((label, index) => looked(START + hour * HOUR, label, String(index).repeat(40))),
).flat();
const EVIL = 'e'.repeat(40);

export const cases: readonly DetectorCase[] = [
  {
    name: 'The fourth label goes to the same commit',
    kind: 'hit',
    history: [...polls, ...LABELS.slice(0, 3).map((label, index) => looked(LATER + index * MINUTE, label, EVIL))],
    activity: looked(LATER + 5 * MINUTE, LABELS[4], EVIL),
    expected: 'high',
  },
  {
    name: 'An exact version becomes something else',
    kind: 'hit',
    history: polls,
    activity: looked(LATER, 'v4.1.0', EVIL),
    expected: 'medium',
  },
  { name: 'A major label moves', kind: 'hit', history: polls, activity: looked(LATER, 'v4', EVIL), expected: 'low' },
  {
    name: 'A new release appears',
    kind: 'near-miss',
    history: polls,
    activity: looked(LATER, 'v4.3.0', EVIL),
    expected: null,
  },
  {
    name: 'An old answer that comes late',
    kind: 'near-miss',
    history: [...polls, looked(LATER, 'v4', EVIL)],
    activity: looked(LATER - 10 * MINUTE, 'v4', '0'.repeat(40)),
    expected: null,
  },
  {
    name: 'The first label of an upstream',
    kind: 'cold-start',
    history: [],
    activity: looked(LATER, 'v4', EVIL),
    expected: null,
  },
  {
    name: 'A look-up without a label',
    kind: 'malformed',
    history: polls,
    activity: looked(LATER, undefined, EVIL),
    expected: null,
  },
];
