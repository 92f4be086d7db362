// Whose commits who pushes. A commit whose author and committer are one, and which somebody else pushed, is only by its text
// that author's. Bounds: 60 pairs, 20 commits that came before their push.
import type { ActivityOf } from '../../services/core/activity.ts';
import { definitionsIn } from '../../services/core/definition-paths.ts';
import { actorKeys, mailKeys } from '../../services/core/identity/actor.ts';
import { DAY, HOUR, type Instant } from '../../services/core/time.ts';
import type { Oddity } from './author-ways.ts';
import type { Pushed } from './pushes.ts';
import { isDefaultName, isReleaseBranch } from './release-refs.ts';

const PAIRS = 60;
const LOOSE = 20;
const KEYS = 4;
/** A pair is usual from a day after it was first seen. */
const PROBATION = DAY;
/** So many commits that their authors pushed say that they do. */
const ENOUGH_OWN = 20;

/** What a commit says of who made it. */
export type Claim = readonly [
  sha: string,
  at: Instant,
  name: string,
  keys: readonly string[],
  /** The committer is the author; null where it is not told. */
  same: boolean | null,
  bot: boolean,
  defines: boolean,
  /** The author was not known here. */
  stranger: boolean,
];

/** A commit that came before its push, and what was odd about it already; else empty. */
export type Loose = readonly [claim: Claim, odd: string];

type Pair = readonly [author: string, pusher: string, first: Instant];

export type PairState = {
  readonly pairs: readonly Pair[];
  readonly loose: readonly Loose[];
  /** How many pushed commits were the pusher's own, and how many somebody else's. */
  readonly own: number;
  readonly others: number;
};

export const NO_PAIRS: PairState = { pairs: [], loose: [], own: 0, others: 0 };

/** Names that machines commit under. */
const BOT_NAME =
  /(?:^|[-_.\s])(?:bot|ci|cd|automation|pipeline|builder?|deploy(?:er)?|release[sr]?)(?:$|[-_.\s\d])|bot$/i;

export function claimOf(commit: ActivityOf<'commit'>, stranger: boolean): Claim {
  const { author, committer, sha, paths = [] } = commit.detail;
  const keys = actorKeys(commit).slice(0, KEYS);
  const committers = mailKeys(committer.email, commit.vcs?.provider?.name);
  const name = (author.name ?? author.email ?? keys[0] ?? '').slice(0, 80);
  const bot =
    commit.actor?.type === 'bot' || BOT_NAME.test(name) || BOT_NAME.test(author.email?.split('@', 1)[0] ?? '');
  const same = committers.length === 0 ? null : committers.some((key) => keys.includes(key));
  return [sha, commit.observed_at, name, keys, same, bot, definitionsIn(paths).length > 0, stranger];
}

/** `odd`: what is odd about it already. */
export function withLoose(state: PairState, claim: Claim, odd: string): PairState {
  return { ...state, loose: [...state.loose, [claim, odd.slice(0, 200)] as const].slice(-LOOSE) };
}

/** The commit of that push, where it came before it. */
export function looseOf({ loose }: PairState, revision: string | undefined, at: Instant): Loose | undefined {
  return loose.find(([[sha, when]]) => sha === revision && Math.abs(at - when) <= HOUR);
}

/**
 * What is odd about who pushed it. Who applies another's patch is its committer; whose branch one merges has mostly pushed it
 * before, so it does not come here again.
 */
export function pairOddity(state: PairState, claim: Claim, push: Pushed): Oddity | undefined {
  const [, at, ref, isDefault, forced, person, pusherName, pusher] = push;
  const [sha, , name, author, same, bot, defines, stranger] = claim;
  const [first] = author;
  if (first === undefined || pusher.length === 0 || pusher.some((key) => author.includes(key))) return undefined;
  if (same !== true || isUsual(state, first, pusher, at)) return undefined;
  const pushesOwn = state.pairs.some(([who, by]) => who === first && by === 'own');
  // Where people push each other's commits every day, a pair says nothing; a bot's name does.
  const seldom = state.others <= state.own / 20;
  const borrowed = bot && person;
  const forged = seldom && state.own >= ENOUGH_OWN && forced && stranger;
  if (!borrowed && !(pushesOwn && seldom) && !forged) return undefined;
  const grave = forced || isDefault === true || isReleaseBranch(ref) || isDefaultName(ref) || defines;
  return {
    severity: grave && (borrowed || forged) ? 'medium' : 'low',
    observed: `${sha.slice(0, 8)} says that ${name} wrote and committed it, but ${pusherName || pusher[0]} pushed it to ${ref.slice(0, 100)}${forced ? ', by force' : ''}.`,
    expected: bot
      ? 'What a bot commits, a bot pushes.'
      : `${state.own} of ${state.own + state.others} commits here were pushed by their authors.`,
    oddity: `pair ${first} ${pusher[0]}`,
  };
}

function isUsual({ pairs }: PairState, author: string, pusher: readonly string[], at: Instant): boolean {
  return pairs.some(([who, by, first]) => who === author && pusher.includes(by) && at - first >= PROBATION);
}

/** With what the push says of the author and the pusher. */
export function withPair(state: PairState, [, at, , author]: Claim, pusher: readonly string[]): PairState {
  const [first] = author;
  const [by] = pusher;
  if (first === undefined || by === undefined) return state;
  const own = pusher.some((key) => author.includes(key));
  const counted = own ? { ...state, own: state.own + 1 } : { ...state, others: state.others + 1 };
  const pusherKey = own ? 'own' : by;
  if (state.pairs.some(([who, other]) => who === first && other === pusherKey)) return counted;
  return { ...counted, pairs: [...state.pairs, [first, pusherKey, at] as const].slice(-PAIRS) };
}

/** What was odd already is worse for whoever pushed it in another's name. */
export function pushedOddity([[sha, , name, author], odd]: Loose, push: Pushed): Oddity | undefined {
  const [, , , , , , pusherName, pusher] = push;
  if (odd === '' || pusher.length === 0 || pusher.some((key) => author.includes(key))) return undefined;
  return {
    severity: 'low',
    observed: `${odd} ${pusherName || pusher[0]} pushed it.`,
    expected: `What ${name} commits, ${name} pushes.`,
    oddity: `pushed ${sha.slice(0, 12)}`,
  };
}
