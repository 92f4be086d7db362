// Baseline "quantile": how long, how large, how many: whether a value lies in the tail of those before it.
//
// Values are kept in a sketch with buckets that grow by 5 % (quantile-sketch.ts). The tail probability of a value is the
// share of what lies in its bucket and beyond. Where fewer than ten observations are left (between 2 % and 20 % of all), an
// exponential tail on the logarithmic scale goes on, Pareto's: share · (value / edge)^(−1/spread). Its spread comes from two
// quantiles, the edge and the one a quarter as frequent (as Pickands 1975, Annals of Statistics 3; not from the mean excess,
// Hill's, so that one value a thousandfold does not stretch it), with 10 pseudo-observations of 0.3 or of the peers' spread.
// So three times the largest is rarer than a little more than it. No more is trusted than what was observed bears: a
// heavy tail, 1 / (1 + value / median), weighs one observation, or the peers' own tail four of them.
// Two-sided, the rarer side counts, doubled.
// Old observations fade with a half-life of 90 days. Size: at most 384 buckets, 5 KB; durations of a job take 20 to 60
// buckets, 300 bytes. Values below a thousandth are equal, so choose the unit accordingly.
import type { Baseline } from '../../services/core/baseline.ts';
import { DAY, type Instant } from '../../services/core/time.ts';
import { earlier, fading } from './fading.ts';
import { dense, isAmount, isCount, isListOf, sparse, unwritten, written } from './kept.ts';
import {
  addTo,
  BUCKETS,
  beyond,
  bucketOf,
  logOf,
  reached,
  type Sketch,
  scaled,
  total,
  UNITS,
  united,
  upperLog,
} from './quantile-sketch.ts';

const TAG = 'quantile/1';
const FADING = fading(90 * DAY);
const TAIL_OBSERVATIONS = 10;
const SPREAD_OBSERVATIONS = 10;
const SPREAD = 0.3;
const LEAST_SPREAD = 0.02;
const PEER_OBSERVATIONS = 4;
/** Observations that count for less in all are no history. */
const FORGOTTEN = 1e-3;

export type QuantileState = { readonly first: number; readonly weights: readonly number[] } & {
  readonly epoch: number;
  readonly since: Instant;
};

export interface QuantileDetail {
  /** Probabilities of a value at least so large, and of one at most so large. */
  readonly upper: number;
  readonly lower: number;
  /** Quantiles; undefined before anything is known. */
  readonly median: number | undefined;
  readonly usual: { readonly from: number; readonly to: number } | undefined;
  /** The largest, to 5 %. */
  readonly largest: number | undefined;
}

type Side = 1 | -1;

/** What is known of one side of a state with its peers. */
interface Tail {
  readonly spread: number;
  /** Observations that it weighs in a state that borrows from it. */
  readonly weight: number;
  /** `median` is the logarithm of that of who borrows, and `known` how much is known of it: all from one observation on. */
  at(log: number, median: number, known: number): number;
}

