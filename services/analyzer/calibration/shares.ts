// How the overall budget is divided: to each what it can use, evenly where that is too much (max-min fairness).

/**
 * A share for each claim, in order. A claim is what a detector gives at the floor, or its own budget, if that is less.
 * The sum is at most `overall`; so a noisy detector does not take what a precise one would use.
 */
export function shares(claims: readonly number[], overall: number): readonly number[] {
  const result = claims.map(() => 0);
  let left = overall;
  let waiting = claims.length;
  for (const { claim, index } of claims.map((claim, index) => ({ claim, index })).sort((a, b) => a.claim - b.claim)) {
    const granted = Math.min(claim, left / waiting);
    result[index] = granted;
    left -= granted;
    waiting -= 1;
  }
  return result;
}
