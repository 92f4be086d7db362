// Learns when somebody works: regular people, people who move, and input that means no good.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type HourState, hourOfWeek } from '../../../detectors/baselines/hour-of-week.ts';
import type { ClaimedTime } from '../../../services/core/time.ts';
import { DAY, HOUR, MINUTE } from '../../../services/core/time.ts';
import { frozen } from './frozen.ts';

/** Monday 2026-01-05 00:00 UTC. */
const MONDAY = Date.UTC(2026, 0, 5);

function learn(times: readonly ClaimedTime[], state: HourState = hourOfWeek.empty()): HourState {
  return times.reduce((learned, time) => hourOfWeek.observe(frozen(learned), time, time.at), state);
}

/** Every working day at 9, 11, 14 and 16 o'clock on a clock so many minutes east of UTC. */
function workingDays(days: number, { from = MONDAY, offset = 0, stated = true } = {}): ClaimedTime[] {
  return Array.from({ length: days }, (_, day) => day)
    .filter((day) => day % 7 < 5)
    .flatMap((day) =>
      [9, 11, 14, 16].map((hour) => ({
        at: from + day * DAY + hour * HOUR - offset * MINUTE,
        ...(stated ? { offset_minutes: offset } : {}),
      })),
    );
}

function probabilityAt(state: HourState, at: number, offset?: number): number {
  return hourOfWeek.read(state, { at, ...(offset === undefined ? {} : { offset_minutes: offset }) }, at).probability;
}

const claimed = fc.record(
  { at: fc.integer({ min: 0, max: 4e12 }), offset_minutes: fc.integer({ min: -26 * 60, max: 26 * 60 }) },
  { requiredKeys: ['at'] },
);
const stamped = fc.record({ claim: claimed, observed: fc.integer({ min: MONDAY, max: MONDAY + 2_000 * DAY }) });

