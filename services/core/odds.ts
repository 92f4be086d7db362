// Probabilities in words and in bits, the same everywhere.

/** −log2 of a probability, rounded to a hundredth; the surprise of DESIGN.md section 1. */
export function surpriseOf(probability: number): number {
  return Math.round(-Math.log2(Math.max(probability, 2 ** -60)) * 100) / 100;
}

/**
 * Of several odd things at once: the least likely, and half the bits of each other one, for they are seldom independent.
 * 1 for none.
 */
export function jointOdds(probabilities: readonly number[]): number {
  const [least = 1, ...others] = probabilities.toSorted((a, b) => a - b);
  return others.reduce((product, each) => product * Math.sqrt(each), least);
}

/** `1 in 4,000`, with two significant digits; `most` for what is not rare at all. */
export function describeOdds(probability: number): string {
  if (probability >= 0.5) return 'most';
  const times = Math.min(1 / probability, 2 ** 60);
  const magnitude = 10 ** Math.max(Math.floor(Math.log10(times)) - 1, 0);
  return `1 in ${(Math.round(times / magnitude) * magnitude).toLocaleString('en-US')}`;
}
