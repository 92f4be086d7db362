// The middle, the hundredth-worst and the worst of some numbers.
export function quantiles(values: readonly number[]): {
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
} {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), most: sorted.at(-1) ?? 0 };
}
