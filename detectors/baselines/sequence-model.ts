// The predictive distribution of baseline "sequence": which label comes next, and how probably one that never did.
import type { Instant } from '../../services/core/time.ts';
import { FADING, fartherIn, justIn, LABELS, nextIn, numberOf, type SequenceState } from './sequence-table.ts';

/** What one state expects after a context. */
export interface Expectation {
  /** By number of the label. */
  readonly shares: readonly number[];
  /** What is left for labels that the state does not know. */
  readonly unseen: number;
  readonly observations: number;
  /** How often the context came. */
  readonly context: number;
}

/** Workspaces of one call, written before they are read; by number of the label. */
const PAIRS = new Float64Array(LABELS);
const TYPES_0 = new Float64Array(LABELS);
const TYPES_1 = new Float64Array(LABELS);
const COUNTS_2 = new Float64Array(LABELS);

export function expectation(state: SequenceState, context: readonly [string, string], at: Instant): Expectation {
  const { labels, codes, weights, epoch } = state;
  for (const workspace of [PAIRS, TYPES_0, TYPES_1, COUNTS_2]) workspace.fill(0, 0, labels.length);
  const factor = FADING.factor(epoch, at);
  const [farther, just] = [numberOf(labels, context[0]), numberOf(labels, context[1])];
  let observations = 0;
  for (let index = 0, begun = 0; index < codes.length; index++) {
    const code = codes[index] ?? 0;
    const weight = factor * (weights[index] ?? 0);
    const next = nextIn(code);
    const block = justIn(code);
    observations += weight;
    PAIRS[next] = (PAIRS[next] ?? 0) + weight;
    if (block === just) {
      TYPES_1[next] = (TYPES_1[next] ?? 0) + Math.min(weight, 1);
      if (fartherIn(code) === farther) COUNTS_2[next] = weight;
    }
    if (index + 1 < codes.length && justIn(codes[index + 1] ?? 0) === block) continue;
    countPairs(codes, begun, index);
    begun = index + 1;
  }
  const shares = new Array<number>(labels.length).fill(0);
  let unseen = 1;
  for (const counts of [TYPES_0, TYPES_1, COUNTS_2]) unseen *= interpolate(shares, counts);
  let sum = 0;
  for (let label = 0; label < labels.length; label++) sum += COUNTS_2[label] ?? 0;
  return { shares, unseen, observations, context: sum };
}

/** Turns the shares into those of an order more: (count + types · share) / (all + types). What comes back is for the rest. */
function interpolate(shares: number[], counts: Float64Array): number {
  let [all, types] = [0, 0];
  for (let label = 0; label < shares.length; label++) {
    all += counts[label] ?? 0;
    types += Math.min(counts[label] ?? 0, 1);
  }
  if (all === 0) return 1;
  const rest = types / (all + types);
  for (let label = 0; label < shares.length; label++) {
    shares[label] = (counts[label] ?? 0) / (all + types) + rest * (shares[label] ?? 0);
  }
  return rest;
}

/** What came after a label counts once, however often and whatever came before: from the first to the last of its codes. */
function countPairs(codes: readonly number[], first: number, last: number): void {
  for (let index = first; index <= last; index++) {
    const next = nextIn(codes[index] ?? 0);
    TYPES_0[next] = (TYPES_0[next] ?? 0) + Math.min(PAIRS[next] ?? 0, 1);
    PAIRS[next] = 0;
  }
}
