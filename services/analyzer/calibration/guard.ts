// The hard guard: a token bucket that holds alerts within a number a week, whatever the tail says.
//
// Any four weeks let at most capacity + 4 × refill = 8 × the budget through, and a long time 1.2 × the budget. A budget
// that is too small for two alerts in four weeks gets one, and then none for a little more than four weeks.
import { DAY, type Instant } from '../../core/time.ts';

const WEEK = 7 * DAY;
/** Of the budget; above 1, for weeks differ. */
const REFILL = 1.2;
const CAPACITY = 3.2;
/** Tokens a week at which two alerts are more than four weeks apart. */
const ONE_AT_A_TIME = 1 / 4.02;
/** The part of a full bucket that only very rare ones may take. */
const RESERVE = 1 / 4;

export type Guard = { readonly tokens: number; readonly at: Instant };

/** `perWeek`: the budget. Undefined: never used, so full. */
export function refilled(guard: Guard | undefined, perWeek: number, now: Instant): Guard {
  const { capacity, refill } = sizes(perWeek);
  if (guard === undefined) return { tokens: capacity, at: now };
  // What comes late finds the bucket as it is.
  if (now <= guard.at) return { tokens: Math.min(guard.tokens, capacity), at: guard.at };
  const tokens = Math.min(guard.tokens + ((now - guard.at) / WEEK) * refill, capacity);
  return { tokens, at: now };
}

/** Whether one more goes through. The reserve is for the very rare: a burst of ordinary ones cannot take all. */
export function lets(guard: Guard, perWeek: number, veryRare: boolean): boolean {
  const { capacity } = sizes(perWeek);
  const reserve = veryRare || capacity < 2 ? 0 : Math.max(1, capacity * RESERVE);
  // The tolerance is for rounding: so many thirds of a token are one.
  return guard.tokens >= 1 + reserve - 1e-9;
}

export function spent({ tokens, at }: Guard): Guard {
  return { tokens: Math.max(tokens - 1, 0), at };
}

function sizes(perWeek: number): { capacity: number; refill: number } {
  if (perWeek <= 0) return { capacity: 0, refill: 0 };
  const capacity = perWeek * CAPACITY;
  if (capacity >= 1) return { capacity, refill: perWeek * REFILL };
  return { capacity: 1, refill: Math.min(perWeek * REFILL, ONE_AT_A_TIME) };
}
