// Times of something as few spans: times within a gap of each other make one span, so that how many there are is bounded
// by the time that passes and not by the traffic. Whether a time lies within the gap of one of them stays exact.
import type { Instant } from '../../core/time.ts';

/** First and last time, both included. */
export type Span = readonly [from: Instant, to: Instant];

/** Both together; spans that are at most `gap` apart become one. In order. */
export function unionOf(a: readonly Span[], b: readonly Span[], gap: number): readonly Span[] {
  const united: [Instant, Instant][] = [];
  for (const [from, to] of [...a, ...b].sort((x, y) => x[0] - y[0])) {
    const last = united.at(-1);
    if (last && from - last[1] <= gap) last[1] = Math.max(last[1], to);
    else united.push([from, to]);
  }
  return united;
}

/** Whether a time of one is at most `gap` from a time of the other. */
export function near(a: readonly Span[], b: readonly Span[], gap: number): boolean {
  return a.some(([from, to]) => b.some((other) => from - other[1] <= gap && other[0] - to <= gap));
}
