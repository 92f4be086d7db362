// Counts per window: bursts, silences, seasons, and how many different things somebody touches.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { atLeast, atMost } from '../../../detectors/baselines/count-model.ts';
import { rate } from '../../../detectors/baselines/rate.ts';
import type { RateState } from '../../../detectors/baselines/rate-state.ts';
import type { Counted } from '../../../detectors/baselines/rate-windows.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../services/core/time.ts';
import { randomFrom } from '../../helpers/random.ts';
import { learnAll, obeysTheLaws, START } from './laws.ts';

const hourly = rate({ window: HOUR });
const daily = rate({ window: DAY });

function poisson(mean: number, random: () => number): number {
  let count = 0;
  for (let product = random(); product > Math.exp(-mean); product *= random()) count++;
  return count;
}

function exponential(random: () => number): number {
  return -Math.log(1 - random());
}

/** Counts by hour, learned for so many days. */
function learn(days: number, countAt: (hour: number) => number, from = START, state?: RateState): RateState {
  const counts = Array.from({ length: days * 24 }, (_, hour) => ({ count: countAt(hour), at: from + hour * HOUR }));
  return learnAll(
    hourly,
    counts.map(({ count, at }) => ({ observation: { count }, at })),
    state,
  );
}

function burst(state: RateState, count: number, at: number, peers: readonly RateState[] = []): number {
  return hourly.probability(state, { count }, at, peers).probability;
}

const observation: fc.Arbitrary<Counted> = fc.oneof(
  fc.record({ count: fc.integer({ min: 0, max: 2 }) }),
  fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd') }),
  fc.record({ key: fc.constantFrom('a', 'b', 'c'), member: fc.constantFrom('ada', 'grace') }),
);

const laws = { observation, longest: 4_096, tolerance: 1e-4, merged: 0.05, last: { count: 1 } };
describe('hourly', () => obeysTheLaws(hourly, laws));
describe('daily', () => obeysTheLaws(daily, laws));

