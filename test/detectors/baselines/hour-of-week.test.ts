// Learns when somebody works: regular people, people who move, and input that means no good.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type HourState, hourOfWeek } from '../../../detectors/baselines/hour-of-week.ts';
import type { ClaimedTime } from '../../../services/core/time.ts';
import { DAY, HOUR, MINUTE } from '../../../services/core/time.ts';
import { randomFrom } from '../../helpers/random.ts';
import { frozen } from './frozen.ts';
import { obeysTheLaws, START } from './laws.ts';

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

function probabilityAt(state: HourState, at: number, offset?: number, peers: readonly HourState[] = []): number {
  const claim = { at, ...(offset === undefined ? {} : { offset_minutes: offset }) };
  return hourOfWeek.probability(state, claim, at, peers).probability;
}

const DAYS_SEEN = fc.integer({ min: 0, max: 13 });
const hourOf = (hour: number) => START + hour * HOUR;
// Fourteen hours, some of them after the server's time: what is told apart by the sixteen latest.
const stated = DAYS_SEEN.map((hour) => ({ at: hourOf(hour), offset_minutes: 60 }));
const unstated = DAYS_SEEN.map((hour) => ({ at: hourOf(hour) }));
const limits = { longest: 3_072, tolerance: 0.02, merged: 0.1 };

describe('who states a zone', () => obeysTheLaws(hourOfWeek, { observation: stated, ...limits }));
describe('who states none', () => obeysTheLaws(hourOfWeek, { observation: unstated, ...limits }));

const claimed = fc.record(
  { at: fc.integer({ min: 0, max: 4e12 }), offset_minutes: fc.integer({ min: -26 * 60, max: 26 * 60 }) },
  { requiredKeys: ['at'] },
);
const stamped = fc.record({ claim: claimed, observed: fc.integer({ min: MONDAY, max: MONDAY + 2_000 * DAY }) });

