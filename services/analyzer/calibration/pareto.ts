// The generalized Pareto distribution, which exceedances over a high threshold follow in the limit (Pickands 1975), fitted
// by probability-weighted moments (Hosking & Wallis 1987, Technometrics 29:339): exact for the few and the tied alike.

export interface Pareto {
  /** Shape ξ: 0 is exponential, above it heavy, below it bounded at −scale/shape. */
  readonly shape: number;
  readonly scale: number;
}

/** Excess over the threshold (bits), and how often it came. */
export interface Excess {
  readonly value: number;
  readonly weight: number;
}

/** Of exact p-values, whose surprise has an exponential tail: a bit more halves what is left. */
const FACE_VALUE = 1 / Math.LN2;
/** The fit starts from so many exceedances that are as exact p-values would have it. */
const PSEUDO = 5;
const SHAPES = { least: -0.3, most: 0.5 };

/** `excesses` from small to large. */
export function fitPareto(excesses: readonly Excess[]): Pareto {
  const count = excesses.reduce((sum, { weight }) => sum + weight, 0);
  let mean = (PSEUDO * FACE_VALUE) / (count + PSEUDO);
  // E[x(1 − F(x))], a quarter of the mean when exponential.
  let moment = mean / 4;
  let above = count;
  for (const { value, weight } of excesses) {
    const survival = (above - weight / 2) / count;
    mean += (weight * value) / (count + PSEUDO);
    moment += (weight * value * survival) / (count + PSEUDO);
    above -= weight;
  }
  const shape = Math.min(Math.max(2 - mean / (mean - 2 * moment), SHAPES.least), SHAPES.most);
  return { shape, scale: mean * (1 - shape) };
}

/** The share of exceedances that are at least `excess` above the threshold. */
export function survival({ shape, scale }: Pareto, excess: number): number {
  if (Math.abs(shape) < 1e-6) return Math.exp(-excess / scale);
  const base = 1 + (shape * excess) / scale;
  return base <= 0 ? 0 : base ** (-1 / shape);
}
