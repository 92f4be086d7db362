// What an upstream's labels resolve to changes under its users: early in 6 of 42 incidents. One label that moves with a release
// is everyday; an exact version that moves is not, and many that collapse onto one commit are an attack.
// State, by upstream: at most 600 labels with what they resolve to, and 40 moves of the last hour; under 60 KB, mostly far less.
import type { ActivityOf } from '../../services/core/activity.ts';
import { defineWatch, type Raise } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import { HOUR, type Instant } from '../../services/core/time.ts';
import { isExact, short } from './versions.ts';

const LABELS = 600;
const MOVES = 40;
/** Labels that go to one commit within the hour: more than any release moves. */
const COLLAPSE = 4;

/** `before`: what it resolved to before the last move; empty where it never moved. */
type Label = readonly [label: string, resolved: string, at: Instant, before: string];
/** A move from what was known to what is told now. */
type Move = readonly [label: string, resolved: string, at: Instant];
type State = { readonly labels: readonly Label[]; readonly moves: readonly Move[] };

export const referenceDrift = defineWatch<'dependency', State>({
  id: 'reference-drift',
  title: 'A third party’s reference was re-pointed',
  summary:
    'Watches what the labels of third-party actions and images resolve to, and notices an exact version that became something else, and many labels that collapse onto one commit.',
  catalogue: 'D050',
  severity: 'high',
  maturity: 'stable',
  owasp: ['CICD-SEC-3'],
  attack: [{ tactic: 'TA0001', technique: 'T1195.001' }],
  cases: () => import('./reference-drift.cases.ts'),
  watches: ['dependency'],
  by: 'dependency',
  falsePositives: ['An upstream that replaces a broken release under the same version.'],
  next: [
    'Hold the reference at its last good commit, and cancel runs that use the new one.',
    'Look at the upstream’s releases and issues: is the new commit on any of its branches?',
    'Take the secrets of every run since the move for read.',
  ],
  entity: (activity) => entityOf('dependency', activity),
  empty: () => ({ labels: [], moves: [] }),

  step(state, activity) {
    const { requested, resolved } = activity.detail;
    if (requested === undefined || resolved === undefined) return { state };
    const at = activity.observed_at;
    const known = state.labels.find(([label]) => label === requested);
    // What comes late tells nothing of now.
    if (known && (at < known[2] || known[1] === resolved)) return { state };
    const labels: readonly Label[] = [
      ...state.labels.filter((label) => label !== known),
      [requested, resolved, at, known?.[1] ?? ''] as const,
    ].slice(-LABELS);
    if (!known) return { state: { ...state, labels } };
    const recent = state.moves.filter(([, , when]) => Math.abs(at - when) <= HOUR);
    const moves: readonly Move[] = [...recent, [requested, resolved, at] as const].slice(-MOVES);
    return { state: { labels, moves }, raise: raiseOf(activity, known, moves) };
  },
});

function raiseOf(activity: ActivityOf<'dependency'>, [label, before, , earlier]: Label, moves: readonly Move[]): Raise {
  const { name, resolved = '' } = activity.detail;
  const together = new Set(moves.filter(([, to]) => to === resolved).map(([moved]) => moved)).size;
  const links = [{ key: `dependency:${name}` }];
  const history = 'Compared with what the reference resolved to before.';
  if (together >= COLLAPSE) {
    return {
      severity: 'high',
      observed: `${together} labels of ${name}, ${label} the last of them, were moved to one commit, ${short(resolved)}, within the hour.`,
      expected: 'A label moves alone, with a release, and not with all others to one commit.',
      history,
      oddity: 'collapse',
      links,
    };
  }
  const isExactly = isExact(label);
  const isBack = resolved === earlier;
  const many = moves.length >= COLLAPSE;
  return {
    severity: isExactly && !isBack ? 'medium' : 'low',
    observed: `${name}@${label} was ${short(before)} and is ${short(resolved)} now${isBack ? ', as it was before' : ''}${many ? `; so were ${moves.length - 1} other labels within the hour` : ''}.`,
    expected: isExactly ? 'An exact version stays what it is.' : 'A label of this kind moves with releases.',
    history,
    // A flood of them is one thing.
    oddity: many ? 'many' : isExactly ? `exact:${label}` : `moved:${label}`,
    links,
  };
}