/** @param sides whether only what is large is unusual, or what is small too. */
export function quantile({
  sides,
}: {
  readonly sides: 'upper' | 'both';
}): Baseline<number, QuantileState, QuantileDetail> {
  return {
    id: 'quantile',

    empty: () => ({ first: 0, weights: [], epoch: 0, since: 0 }),

    observe(state, value, at) {
      if (Number.isNaN(value)) return state;
      const before = carried(state, FADING.epochOf(at));
      const { first, weights } = addTo(before, bucketOf(value), FADING.weight(at, before.epoch));
      return { first, weights, epoch: before.epoch, since: earlier(state.since, at) };
    },

    probability(state, value, at, peers) {
      const [upper, lower] = ([1, -1] as const).map((side) => {
        if (Number.isNaN(value)) return 1;
        const log = logOf(value);
        const lent = peers.reduceRight<Tail>((prior, peer) => tailOf(peer, at, side, prior), UNKNOWN[side]);
        return Math.max(tailOf(state, at, side, lent).at(log, 0, 0), Number.MIN_VALUE);
      });
      const [up = 1, low = 1] = [upper, lower];
      const sum = total(state);
      return {
        probability: sides === 'upper' ? up : Math.min(2 * Math.min(up, low), 1),
        observations: sum * FADING.factor(state.epoch, at),
        ...(state.since > 0 ? { since: state.since } : {}),
        detail: {
          upper: up,
          lower: low,
          get median() {
            return sum > 0 ? valueAt(state, sum / 2) : undefined;
          },
          get usual() {
            return sum > 0 ? { from: valueAt(state, sum * 0.05), to: valueAt(state, sum * 0.95) } : undefined;
          },
          get largest() {
            return sum > 0 ? valueAt(state, sum) : undefined;
          },
        },
      };
    },

    merge(one, other) {
      const epoch = Math.max(one.epoch, other.epoch);
      const { first, weights } = united(carried(one, epoch), carried(other, epoch));
      return { first, weights, epoch, since: earlier(one.since, other.since) };
    },

    decay: (state, at) => carried(state, FADING.epochOf(at)),

    serialize({ first, weights, epoch, since }) {
      return written(TAG, [epoch, since, first, weights.length, sparse(weights, UNITS)]);
    },

    parse(text) {
      const parts = unwritten(TAG, text);
      if (!Array.isArray(parts) || parts.length !== 5) return undefined;
      const [epoch, since, first, length, flat]: unknown[] = parts;
      if (!isCount(epoch) || !isAmount(since) || !isCount(length) || length > BUCKETS) return undefined;
      if (typeof first !== 'number' || !Number.isSafeInteger(first)) return undefined;
      const weights = isListOf(flat, isCount, 2 * BUCKETS) ? dense(flat, UNITS, length) : undefined;
      if (weights?.length !== length || weights[0] === 0 || weights.at(-1) === 0) return undefined;
      const last = first + length - 1;
      if (length > 0 ? first < bucketOf(0) || last > bucketOf(Number.POSITIVE_INFINITY) : first !== 0) return undefined;
      return { first, weights, epoch, since };
    },
  };
}

/** Where nothing is known, nothing is rare. */
const UNKNOWN = { 1: heavyTail(1), [-1]: heavyTail(-1) } as const;

function heavyTail(side: Side): Tail {
  return {
    spread: SPREAD,
    weight: 1,
    at: (log, median, known) => 1 - known + known / (1 + Math.exp(side * (log - median))),
  };
}

function tailOf(state: QuantileState, at: Instant, side: Side, prior: Tail): Tail {
  const sum = total(state);
  const count = sum * FADING.factor(state.epoch, at);
  if (count < FORGOTTEN) return { spread: prior.spread, weight: prior.weight, at: prior.at };
  const share = Math.min(Math.max(TAIL_OBSERVATIONS / count, 0.02), 0.2);
  const [edge, atEdge] = reached(state, share * sum, side);
  const [far, atFar] = reached(state, (share * sum) / 4, side);
  const seen = far === edge ? 0 : (side * (upperLog(far) - upperLog(edge))) / Math.log(atEdge / atFar);
  const weighed = (count * seen + SPREAD_OBSERVATIONS * prior.spread) / (count + SPREAD_OBSERVATIONS);
  const spread = Math.max(weighed, LEAST_SPREAD);
  // Where the bucket of the edge begins: all that is reached lies beyond that.
  const begin = upperLog(side === 1 ? edge - 1 : edge);
  const median = upperLog(reached(state, sum / 2, 1)[0]);
  const known = Math.min(count, 1);
  return {
    spread,
    weight: PEER_OBSERVATIONS,
    at(log, asked, knownOf) {
      const bucket = bucketOf(Math.exp(log));
      const own =
        side * (bucket - edge) > 0
          ? (atEdge / sum) * Math.exp((side * (begin - log)) / spread)
          : beyond(state, bucket, side) / sum;
      const lent = prior.at(log, knownOf > known ? asked : median, Math.max(known, knownOf));
      return Math.min((count * own + prior.weight * lent) / (count + prior.weight), 1);
    },
  };
}

function carried(state: QuantileState, epoch: number): QuantileState {
  if (epoch <= state.epoch) return state;
  const { first, weights } = scaled(state, FADING.carry(state.epoch, epoch));
  return { first, weights, epoch, since: state.since };
}

/** The value below which so much lies, to 5 %. */
function valueAt(sketch: Sketch, sum: number): number {
  return Math.exp(upperLog(reached(sketch, sum, -1)[0]));
}