describe('whatever is observed', () => {
  test('probabilities are probabilities, states are JSON of bounded size, arguments stay as they are', () => {
    fc.assert(
      fc.property(fc.array(stamped, { maxLength: 300 }), stamped, (seen, { claim, observed }) => {
        const state = seen.reduce(
          (learned, each) => hourOfWeek.observe(frozen(learned), each.claim, each.observed),
          hourOfWeek.empty(),
        );
        const { probability, observations, detail } = hourOfWeek.read(frozen(state), claim, observed);
        expect(probability).toBeGreaterThan(0);
        expect(probability).toBeLessThanOrEqual(1);
        expect(observations).toBeGreaterThanOrEqual(0);
        expect(detail.pace).toBeGreaterThanOrEqual(0);
        expect(detail.hours).toHaveLength(168);
        expect(detail.hours.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
        expect(JSON.parse(JSON.stringify(state))).toEqual(state);
        expect(JSON.stringify(state).length).toBeLessThan(4_096);
      }),
      { numRuns: 60 },
    );
  });

  test('the order of observations within minutes makes no difference', () => {
    const times = workingDays(3);
    const minutes = times.map((time, index) => ({ time, observed: MONDAY + index * MINUTE }));
    fc.assert(
      fc.property(fc.shuffledSubarray(minutes, { minLength: minutes.length }), (shuffled) => {
        const inOrder = minutes.reduce((s, each) => hourOfWeek.observe(s, each.time, each.observed), learn([]));
        const state = shuffled.reduce((s, each) => hourOfWeek.observe(s, each.time, each.observed), learn([]));
        const later = MONDAY + DAY;
        for (const hour of [3, 10, 17]) {
          expect(hourOfWeek.read(state, { at: later + hour * HOUR }, later).probability).toBeCloseTo(
            hourOfWeek.read(inOrder, { at: later + hour * HOUR }, later).probability,
            3,
          );
        }
      }),
    );
  });
});

describe('an author with regular days', () => {
  const state = learn(workingDays(84, { offset: -300 }));

  test('works at usual hours, hardly an hour later, and not at night', () => {
    const wednesday = MONDAY + 86 * DAY + 300 * MINUTE;
    expect(probabilityAt(state, wednesday + 11 * HOUR, -300)).toBeGreaterThan(0.3);
    expect(probabilityAt(state, wednesday + 18 * HOUR, -300)).toBeGreaterThan(0.02);
    expect(probabilityAt(state, wednesday + 3 * HOUR, -300)).toBeLessThan(0.01);
    expect(probabilityAt(state, MONDAY + 89 * DAY + 11 * HOUR, -300)).toBeLessThan(0.01);
  });

  test('is said to work twenty hours a week', () => {
    const now = MONDAY + 84 * DAY;
    const { detail } = hourOfWeek.read(state, { at: now }, now);
    expect(detail.pace).toBeGreaterThan(18);
    expect(detail.pace).toBeLessThan(22);
  });

  test('keeps the profile under two kilobytes', () => {
    expect(JSON.stringify(state).length).toBeLessThan(2_048);
  });

  test('fades: after one half-life of silence half of the weight is left', () => {
    const now = MONDAY + 84 * DAY;
    const { observations } = hourOfWeek.read(state, { at: now }, now);
    const later = hourOfWeek.read(state, { at: now }, now + 90 * DAY);
    expect(later.observations / observations).toBeCloseTo(0.5, 6);
  });

  test('fades too while work goes on: the profile levels out', () => {
    const years = learn(workingDays(3 * 365));
    const now = MONDAY + 3 * 365 * DAY;
    const steady = (20 / 7) * (90 / Math.LN2);
    const { observations, detail } = hourOfWeek.read(years, { at: now }, now);
    expect(observations / steady).toBeGreaterThan(0.95);
    expect(observations / steady).toBeLessThan(1.05);
    expect(detail.pace).toBeGreaterThan(19);
    expect(detail.pace).toBeLessThan(21);
  });
});

describe('an author who moves', () => {
  test('with a stated zone is at home at once', () => {
    const state = learn(workingDays(84, { offset: 60 }));
    const tuesday = MONDAY + 85 * DAY;
    expect(probabilityAt(state, tuesday + 10 * HOUR - 540 * MINUTE, 540)).toBeGreaterThan(0.3);
  });

  test('without one: a change of daylight time surprises nobody', () => {
    const state = learn(workingDays(84, { stated: false }));
    const tuesday = MONDAY + 85 * DAY;
    expect(probabilityAt(state, tuesday + 8 * HOUR)).toBeGreaterThan(0.05);
    expect(probabilityAt(state, tuesday + 17 * HOUR)).toBeGreaterThan(0.05);
  });

  test('without one: a new continent is usual after two weeks', () => {
    const before = learn(workingDays(84, { stated: false }));
    const moved = workingDays(14, { from: MONDAY + 84 * DAY, offset: -480, stated: false });
    const tuesday = MONDAY + 99 * DAY + 480 * MINUTE + 11 * HOUR;
    expect(probabilityAt(before, tuesday)).toBeLessThan(0.05);
    expect(probabilityAt(learn(moved, before), tuesday)).toBeGreaterThan(0.1);
  });
});

describe('what must not teach', () => {
  const state = learn(workingDays(84));
  const night = MONDAY + 86 * DAY + 3 * HOUR;

  test('a burst of fifty commits in one hour counts once', () => {
    const once = learn([{ at: night, offset_minutes: 0 }], state);
    const burst = Array.from({ length: 50 }, (_, index) => ({ at: night + index * MINUTE, offset_minutes: 0 }));
    expect(learn(burst, state)).toEqual(once);
    expect(hourOfWeek.read(once, { at: night + MINUTE }, night).detail.repeated).toBe(true);
  });

  test('nor does a rebase that brings the commits of the last hours again', () => {
    const nights = [0, 1, 2, 3].map((hour) => ({ at: night + hour * HOUR, offset_minutes: 0 }));
    expect(learn([...nights, ...nights], state)).toEqual(learn(nights, state));
  });

  test('a commit dated decades ahead does not make all that was learned fade away', () => {
    const now = MONDAY + 84 * DAY;
    const forged = hourOfWeek.observe(state, { at: Date.UTC(2099, 0, 1, 3), offset_minutes: 0 }, now);
    expect(hourOfWeek.read(forged, { at: now }, now).observations).toBeGreaterThan(
      hourOfWeek.read(state, { at: now }, now).observations,
    );
    expect(probabilityAt(forged, MONDAY + 85 * DAY + 11 * HOUR, 0)).toBeGreaterThan(0.3);
  });
});
