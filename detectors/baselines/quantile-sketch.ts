// A sketch of quantiles: DDSketch (Masson, Rim and Lee 2019, VLDB 12), whose buckets grow by 5 %, so a value is known to
// 2.5 %; two sketches add up exactly. Where it gets too wide, the lowest buckets become one, as in the paper.

const LOG_GROWTH = Math.log(1.05);
/** A factor of 10^8 between the least and the largest. */
export const BUCKETS = 384;
const LEAST = 1e-3;
const MOST = 1e15;
/** Weights are kept in ten-thousandths of an observation. */
export const UNITS = 10_000;

export interface Sketch {
  /** Number of the first bucket: bucket b holds what is above 1.05^(b−1), up to 1.05^b. */
  readonly first: number;
  /** From the first to the last bucket that is not empty. */
  readonly weights: readonly number[];
}

/** Whatever is below a thousandth counts as that. */
export function bucketOf(value: number): number {
  // Plus nothing: there is a −0, which text does not keep.
  return Math.ceil(logOf(value) / LOG_GROWTH - 1e-9) + 0;
}

export function logOf(value: number): number {
  return Math.log(Math.min(Math.max(value, LEAST), MOST));
}

/** The largest value of a bucket, as a logarithm. */
export function upperLog(bucket: number): number {
  return bucket * LOG_GROWTH;
}

export function addTo(sketch: Sketch, bucket: number, weight: number): Sketch {
  if (sketch.weights.length === 0) return trimmed({ first: bucket, weights: [rounded(weight)] });
  return united(sketch, { first: bucket, weights: [weight] });
}

export function united(a: Sketch, b: Sketch): Sketch {
  if (a.weights.length === 0) return b;
  if (b.weights.length === 0) return a;
  const last = Math.max(a.first + a.weights.length, b.first + b.weights.length) - 1;
  const first = Math.max(Math.min(a.first, b.first), last - BUCKETS + 1);
  const covers = a.first === first && a.first + a.weights.length - 1 === last;
  const weights = covers ? a.weights.slice() : new Array<number>(last - first + 1).fill(0);
  for (const { first: from, weights: more } of covers ? [b] : [a, b]) {
    for (const [place, weight] of more.entries()) {
      const at = Math.max(from + place - first, 0);
      weights[at] = rounded((weights[at] ?? 0) + weight);
    }
  }
  return covers ? { first, weights } : trimmed({ first, weights });
}

export function scaled({ first, weights }: Sketch, factor: number): Sketch {
  return trimmed({ first, weights: weights.map((weight) => rounded(weight * factor)) });
}

export function total({ weights }: Sketch): number {
  let sum = 0;
  for (const weight of weights) sum += weight;
  return sum;
}

/** The bucket at which so much is reached, counted from above (1) or from below (−1), and what then is reached. */
export function reached(
  { first, weights }: Sketch,
  share: number,
  side: 1 | -1,
): readonly [bucket: number, sum: number] {
  let sum = 0;
  for (let step = 0; step < weights.length; step++) {
    const place = side === 1 ? weights.length - 1 - step : step;
    sum += weights[place] ?? 0;
    if (sum >= share) return [first + place, sum];
  }
  return [side === 1 ? first : first + weights.length - 1, sum];
}

/** What lies in a bucket and beyond it. */
export function beyond({ first, weights }: Sketch, bucket: number, side: 1 | -1): number {
  let sum = 0;
  const place = bucket - first;
  const from = side === 1 ? Math.max(place, 0) : 0;
  const to = side === 1 ? weights.length - 1 : Math.min(place, weights.length - 1);
  for (let each = from; each <= to; each++) sum += weights[each] ?? 0;
  return sum;
}

function trimmed({ first, weights }: Sketch): Sketch {
  const from = weights.findIndex((weight) => weight > 0);
  if (from < 0) return { first: 0, weights: [] };
  return { first: first + from, weights: weights.slice(from, weights.findLastIndex((weight) => weight > 0) + 1) };
}

function rounded(weight: number): number {
  return Math.round(weight * UNITS) / UNITS;
}
