// Tails of counts that scatter more than Poisson's: the negative binomial, a Poisson whose rate is gamma-distributed
// (Gelman et al., Bayesian Data Analysis, 3rd ed., §2.6).
import { gammaln } from 'simple-statistics';

const ITERATIONS = 300;
const PRECISION = 1e-12;
const TINY = 1e-300;

/** P(C ≥ count) for a mean and a shape (variance = mean + mean² / shape): I_q(count, shape), q = mean / (mean + shape). */
export function atLeast(count: number, mean: number, shape: number): number {
  if (count <= 0) return 1;
  return incompleteBeta(mean / (mean + shape), shape / (mean + shape), count, shape);
}

/** P(C ≤ count). */
export function atMost(count: number, mean: number, shape: number): number {
  return Math.max(incompleteBeta(shape / (mean + shape), mean / (mean + shape), shape, count + 1), Number.MIN_VALUE);
}

/** ln P(C = 0). */
export function logNone(mean: number, shape: number): number {
  return -shape * Math.log1p(mean / shape);
}

/** Regularized: I_x(a, b), with y = 1 − x; by its continued fraction (Press et al., Numerical Recipes, 3rd ed., §6.4). */
function incompleteBeta(x: number, y: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  const front = Math.exp(gammaln(a + b) - gammaln(a) - gammaln(b) + a * Math.log(x) + b * Math.log(y));
  if (x < (a + 1) / (a + b + 2)) return Math.min((front * fraction(x, a, b)) / a, 1);
  return Math.max(1 - (front * fraction(y, b, a)) / b, 0);
}

/** Lentz's method. */
function fraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= ITERATIONS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < PRECISION) break;
  }
  return value;
}

function away(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