test('whatever is claimed: probabilities are probabilities, and the state comes back from its text', () => {
  fc.assert(
    fc.property(fc.array(stamped, { maxLength: 300 }), stamped, (seen, { claim, observed }) => {
      const state = seen.reduce(
        (learned, each) => hourOfWeek.observe(frozen(learned), each.claim, each.observed),
        hourOfWeek.empty(),
      );
      const { probability, detail } = hourOfWeek.probability(frozen(state), claim, observed, []);
      expect(probability).toBeGreaterThan(0);
      expect(probability).toBeLessThanOrEqual(1);
      expect(detail.pace).toBeGreaterThanOrEqual(0);
      expect(detail.hours).toHaveLength(168);
      expect(detail.hours.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
      expect(hourOfWeek.parse(hourOfWeek.serialize(state))).toEqual(state);
      expect(hourOfWeek.serialize(state).length).toBeLessThan(3_072);
    }),
    { numRuns: 60 },
  );
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
    const { detail } = hourOfWeek.probability(state, { at: now }, now, []);
    expect(detail.pace).toBeGreaterThan(18);
    expect(detail.pace).toBeLessThan(22);
  });

  test('keeps the profile under a kilobyte', () => {
    expect(hourOfWeek.serialize(state).length).toBeLessThan(1_024);
  });

  test('fades: after one half-life of silence half of the weight is left', () => {
    const now = MONDAY + 84 * DAY;
    const { observations } = hourOfWeek.probability(state, { at: now }, now, []);
    const later = hourOfWeek.probability(state, { at: now }, now + 90 * DAY, []);
    expect(later.observations / observations).toBeCloseTo(0.5, 6);
  });

  test('fades too while work goes on: the profile levels out', () => {
    const years = learn(workingDays(3 * 365));
    const now = MONDAY + 3 * 365 * DAY;
    const steady = (20 / 7) * (90 / Math.LN2);
    const { observations, detail } = hourOfWeek.probability(years, { at: now }, now, []);
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

  test('without one: a new continent is news on the first day, and hardly on the third', () => {
    const before = learn(workingDays(84, { stated: false }));
    const [first, third] = [0, 2].map((days) => {
      const moved = workingDays(days, { from: MONDAY + 84 * DAY, offset: -480, stated: false });
      return probabilityAt(learn(moved, before), MONDAY + (84 + days) * DAY + (480 * MINUTE + 11 * HOUR));
    });
    expect(first).toBeLessThan(0.04);
    expect(third).toBeGreaterThan(0.1);
    const night = MONDAY + 87 * DAY + 480 * MINUTE + 3 * HOUR;
    const moved = workingDays(3, { from: MONDAY + 84 * DAY, offset: -480, stated: false });
    expect(probabilityAt(learn(moved, before), night)).toBeLessThan(0.05);
  });

  test('without one: one night at work moves nobody for long', () => {
    const nights = [1, 2, 3].map((hour) => ({ at: MONDAY + 84 * DAY + hour * HOUR }));
    const after = learn(
      workingDays(4, { from: MONDAY + 84 * DAY, stated: false }),
      learn(nights, learn(workingDays(84))),
    );
    expect(probabilityAt(after, MONDAY + 88 * DAY + 3 * HOUR)).toBeLessThan(0.05);
    expect(probabilityAt(after, MONDAY + 88 * DAY + 11 * HOUR)).toBeGreaterThan(0.3);
  });
});

describe('a newcomer in a team', () => {
  const team = learn([0, 60, 120].flatMap((offset) => workingDays(84, { offset })).sort((a, b) => a.at - b.at));
  const tuesday = MONDAY + 85 * DAY;

  test('is expected at their hours, by the clock that the newcomer states', () => {
    const [day, night] = [11, 3].map((hour) => hour * HOUR - 540 * MINUTE);
    expect(probabilityAt(hourOfWeek.empty(), tuesday + (day ?? 0), 540, [team])).toBeGreaterThan(0.3);
    expect(probabilityAt(hourOfWeek.empty(), tuesday + (night ?? 0), 540, [team])).toBeLessThan(0.1);
    expect(probabilityAt(hourOfWeek.empty(), tuesday + (night ?? 0), 540)).toBeCloseTo(1, 9);
  });

  test('who states none is found to live elsewhere after some days', () => {
    const some = workingDays(3, { from: MONDAY + 84 * DAY, offset: 540, stated: false });
    const state = learn(some);
    // 13:00 and 01:00 there, hours at which nothing was seen yet.
    const [day, night] = [13, 1].map((hour) => MONDAY + 87 * DAY + hour * HOUR - 540 * MINUTE);
    const [likely, unlikely] = [day ?? 0, night ?? 0].map((at) => probabilityAt(state, at, undefined, [team]));
    expect(likely).toBeGreaterThan(0.2);
    expect(unlikely).toBeLessThan(0.1);
    expect(probabilityAt(state, night ?? 0)).toBeGreaterThan(unlikely ?? 1);
  });

  test('is judged by their own hours in the end', () => {
    const nightly = learn(workingDays(84, { offset: 720 }).map(({ at }) => ({ at, offset_minutes: 0 })));
    expect(probabilityAt(nightly, MONDAY + 85 * DAY - 3 * HOUR, 0, [team])).toBeGreaterThan(0.3);
  });
});

describe('hours drawn from a rhythm', () => {
  test.each([
    { name: 'narrow', spread: 2 },
    { name: 'wide', spread: 5 },
  ])('$name: the share of hours that are so improbable is about that, or less', ({ spread }) => {
    const random = randomFrom(11);
    const odds: number[] = [];
    let state = hourOfWeek.empty();
    for (let day = 0; day < 2_000; day++) {
      if (day % 7 >= 5) continue;
      const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
      const at = MONDAY + day * DAY + (13 + spread * normal) * HOUR;
      if (day > 100) odds.push(probabilityAt(state, at, 0));
      state = hourOfWeek.observe(state, { at, offset_minutes: 0 }, at);
    }
    for (const share of [0.1, 0.01]) {
      const seen = odds.filter((probability) => probability <= share).length / odds.length;
      expect(seen).toBeLessThan(1.5 * share);
      if (share === 0.1) expect(seen).toBeGreaterThan(share / 4);
    }
  });
});

describe('what must not teach', () => {
  const state = learn(workingDays(84));
  const night = MONDAY + 86 * DAY + 3 * HOUR;

  test('a burst of fifty commits in one hour counts once', () => {
    const once = learn([{ at: night, offset_minutes: 0 }], state);
    const burst = Array.from({ length: 50 }, (_, index) => ({ at: night + index * MINUTE, offset_minutes: 0 }));
    expect(learn(burst, state)).toEqual(once);
    expect(hourOfWeek.probability(once, { at: night + MINUTE }, night, []).detail.repeated).toBe(true);
  });

  test('nor does a rebase that brings the commits of the last hours again', () => {
    const nights = [0, 1, 2, 3].map((hour) => ({ at: night + hour * HOUR, offset_minutes: 0 }));
    expect(learn([...nights, ...nights], state)).toEqual(learn(nights, state));
  });

  test('a commit dated decades ahead does not make all that was learned fade away', () => {
    const now = MONDAY + 84 * DAY;
    const forged = hourOfWeek.observe(state, { at: Date.UTC(2099, 0, 1, 3), offset_minutes: 0 }, now);
    expect(hourOfWeek.probability(forged, { at: now }, now, []).observations).toBeGreaterThan(
      hourOfWeek.probability(state, { at: now }, now, []).observations,
    );
    expect(probabilityAt(forged, MONDAY + 85 * DAY + 11 * HOUR, 0)).toBeGreaterThan(0.3);
  });
});
