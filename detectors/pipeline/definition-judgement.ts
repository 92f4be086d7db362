// Whether a change of a definition is out of character, and how much that weighs.
import type { Raise } from '../../services/core/detector.ts';
import { describeOdds } from '../../services/core/odds.ts';
import { type Severity, shiftSeverity } from '../../services/core/severity.ts';
import { type HistoryState, isReviewed, type Ways, waysOf } from './definition-history.ts';
import type { Landing } from './landing.ts';

/** What somebody never did in fewer commits than these is no habit yet. */
const ENOUGH_COMMITS = 15;
const UNUSUAL = 1 / 40;
/** A third as many say less, but enough to be told beside something else that is odd. */
const SOME_COMMITS = 5;
const RARE = 1 / 20;
/** From so many commits on a repository has people who take care of its pipelines. */
const ESTABLISHED = 50;
/** With no more than these, a repository has just begun. */
const FRESH = 2;

export interface Change {
  readonly name: string;
  /** Of whoever answers for it: the pusher, where one is told. */
  readonly keys: readonly string[];
  readonly changed: readonly string[];
  readonly added: readonly string[];
  /** It touches nothing else. */
  readonly only: boolean;
  readonly landing: Landing;
  readonly bot: boolean;
  readonly sha: string;
  readonly risks: readonly string[];
  /** It has been learned from already, which must not excuse it. */
  readonly known?: boolean;
}

export function raiseOf(state: HistoryState, change: Change): Raise | undefined {
  const { changed, added, landing, name, keys, risks, sha, known } = change;
  if (changed.length === 0 || keys.length === 0) return undefined;
  const ways = waysOf(state, keys, known);
  const reviewed = isReviewed(state);
  const word = severityOf(change, ways, reviewed);
  if (word === undefined) return undefined;
  // What it does matters only where somebody does it who never did.
  const severity = risks.length > 0 ? shiftSeverity(word, 1) : word;
  const files = (added.length > 0 ? added : changed).slice(0, 3).map(cut).join(', ');
  const where = landing === 'direct' ? ' straight on the default branch' : landing === 'branch' ? ' on a branch' : '';
  return {
    severity,
    observed: `${name} ${added.length > 0 ? 'added' : 'changed'} ${files}${where}${sha === '' ? '' : ` (${sha.slice(0, 8)})`}${risks.length > 0 ? `, with ${risks.join(', ')}` : ''}.`,
    expected: [usualOf(name, ways), reviewed && landing === 'direct' ? reviewText(state) : '']
      .filter((text) => text !== '')
      .join(' '),
    history: `${ways.groupAll} commits of this repository are known, ${ways.groupDid} of them touched pipeline definitions.`,
    picture: {
      type: 'delta',
      lines: changed.slice(0, 20).map((path) => ({ sign: added.includes(path) ? '+' : '~', text: cut(path) })),
    },
    oddity: `${keys[0]} ${added.length > 0 ? 'adds' : 'changes'} ${landing} ${risks.join()}`.slice(0, 200),
  };
}

/** Somebody who did it so often takes care of the pipelines here. */
const CARES = 3;

function severityOf(change: Change, ways: Ways, reviewed: boolean): Severity | undefined {
  const { landing, added, only, bot } = change;
  if (landing === 'merged' || landing === 'forge') return undefined;
  const isNew = added.length > 0;
  const others = ways.groupDid > ways.did;
  const never = ways.did === 0 && ways.all >= ENOUGH_COMMITS && ways.probability <= UNUSUAL && others;
  const seldom = ways.did === 0 && ways.all >= SOME_COMMITS && ways.probability <= RARE;
  const stranger = ways.all === 0 && ways.groupAll >= ESTABLISHED;
  const first = isNew && only && ways.groupAll <= FRESH ? 'low' : undefined;
  switch (landing) {
    case 'branch':
      return isNew && !bot && (never || stranger) ? 'low' : undefined;
    case 'direct':
      if (ways.bypasses) return undefined;
      if (ways.did >= CARES) return isNew && reviewed ? 'low' : undefined;
      if (never) return isNew || reviewed ? 'medium' : 'low';
      if (reviewed) return isNew ? 'medium' : 'low';
      return isNew && (stranger || seldom) ? 'low' : first;
    case 'unknown':
      return never ? (isNew ? 'medium' : 'low') : first;
  }
}

function usualOf(name: string, { all, did, groupAll, probability }: Ways): string {
  if (did > 0) return `${name} changed definitions here ${did === 1 ? 'once' : `${did} times`}, and never so.`;
  if (groupAll <= FRESH) return 'Nothing else is known of this repository, nor of its people.';
  if (all === 0) return `${name} was not seen to commit here before.`;
  return `None of the ${all} commits of ${name} here touched a pipeline definition; ${describeOdds(probability)} would.`;
}

function reviewText({ reviewed, direct }: HistoryState): string {
  return `Changes come through review here: ${reviewed} of ${reviewed + direct} that reached the default branch.`;
}

function cut(path: string): string {
  return path.length > 100 ? `${path.slice(0, 99)}…` : path;
}
