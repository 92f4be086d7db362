// Forward decay (Cormode et al. 2009, ICDE): an observation weighs 2^(time since a landmark ÷ half-life), and only reading
// divides. So it does not matter in which order observations come, and nothing has to be touched for time to pass.
// Landmarks lie on a fixed grid of epochs, four half-lives long: states of the same time share theirs and add up as they are.
import type { Instant } from '../../services/core/time.ts';

const HALF_LIVES_PER_EPOCH = 4;

export interface Fading {
  epochOf(at: Instant): number;
  /** What an observation weighs in an epoch: 1 to 16 if it falls into it, less if it is older. */
  weight(at: Instant, epoch: number): number;
  /** Times this, weights of an epoch are what they count for at a time. */
  factor(epoch: number, at: Instant): number;
  /** Times this, weights of an epoch are weights of a later one. */
  carry(from: number, to: number): number;
}

export function fading(halfLife: number): Fading {
  const sinceLandmark = (at: Instant, epoch: number) => at / halfLife - HALF_LIVES_PER_EPOCH * epoch;
  return {
    epochOf: (at) => Math.floor(at / (HALF_LIVES_PER_EPOCH * halfLife)),
    weight: (at, epoch) => 2 ** sinceLandmark(at, epoch),
    factor: (epoch, at) => Math.min(2 ** -sinceLandmark(at, epoch), 1),
    carry: (from, to) => 2 ** (HALF_LIVES_PER_EPOCH * (from - to)),
  };
}

/** Of two times at which something began; 0: it never did. */
export function earlier(a: Instant, b: Instant): Instant {
  if (a === 0 || b === 0) return a + b;
  return Math.min(a, b);
}

/** Six decimals: fine enough to keep what fades within a minute, short enough to store. */
export function rounded(weight: number): number {
  return Math.max(Math.round(weight * 1e6) / 1e6, 0);
}