describe('the negative binomial', () => {
  test('has the tails that its terms add up to', () => {
    const parameters = fc.record({
      mean: fc.double({ min: 0.01, max: 30, noNaN: true }),
      shape: fc.double({ min: 0.05, max: 50, noNaN: true }),
      count: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(parameters, ({ mean, shape, count }) => {
        let term = (shape / (mean + shape)) ** shape;
        let below = 0;
        for (let each = 0; each < count; each++) {
          below += term;
          term *= ((each + shape) / (each + 1)) * (mean / (mean + shape));
        }
        expect(atLeast(count, mean, shape)).toBeCloseTo(1 - below, 9);
        expect(atMost(count - 1, mean, shape)).toBeCloseTo(below, 9);
      }),
    );
  });

  test('never rises with the count', () => {
    const odds = Array.from({ length: 400 }, (_, count) => atLeast(count, 7, 1.3));
    expect(odds).toEqual(odds.toSorted((a, b) => b - a));
    expect(odds.at(-1)).toBeGreaterThan(0);
  });
});

describe('a job that runs about ten times an hour', () => {
  const random = randomFrom(1);
  const state = learn(60, () => poisson(10, random));
  const now = START + 60 * DAY;

  test('is not surprised by fifteen, and the more the more there are', () => {
    expect(burst(state, 15, now)).toBeGreaterThan(0.03);
    const odds = [1, 5, 10, 15, 20, 25, 40, 100, 1_000, 1e6].map((count) => burst(state, count, now));
    expect(odds).toEqual(odds.toSorted((a, b) => b - a));
    expect(new Set(odds).size).toBeGreaterThanOrEqual(9);
    expect(odds[6]).toBeLessThan(1e-3);
    expect(odds.at(-1)).toBeGreaterThan(0);
  });

  test('counts on in the window that is open', () => {
    const busy = hourly.observe(state, { count: 30 }, now + MINUTE);
    const { detail } = hourly.probability(busy, { count: 10 }, now + 2 * MINUTE, []);
    expect(detail.count).toBe(40);
    expect(detail.burst).toBe(burst(state, 40, now + 2 * MINUTE));
    expect(detail.most?.count).toBeLessThan(30);
    expect(detail.expected).toBeGreaterThan(9);
    expect(detail.expected).toBeLessThan(11);
  });

  test('falls silent: three hours without a run are told to who asks', () => {
    const asked = (hours: number) => hourly.probability(state, { count: 0 }, now + hours * HOUR, []);
    expect(asked(0).detail.silence.windows).toBe(1);
    expect(asked(0).probability).toBeGreaterThan(0.003);
    expect(asked(3).detail.silence.windows).toBe(3);
    expect(asked(3).probability).toBeLessThan(1e-6);
    expect(hourly.observe(state, { count: 0 }, now + 3 * HOUR)).toBe(state);
  });

  test('keeps its profile under a kilobyte', () => {
    expect(hourly.serialize(state).length).toBeLessThan(1_024);
  });
});

describe('somebody who works by day', () => {
  const random = randomFrom(2);
  const isWork = (hour: number) => hour % 24 >= 8 && hour % 24 < 18 && Math.floor(hour / 24) % 7 < 5;
  const state = learn(84, (hour) => (isWork(hour) ? poisson(4, random) : 0));
  const monday = START + 84 * DAY;

  test('does at noon what would be much at night and on Sunday', () => {
    expect(burst(state, 6, monday + 12 * HOUR)).toBeGreaterThan(0.1);
    expect(burst(state, 6, monday + 3 * HOUR)).toBeLessThan(0.03);
    expect(burst(state, 6, monday - 12 * HOUR)).toBeLessThan(0.03);
  });

  test('is not missed over the weekend, but on a Tuesday', () => {
    const friday = learn(5, (hour) => (isWork(hour) ? 4 : 0), monday, state);
    const quiet = (at: number) => hourly.probability(friday, { count: 0 }, at, []).probability;
    expect(quiet(monday + 7 * DAY + 7 * HOUR)).toBeGreaterThan(1e-3);
    expect(quiet(monday + 8 * DAY + 18 * HOUR)).toBeLessThan(1e-6);
  });

  test('is not thought to sleep for rarely coming: a visit once a month is no burst', () => {
    const rare = learnAll(
      hourly,
      Array.from({ length: 12 }, (_, month) => ({ observation: { count: 1 }, at: START + month * 30 * DAY })),
    );
    expect(burst(rare, 1, START + 360 * DAY)).toBe(1);
    expect(burst(rare, 60, START + 360 * DAY)).toBeLessThan(0.01);
  });
});

describe('what is drawn from the model', () => {
  test.each([
    { name: 'scarce', mean: 0.4, shape: 0.5 },
    { name: 'steady', mean: 12, shape: 8 },
    { name: 'bursty', mean: 6, shape: 0.7 },
  ])('$name: the share of windows that are so improbable is about that', ({ mean, shape }) => {
    const random = randomFrom(3);
    // Gamma with a whole or broken shape, by summed exponentials of a finer grain.
    const gamma = () => {
      const whole = Math.max(Math.round(shape * 2), 1);
      let chi = 0;
      for (let each = 0; each < whole; each++) {
        const normal = Math.sqrt(2 * exponential(random)) * Math.cos(2 * Math.PI * random());
        chi += normal ** 2 / 2;
      }
      return chi / (whole / 2);
    };
    const odds: number[] = [];
    let state = hourly.empty();
    for (let hour = 0; hour < 400 * 24; hour++) {
      const at = START + hour * HOUR;
      const count = poisson(mean * gamma(), random);
      if (hour > 20 * 24 && count > 0) odds.push(burst(state, count, at));
      state = hourly.observe(state, { count }, at);
    }
    for (const share of [0.1, 0.01]) {
      const seen = odds.filter((probability) => probability <= share).length / odds.length;
      expect(seen).toBeGreaterThan(share / 2.5);
      expect(seen).toBeLessThan(share * 1.6);
    }
  });
});

describe('who clones', () => {
  const day = Array.from({ length: 40 }, (_, index) => index);
  const cloned = (count: number, at: number, state?: RateState) =>
    learnAll(
      daily,
      Array.from({ length: count }, (_, index) => ({ observation: { key: `repo${index}` }, at: at + index * SECOND })),
      state,
    );
  const state = day.reduce((learned, index) => cloned(2 + (index % 3), START + index * DAY, learned), daily.empty());
  const now = START + 40 * DAY;

  test('the same repository again adds nothing', () => {
    const once = daily.observe(state, { key: 'repo1' }, now);
    expect(daily.observe(once, { key: 'repo1' }, now + HOUR)).toBe(once);
  });

  test('sixty in a day, where five was the most, is told as it happens', () => {
    const odds = [3, 5, 20, 60].map(
      (count) => daily.probability(cloned(count - 1, now, state), { key: 'one-more' }, now + 2 * HOUR, []).probability,
    );
    expect(odds).toEqual(odds.toSorted((a, b) => b - a));
    expect(odds[0]).toBeGreaterThan(0.3);
    expect(odds[2]).toBeLessThan(0.01);
    expect(odds[3]).toBeLessThan(0.003);
    const { detail } = daily.probability(cloned(59, now, state), { key: 'one-more' }, now + 2 * HOUR, []);
    expect(detail).toMatchObject({ count: 60, most: { count: 4 } });
  });

  test('thousands are estimated, in whatever order, within the bound', () => {
    const many = cloned(5_000, now, state);
    const { count } = daily.probability(many, { count: 0 }, now + 2 * HOUR, []).detail;
    expect(count).toBeGreaterThan(3_500);
    expect(count).toBeLessThan(6_500);
    expect(daily.serialize(many).length).toBeLessThan(2_000);
  });

  test('once does not make it usual', () => {
    const after = cloned(2, now + 3 * DAY, cloned(5_000, now, state));
    expect(daily.probability(after, { count: 500 }, now + 4 * DAY, []).probability).toBeLessThan(0.02);
  });
});

describe('a newcomer among others', () => {
  const random = randomFrom(5);
  const members = ['ada', 'grace', 'alan', 'edsger'];
  const team = learnAll(
    hourly,
    Array.from({ length: 30 * 24 }, (_, hour) =>
      members.map((member) => ({ observation: { count: poisson(3, random), member }, at: START + hour * HOUR })),
    ).flat(),
  );
  const now = START + 30 * DAY;

  test('knows nothing alone, and is taken for one of them', () => {
    expect(burst(hourly.empty(), 1_000, now)).toBe(1);
    expect(burst(hourly.empty(), 4, now, [team])).toBeGreaterThan(0.2);
    expect(burst(hourly.empty(), 12, now, [team])).toBeLessThan(0.01);
    expect(burst(hourly.empty(), 12, now, [hourly.empty(), team])).toBe(burst(hourly.empty(), 12, now, [team]));
  });

  test('is judged by itself before long', () => {
    const busy = learn(10, () => poisson(20, random), now);
    expect(burst(busy, 20, now + 10 * DAY, [team])).toBeGreaterThan(0.2);
  });
});

test('a flood of members and keys stays within the bound', () => {
  const flood = Array.from({ length: 20_000 }, (_, index) => ({
    observation: { key: `k${index % 977}`, member: `m${index % 91}` },
    at: START + index * 100,
  }));
  const state = learnAll(hourly, flood);
  expect(state.open.length).toBeLessThanOrEqual(32);
  expect(hourly.serialize(state).length).toBeLessThan(24_576);
  expect(hourly.parse(hourly.serialize(state))).toEqual(state);
});
