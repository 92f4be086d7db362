// Baseline "sequence": what comes after what: steps of a job, processes of a parent, deeds of an actor.
//
// A Markov model of labels with the last two as context, interpolated with shorter contexts: P(next | context) =
// (count + types · P(next | shorter context)) / (all + types), where types is in how many ways the context went on (Witten
// and Bell 1991, IEEE Trans. Inf. Theory 37; the escape of PPM's method C, Moffat 1990, IEEE Trans. Comm. 38). Shorter
// contexts count in how many different longer ones a label followed, not how often (Kneser and Ney 1995, ICASSP; PPM's
// update exclusion): what is new after a thousand runs is then as probable to be wholly new as it used to be. What is left
// over after the empty context is for labels that were never seen.
// Peers: that rest goes to what the nearest peer expects, and its rest to the next; a state of n observations is itself
// believed n / (n + 10), the last one n / (n + 1).
// The probability of a label is the mass of all that are at most as likely (up to a tenth more likely in part), unseen ones
// included. An observation carries its own context, so the order in which they come does not matter.
// Counts fade with a half-life of 90 days. Size: 128 labels of 100 characters, 512 transitions, 22 KB; the lightest give
// way; a job of twenty steps takes 700 bytes.
import type { Baseline, Reading } from '../../services/core/baseline.ts';
import type { Instant } from '../../services/core/time.ts';
import { earlier } from './fading.ts';
import { unwritten, written } from './kept.ts';
import { expectation } from './sequence-model.ts';
import {
  carried,
  codeOf,
  FADING,
  LONGEST_LABEL,
  numberOf,
  partsOf,
  type SequenceState,
  stateOf,
  united,
  withTransition,
} from './sequence-table.ts';

const TAG = 'sequence/1';
const PEER_OBSERVATIONS = 10;
const NEARLY = 0.1;
const SHOWN = 5;

export interface Step {
  /** What came before, the latest last; two at most count. */
  readonly context: readonly string[];
  readonly next: string;
}

export interface SequenceDetail {
  /** How often the entity did this after these two, and how often these two came; faded. */
  readonly times: number;
  readonly contexts: number;
  /** Whether the entity knows the label at all. */
  readonly known: boolean;
  /** Index of the nearest peer that knows the label, where the entity does not. */
  readonly knownTo: number | null;
  /** The likeliest labels here; worked out when they are asked for. */
  readonly expected: readonly { readonly label: string; readonly probability: number }[];
}

export const sequence: Baseline<Step, SequenceState, SequenceDetail> = {
  id: 'sequence',

  empty: () => ({ labels: [], codes: [], weights: [], epoch: 0, since: 0 }),

  observe(state, { context, next }, at) {
    const before = carried(state, Math.max(state.epoch, FADING.epochOf(at)));
    const [farther, just] = lastTwo(context);
    const table = withTransition(before, { just, farther, next: clipped(next) }, FADING.weight(at, before.epoch));
    return { ...table, epoch: before.epoch, since: earlier(state.since, at) };
  },

  probability(state, observation, at, peers): Reading<SequenceDetail> {
    const context = lastTwo(observation.context);
    const next = clipped(observation.next);
    const own = expectation(state, context, at);
    const number = numberOf(state.labels, next);
    const knownTo = number < 0 ? peers.findIndex(({ labels }) => numberOf(labels, next) >= 0) : -1;
    // Alone, labels need no names.
    const alone = peers.length === 0 ? own.observations / (own.observations + 1) : 0;
    return {
      probability:
        peers.length === 0
          ? Math.min(1 - alone + alone * (own.unseen + atMostAsLikely(own.shares, own.shares[number] ?? 0)), 1)
          : amongAll(mixed([state, ...peers], context, at), next),
      observations: own.observations,
      ...(state.since > 0 ? { since: state.since } : {}),
      detail: {
        times: weightOf(state, [...context, next]) * FADING.factor(state.epoch, at),
        contexts: own.context,
        known: number >= 0,
        knownTo: knownTo < 0 ? null : knownTo,
        get expected() {
          return likeliest(mixed([state, ...peers], context, at).shares);
        },
      },
    };
  },

  merge(one, other) {
    const epoch = Math.max(one.epoch, other.epoch);
    return { ...united(carried(one, epoch), carried(other, epoch)), epoch, since: earlier(one.since, other.since) };
  },

  decay: (state, at) => carried(state, FADING.epochOf(at)),

  serialize: (state) => written(TAG, partsOf(state)),

  parse(text) {
    const parts = unwritten(TAG, text);
    return Array.isArray(parts) ? stateOf(parts) : undefined;
  },
};

interface Mixture {
  readonly shares: ReadonlyMap<string, number>;
  readonly unseen: number;
}

/** What a state and its peers expect, of all labels that one of them knows. */
function mixed(levels: readonly SequenceState[], context: readonly [string, string], at: Instant): Mixture {
  const shares = new Map<string, number>();
  let unseen = 1;
  for (const [index, level] of levels.entries()) {
    const { shares: own, unseen: rest, observations } = expectation(level, context, at);
    const believed = observations / (observations + (index === levels.length - 1 ? 1 : PEER_OBSERVATIONS));
    for (const [number, label] of level.labels.entries()) {
      shares.set(label, (shares.get(label) ?? 0) + unseen * believed * (own[number] ?? 0));
    }
    unseen *= believed * rest + 1 - believed;
  }
  return { shares, unseen };
}

function amongAll({ shares, unseen }: Mixture, next: string): number {
  return Math.min(unseen + atMostAsLikely(shares.values(), shares.get(next) ?? 0), 1);
}

function likeliest(shares: ReadonlyMap<string, number>): SequenceDetail['expected'] {
  const ranked = [...shares].filter(([, probability]) => probability > 0);
  ranked.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return ranked.slice(0, SHOWN).map(([label, probability]) => ({ label, probability }));
}

function atMostAsLikely(shares: Iterable<number>, likelihood: number): number {
  let mass = 0;
  for (const share of shares) {
    if (share <= likelihood) mass += share;
    else if (share < likelihood * (1 + NEARLY)) mass += share * (1 - (share / likelihood - 1) / NEARLY);
  }
  return mass;
}

function weightOf({ labels, codes, weights }: SequenceState, [farther, just, next]: readonly string[]): number {
  const numbers = [just, farther, next].map((label) => numberOf(labels, label ?? ''));
  const [first = 0, second = 0, third = 0] = numbers;
  return Math.min(...numbers) < 0 ? 0 : (weights[codes.indexOf(codeOf(first, second, third))] ?? 0);
}

function lastTwo(context: readonly string[]): readonly [farther: string, just: string] {
  return [clipped(context.at(-2) ?? ''), clipped(context.at(-1) ?? '')];
}

function clipped(label: string): string {
  return label.length > LONGEST_LABEL ? label.slice(0, LONGEST_LABEL) : label;
}
