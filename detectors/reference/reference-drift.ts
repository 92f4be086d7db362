// A version label of something third-party resolves to another commit than before. Exact versions never do that; that many
// labels at once do is how a stolen upstream is turned against everybody who uses it (I15, I25, I34).
//
// State of a dependency: 1000 labels with 12 characters of what they resolved to now and before, 24 moves. 60 KB at most, a few
// hundred bytes are usual; polls that say the same change nothing.
import { defineWatch, type Raise } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import { DAY, type Instant, MINUTE } from '../../services/core/time.ts';
import { withEntry } from '../credential/bounded.ts';
import { majorOf, promiseOf, shortLabel, shortTarget } from './labels.ts';

const LABELS = 1000;
const MOVES = 24;
const WITHIN = 15 * MINUTE;
/** A release that was botched is tagged again within a day. */
const SETTLED = DAY;
/** Days that count as watched beforehand, with one move. */
const PRIOR_DAYS = 30;
const SELDOM = 1 / 50;

/** `before`: empty where nothing is known of it, or the label went back to it. */
type Label = readonly [target: string, since: Instant, before: string];
type Move = readonly [at: Instant, label: string, target: string, exact: 0 | 1];

type State = {
  readonly labels: Readonly<Record<string, Label>>;
  readonly moves: readonly Move[];
  readonly first: Instant;
  /** Days on which a floating label moved, and the last of them. */
  readonly floated: number;
  readonly day: number;
};

export const referenceDrift = defineWatch<'dependency', State>({
  id: 'reference-drift',
  title: 'Version of a dependency points elsewhere',
  summary:
    'Remembers what each version label of a third-party action or package resolves to, and notices when an exact version moves, when many labels move at once or onto one commit, and when a major label that hardly ever moves does.',
  catalogue: 'D019',
  severity: 'high',
  maturity: 'stable',
  owasp: ['CICD-SEC-3', 'CICD-SEC-9'],
  attack: [{ tactic: 'TA0001', technique: 'T1195.002' }],
  cases: () => import('./reference-drift.cases.ts'),
  watches: ['dependency'],
  by: 'dependency',
  falsePositives: [
    'The maintainers rewrote the history of their repository.',
    'A release was tagged again days later, against all custom.',
  ],
  next: [
    'Pin the dependency to the commit it had before, or take it out, before the next run.',
    'Look for the new commit: whether it stands on a branch of the upstream, and who signed it.',
    'Find the runs that took it since, and rotate what they could read.',
  ],

  entity: (activity) => entityOf('dependency', activity),
  empty: () => ({ labels: {}, moves: [], first: 0, floated: 0, day: 0 }),

  step(state, { detail, observed_at: at }) {
    if (detail.requested === undefined || detail.resolved === undefined) return { state };
    const promised = promiseOf(detail, detail.requested);
    if (promised === 'moving' || promised === 'pinned') return { state };
    const name = shortLabel(detail.requested);
    const target = shortTarget(detail.resolved);
    const known = Object.hasOwn(state.labels, name) ? state.labels[name] : undefined;
    if (!known) return { state: withLabel(state, name, [target, at, ''], at) };
    const [current, since, before] = known;
    // What was seen before the last change came late.
    if (target === current || at <= since) return { state };
    if (target === before) return { state: withLabel(state, name, [target, at, ''], at) };
    const exact = promised === 'exact';
    const settled = at - since >= SETTLED;
    const moved = withLabel(state, name, [target, at, current], at);
    const day = Math.floor(at / DAY);
    const next: State = {
      ...moved,
      moves: settled ? [...state.moves, [at, name, target, exact ? 1 : 0] as const].slice(-MOVES) : state.moves,
      ...(exact || day <= state.day ? {} : { floated: state.floated + 1, day }),
    };
    const told = { name: detail.name, label: name, from: current, target, since };
    return { state: next, raise: exact ? ofExact(told, next, at, settled) : ofFloating(told, state, next, at) };
  },
});

interface Told {
  readonly name: string;
  readonly label: string;
  readonly from: string;
  readonly target: string;
  readonly since: Instant;
}

function ofExact(told: Told, state: State, at: Instant, settled: boolean): Raise {
  const { label, target, since } = told;
  return (
    together(told, state, at) ?? {
      severity: settled ? 'medium' : 'low',
      ...plain(told, at),
      expected: 'An exact version is published once and never moves.',
      history: `${label} had been the same for ${days(at - since)}.`,
      oddity: `exact:${target}`,
    }
  );
}

function ofFloating(told: Told, before: State, state: State, at: Instant): Raise | undefined {
  const { target } = told;
  const joined = together(told, state, at);
  if (joined) return joined;
  // A release: an exact version stands on it too.
  if (Object.entries(state.labels).some(([label, [on]]) => on === target && label !== told.label)) return undefined;
  const watched = Math.max(at - before.first, 0) / DAY;
  if ((before.floated + 1) / (watched + PRIOR_DAYS) > SELDOM) return undefined;
  return {
    severity: 'low',
    ...plain(told, at),
    expected: 'Labels like this move along with a release; no other label that is known stands on the new commit.',
    history: `In ${days(at - before.first)} its floating labels moved on ${before.floated} days.`,
    oddity: `floating:${target}`,
  };
}

/** Several exact versions, or labels of several major versions onto one commit, within minutes. */
function together({ name, target }: Told, { moves }: State, at: Instant): Raise | undefined {
  const near = moves.filter(([when]) => Math.abs(when - at) <= WITHIN);
  const same = near.filter(([, , on]) => on === target);
  const exact = (list: readonly Move[]) => new Set(list.flatMap(([, label, , isExact]) => (isExact ? [label] : [])));
  const majors = new Set(same.flatMap(([, label]) => majorOf(label) ?? []));
  const onOne = exact(same).size >= 2 || majors.size >= 3;
  if (!onOne && exact(near).size < 3) return undefined;
  const list = [...new Set((onOne ? same : near).map(([, label]) => label))];
  return {
    severity: 'high',
    observed: `Within minutes ${list.length === MOVES ? 'at least ' : ''}${list.length} version labels of ${name} (${list.slice(0, 4).join(', ')}${list.length > 4 ? ' …' : ''}) moved${onOne ? ` onto one commit, ${target}` : ' to other commits'}.`,
    expected: 'Exact versions never move, and versions of different lines never become the same.',
    history: 'Until then, each of them had resolved to the same commit for at least a day.',
    oddity: onOne ? `collapse:${target}` : 'many-moved',
    picture: { type: 'delta', lines: [{ sign: '+', text: `${list.slice(0, 8).join(', ')} → ${target}` }] },
  };
}

function plain({ name, label, from, target, since }: Told, at: Instant): Pick<Raise, 'observed' | 'picture'> {
  return {
    observed: `${name} ${label} now resolves to ${target}; for ${days(at - since)} it had been ${from}.`,
    picture: {
      type: 'delta',
      lines: [
        { sign: '-', text: `${label} ${from}` },
        { sign: '+', text: `${label} ${target}` },
      ],
    },
  };
}

function days(span: number): string {
  const count = Math.floor(span / DAY);
  return count === 1 ? '1 day' : count < 1 ? 'less than a day' : `${count} days`;
}

function withLabel(state: State, name: string, label: Label, at: Instant): State {
  const first = state.first === 0 ? at : Math.min(state.first, at);
  return { ...state, first, labels: withEntry(state.labels, name, label, LABELS, ([, since]) => since) };
}
