// Somebody who never touches pipeline definitions changes one, or one comes past the review that changes here go through.
// Early in 11 of 42 incidents. State: `definition-history.ts` says its bounds.
import type { ActivityOf } from '../../services/core/activity.ts';
import { definitionsIn } from '../../services/core/definition-paths.ts';
import { defineWatch, type Raise } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import { actorKeys, mailKeys } from '../../services/core/identity/actor.ts';
import { pushOf, withPush } from '../commit/pushes.ts';
import { type HistoryState, learned, looseOf, matured, NO_HISTORY, waysOf, withLoose } from './definition-history.ts';
import { type Change, raiseOf } from './definition-judgement.ts';
import { risksIn } from './definition-risk.ts';
import { hooksIn } from './hook-paths.ts';
import { type Arrival, arrivalOf, landingOf, proposalsAfter } from './landing.ts';

type Step = { readonly state: HistoryState; readonly raise?: Raise | undefined };

export const pipelineDefinitionChanged = defineWatch<'commit' | 'push' | 'change' | 'definition', HistoryState>({
  id: 'pipeline-definition-changed',
  title: 'Pipeline definition changed out of character',
  summary:
    'Learns who changes the pipeline definitions of a repository and how changes come to its default branch, and notices a change by somebody who never does, or one that came past review; worse when it adds a new definition.',
  catalogue: 'D056',
  severity: 'high',
  maturity: 'stable',
  owasp: ['CICD-SEC-1', 'CICD-SEC-4'],
  attack: [
    { tactic: 'TA0002', technique: 'T1677' },
    { tactic: 'TA0003', technique: 'T1195.002' },
  ],
  cases: () => import('./pipeline-definition-changed.cases.ts'),
  watches: ['commit', 'push', 'change', 'definition'],
  falsePositives: [
    'Somebody takes over the care of the pipelines.',
    'An urgent mend of the pipeline is pushed past review.',
  ],
  next: [
    'Read the change: new triggers, permissions, secrets, downloads, encoded text.',
    'Ask the author whether it is theirs; look for the review that let it in.',
  ],
  by: 'place',
  entity: (activity) => entityOf('repository', activity),
  empty: () => NO_HISTORY,

  step(before, activity) {
    const state = matured(before, activity.observed_at);
    switch (activity.kind) {
      case 'change': {
        const proposals = proposalsAfter(state.proposals, activity);
        return { state: proposals === state.proposals ? state : { ...state, proposals } };
      }
      case 'push':
        return pushed({ ...state, pushes: withPush(state.pushes, activity) }, activity);
      case 'commit':
        return committed(state, activity);
      case 'definition':
        return defined(state, activity);
    }
  },
});

function committed(state: HistoryState, commit: ActivityOf<'commit'>): Step {
  const { detail, observed_at: at } = commit;
  if (!detail.paths) return { state };
  const push = pushOf(state.pushes, commit);
  const [revision, , , isDefault, , , pusherName = '', pusher = []] = push ?? [];
  const arrival = arrivalOf(commit);
  const landing = landingOf(arrival, isDefault ?? undefined, state.proposals);
  const author = actorKeys(commit);
  const own = pusher.some((key) => author.includes(key));
  // Who pushes somebody else's commit answers for it; who proposes it to be merged is its author.
  const byPusher = pusher.length > 0 && (landing === 'direct' || landing === 'branch');
  const keys = !byPusher ? author : own ? [...new Set([...pusher, ...author])] : pusher;
  const changed = touched(detail.paths);
  const change: Change = {
    name: (byPusher ? pusherName : '') || commit.actor?.name || detail.author.name || keys[0] || 'Somebody',
    keys,
    changed,
    added: touched(detail.added ?? []),
    only: changed.length === detail.paths.length,
    landing: landing === 'unknown' && isApplied(commit, author) ? 'merged' : landing,
    bot: commit.actor?.type === 'bot',
    sha: detail.sha,
    risks: [],
  };
  const next = taught(state, change, revision === detail.sha, at);
  if (push) return { state: next, raise: raiseOf(state, change) };
  const { sha, message = '', forge } = arrival;
  const known = next.habit !== state.habit;
  return { state: withLoose(next, [sha, at, message, forge, author, known]), raise: raiseOf(state, change) };
}

/** Whoever commits another's patch has let it in: that is a review, as far as a history alone can tell. */
function isApplied({ detail, vcs }: ActivityOf<'commit'>, author: readonly string[]): boolean {
  const committer = mailKeys(detail.committer.email, vcs?.provider?.name);
  return committer.length > 0 && !committer.some((key) => author.includes(key));
}

/** A commit that was told before its push is judged again, now that it is known where it went. */
function pushed(state: HistoryState, push: ActivityOf<'push'>): Step {
  const loose = looseOf(state, push);
  const { paths, default_branch: isDefault } = push.detail;
  if (!loose || !paths || isDefault === undefined) return { state };
  const [sha, at, message, forge, author, known] = loose;
  const arrival: Arrival = { sha, at, forge, ...(message !== '' && { message }) };
  const landing = landingOf(arrival, isDefault, state.proposals);
  const pusher = actorKeys(push);
  const own = pusher.some((key) => author.includes(key));
  const keys = landing === 'merged' ? author : own ? [...new Set([...pusher, ...author])] : pusher;
  const all = [...paths.added, ...paths.modified];
  const changed = touched(all);
  const next = learned(state, { member: undefined, did: false, usual: true, landing, head: true }, at);
  const change: Change = {
    name: push.actor?.name ?? pusher[0] ?? 'Somebody',
    keys,
    changed,
    added: touched(paths.added),
    only: changed.length === all.length,
    landing,
    bot: push.actor?.type === 'bot',
    sha,
    risks: [],
    known: known && (own || landing === 'merged'),
  };
  return { state: next, raise: raiseOf(state, change) };
}

/** What a reader of definitions said of one. */
function defined(state: HistoryState, activity: ActivityOf<'definition'>): Step {
  const { detail } = activity;
  if (detail.change !== 'added' && detail.change !== 'changed') return { state };
  const keys = actorKeys(activity);
  if (keys.length === 0) return { state };
  const push = state.pushes.find(([revision]) => revision === activity.vcs?.ref?.head?.revision);
  const isDefault = push?.[3] ?? undefined;
  const change: Change = {
    name: activity.actor?.name ?? keys[0] ?? 'Somebody',
    keys,
    changed: [detail.path],
    added: detail.change === 'added' ? [detail.path] : [],
    only: true,
    landing: isDefault === undefined ? 'unknown' : isDefault ? 'direct' : 'branch',
    bot: activity.actor?.type === 'bot',
    sha: activity.vcs?.ref?.head?.revision ?? '',
    risks: risksIn(detail),
  };
  return { state, raise: raiseOf(state, change) };
}

function taught(state: HistoryState, { keys, changed, landing }: Change, head: boolean, at: number): HistoryState {
  const { did, bypasses } = waysOf(state, keys);
  const usual = landing === 'direct' ? bypasses : did > 0;
  return learned(state, { member: keys[0], did: changed.length > 0, usual, landing, head }, at);
}

/** Definitions, and hooks that run code on a checkout. */
function touched(paths: readonly string[]): readonly string[] {
  return [...definitionsIn(paths), ...hooksIn(paths)];
}
