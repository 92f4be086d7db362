// How long to wait before trying again: longer each time, so that a system that is ill is left in peace, and never in step
// with others.
import { fateOf } from '../../core/errors.ts';
import { MINUTE, SECOND } from '../../core/time.ts';

const FIRST = 2 * SECOND;
const LONGEST = 5 * MINUTE;
/** What a person has to mend is not mended within seconds. */
const FIRST_FOR_OPERATOR = MINUTE;

/** Milliseconds. `failures`: in a row, at least 1; `random`: in [0, 1). */
export function pauseAfter(error: unknown, failures: number, random: number): number {
  const first = fateOf(error) === 'operator' ? FIRST_FOR_OPERATOR : FIRST;
  return jittered(Math.min(LONGEST, first * 2 ** Math.min(failures - 1, 20)), random);
}

/** A tenth more or less. */
export function jittered(milliseconds: number, random: number): number {
  return Math.round(milliseconds * (0.9 + random * 0.2));
}
