// When a replayed record arrived, where the input does not say.
import type { Clock } from '../../core/clock.ts';
import type { Instant } from '../../core/time.ts';

/**
 * A missing `received_at` takes the line's order: the record's own server time, but never before the record above it;
 * without a time of its own, the time of the record above. Only a record with neither is given the clock's time.
 */
export function createArrivals(clock: Clock): (given: Instant | undefined, own: () => Instant | undefined) => Instant {
  let above: Instant | undefined;
  return (given, own) => {
    const time = given ?? own();
    if (time === undefined) return above ?? clock.now();
    above = given ?? Math.max(time, above ?? time);
    return above;
  };
}
