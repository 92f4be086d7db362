// Author, committer, pusher, signature and clock of a commit tell different stories. Early in 10 of 42 incidents. Applied
// patches, merges and rebases make fields differ every day, so each is judged by what this repository and this author do.
// State, by repository: 60 authors, 60 pairs of author and pusher, 20 pushes, 20 commits before their push; under 24 KB.
import type { ActivityOf } from '../../services/core/activity.ts';
import { defineWatch, type Raise } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import { entityKey } from '../../services/core/entity.ts';
import { actorKeys } from '../../services/core/identity/actor.ts';
import { byForge } from '../pipeline/landing.ts';
import { type Authors, authorAfter, authorOf, clockOddity, type Oddity, signatureOddity } from './author-ways.ts';
import {
  claimOf,
  looseOf,
  NO_PAIRS,
  type PairState,
  pairOddity,
  pushedOddity,
  withLoose,
  withPair,
} from './pusher-pairs.ts';
import { type Pushed, pushOf, withPush } from './pushes.ts';

type State = {
  readonly authors: Authors;
  readonly pushes: readonly Pushed[];
  readonly pairs: PairState;
};
type Step = { readonly state: State; readonly raise?: Raise | undefined };

export const identityMismatch = defineWatch<'push' | 'commit', State>({
  id: 'identity-mismatch',
  title: 'Fields of a commit contradict each other',
  summary:
    'Notices a commit in a bot’s name that a person pushed, one in the name of somebody who pushes their own, one without a signature by an author who always signs, and clocks that cannot both be true.',
  catalogue: 'D042',
  severity: 'medium',
  maturity: 'incubating',
  owasp: ['CICD-SEC-1', 'CICD-SEC-2'],
  attack: [{ tactic: 'TA0005', technique: 'T1036' }],
  cases: () => import('./identity-mismatch.cases.ts'),
  watches: ['push', 'commit'],
  falsePositives: [
    'A release script ran on a person’s machine, under the bot’s name.',
    'A new machine on which signing is not set up yet.',
  ],
  next: [
    'Ask both, author and pusher, over another channel whether the commit is theirs.',
    'Compare the commit with others of the same author: signature, clock, client.',
  ],
  by: 'place',
  again: true,
  entity: (activity) => entityOf('repository', activity),
  empty: () => ({ authors: [], pushes: [], pairs: NO_PAIRS }),

  step(state, activity) {
    return activity.kind === 'push' ? pushed(state, activity) : committed(state, activity);
  },
});

/** A commit that came before its push is judged now that its pusher is known. */
function pushed(state: State, push: ActivityOf<'push'>): Step {
  const pushes = withPush(state.pushes, push);
  const latest = pushes.at(-1);
  if (pushes === state.pushes || !latest) return { state };
  const loose = looseOf(state.pairs, latest[0], push.observed_at);
  if (!loose) return { state: { ...state, pushes } };
  const [claim] = loose;
  const oddities = [pairOddity(state.pairs, claim, latest) ?? pushedOddity(loose, latest) ?? []].flat();
  const next = { ...state, pushes, pairs: withPair(state.pairs, claim, latest[7]) };
  return { state: next, raise: raiseOf(oddities, authorOf(state.authors, claim[3][0] ?? '')?.[1] ?? 0, latest) };
}

function committed(state: State, commit: ActivityOf<'commit'>): Step {
  const [author] = actorKeys(commit);
  // What the forge commits it has checked; merges only join what others wrote.
  if (author === undefined || byForge(commit) || (commit.detail.parents ?? 1) > 1) return { state };
  const known = authorOf(state.authors, author);
  const claim = claimOf(commit, known === undefined);
  const push = pushOf(state.pushes, commit);
  const oddities = [
    push && pairOddity(state.pairs, claim, push),
    signatureOddity(known, commit),
    clockOddity(known, commit, commit.observed_at),
  ].filter((each) => each !== undefined);
  const next: State = {
    ...state,
    authors: authorAfter(state.authors, author, commit),
    pairs: push ? withPair(state.pairs, claim, push[7]) : withLoose(state.pairs, claim, oddities[0]?.observed ?? ''),
  };
  return { state: next, raise: raiseOf(oddities, known?.[1] ?? 0, push) };
}

/** Several fields that contradict each other weigh more than one. */
function raiseOf(oddities: readonly Oddity[], commits: number, push: Pushed | undefined): Raise | undefined {
  if (oddities.length === 0) return undefined;
  const medium = oddities.length > 1 || oddities.some(({ severity }) => severity === 'medium');
  const joined = (field: 'observed' | 'expected' | 'oddity') => oddities.map((each) => each[field]).join(' ');
  return {
    severity: medium ? 'medium' : 'low',
    observed: joined('observed'),
    expected: joined('expected'),
    history: `${commits} commits of this author are known here.`,
    oddity: joined('oddity').slice(0, 200),
    // A commit names its author; whoever pushed it in that name did the deed.
    links: pusherKeys(push).map((id) => ({ key: entityKey({ type: 'actor', id }) })),
  };
}

function pusherKeys(push: Pushed | undefined): readonly string[] {
  return push?.[5] ? push[7] : [];
}
