// What half, 95 and 99 of a hundred of some numbers do not exceed, and the most of them.
export function quantiles(values: readonly number[]): {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly most: number;
} {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), most: sorted.at(-1) ?? 0 };
}
