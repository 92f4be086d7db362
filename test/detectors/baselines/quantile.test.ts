// Durations, sizes, counts: what lies in the tail, and how far beyond all that was seen.
import fc from 'fast-check';
import { quantile as exactQuantile } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import { type QuantileState, quantile } from '../../../detectors/baselines/quantile.ts';
import { DAY, HOUR } from '../../../services/core/time.ts';
import { randomFrom } from '../../helpers/random.ts';
import { learnAll, obeysTheLaws, START } from './laws.ts';

const upper = quantile({ sides: 'upper' });
const both = quantile({ sides: 'both' });

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function learn(values: readonly number[], everyMs = HOUR): QuantileState {
  return learnAll(
    upper,
    values.map((observation, index) => ({ observation, at: START + index * everyMs })),
  );
}

function lognormal(count: number, median: number, spread: number, seed: number): number[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, () => median * Math.exp(spread * normal(random)));
}

const observation = fc.oneof(fc.double({ min: 0, max: 1e4, noNaN: true }), fc.constantFrom(0, 1, 60, 61, 3600));
const limits = { observation, longest: 5_120, tolerance: 0.01, merged: 0.1 };
describe('upper', () => obeysTheLaws(upper, limits));
describe('both', () => obeysTheLaws(both, limits));

describe('a step that takes two minutes', () => {
  const seen = lognormal(300, 120, 0.2, 1);
  const state = learn(seen);
  const now = START + 300 * HOUR;
  const odds = (value: number) => upper.probability(state, value, now, []).probability;
  const largest = Math.max(...seen);

  test('may take three, hardly four, and an hour is unheard of', () => {
    expect(odds(120)).toBeGreaterThan(0.4);
    expect(odds(180)).toBeLessThan(0.1);
    expect(odds(240)).toBeLessThan(0.02);
    expect(odds(3_600)).toBeLessThan(2e-4);
  });

  test('is never less rare for being longer, and beyond the longest always more', () => {
    const values = Array.from({ length: 400 }, (_, index) => 1.03 ** index);
    const all = values.map(odds);
    expect(all).toEqual(all.toSorted((a, b) => b - a));
    expect(odds(3 * largest)).toBeLessThan(odds(1.01 * largest) / 2);
    expect(odds(1e12)).toBeGreaterThan(0);
  });

  test('says what is usual, to some per cent', () => {
    const { detail } = upper.probability(state, 120, now, []);
    expect((detail.median ?? 0) / exactQuantile(seen, 0.5)).toBeCloseTo(1, 1);
    expect((detail.usual?.to ?? 0) / exactQuantile(seen, 0.95)).toBeCloseTo(1, 1);
    expect((detail.largest ?? 0) / largest).toBeCloseTo(1, 1);
  });

  test('one run that hung for a day does not make hours usual', () => {
    const hung = upper.observe(state, DAY / 1_000, now);
    expect(upper.probability(hung, 3_600, now, []).probability).toBeLessThan(0.01);
    expect(upper.probability(hung, 240, now, []).probability).toBeLessThan(0.03);
  });

  test('is told from one that fails at once, where both sides count', () => {
    expect(both.probability(state, 1, now, []).probability).toBeLessThan(0.01);
    expect(both.probability(state, 120, now, []).probability).toBeGreaterThan(0.5);
    expect(upper.probability(state, 1, now, []).probability).toBeGreaterThan(0.99);
  });

  test('keeps its profile under half a kilobyte', () => {
    expect(upper.serialize(state).length).toBeLessThan(512);
  });
});

describe('what is always the same', () => {
  const state = learn(Array.from({ length: 100 }, () => 14));
  const now = START + 100 * HOUR;

  test('is usual, and a little more is not yet a shock, but twice as many is', () => {
    const odds = [14, 15, 28].map((value) => upper.probability(state, value, now, []).probability);
    expect(odds[0]).toBeGreaterThan(0.99);
    expect(odds[2]).toBeLessThan(0.02);
    expect(odds).toEqual(odds.toSorted((a, b) => b - a));
  });
});

describe('what is drawn from a distribution', () => {
  test.each([
    { name: 'narrow', spread: 0.1 },
    { name: 'wide', spread: 1 },
    { name: 'narrow, both sides', spread: 0.2, baseline: both },
  ])('$name: the share of values that are so improbable is about that', ({ spread, baseline = upper }) => {
    const odds: number[] = [];
    let state = baseline.empty();
    for (const [index, value] of lognormal(6_000, 300, spread, 9).entries()) {
      const at = START + index * HOUR;
      if (index > 100) odds.push(baseline.probability(state, value, at, []).probability);
      state = baseline.observe(state, value, at);
    }
    for (const share of [0.1, 0.01]) {
      const seen = odds.filter((probability) => probability <= share).length / odds.length;
      expect(seen).toBeGreaterThan(share / 2.5);
      expect(seen).toBeLessThan(share * 1.6);
    }
  });
});

describe('a young job among others', () => {
  const group = learn(lognormal(2_000, 200, 0.8, 4));
  const now = START + 2_000 * HOUR;

  test('knows nothing alone, and has their range', () => {
    expect(upper.probability(upper.empty(), 1e6, now, []).probability).toBe(1);
    expect(upper.probability(upper.empty(), 300, now, [group]).probability).toBeGreaterThan(0.2);
    expect(upper.probability(upper.empty(), 1e6, now, [group]).probability).toBeLessThan(1e-3);
    expect(upper.probability(upper.empty(), 900, now, [upper.empty(), group])).toEqual(
      upper.probability(upper.empty(), 900, now, [group]),
    );
  });

  test('that is slower than all of them is judged by itself before long', () => {
    const slow = learnAll(
      upper,
      lognormal(20, 5_000, 0.2, 5).map((value) => ({ observation: value, at: now })),
    );
    expect(upper.probability(slow, 5_000, now, [group]).probability).toBeGreaterThan(0.3);
    expect(upper.probability(slow, 60_000, now, [group]).probability).toBeLessThan(0.01);
  });
});

test('a flood of sizes of every order stays within the bound, and keeps the large ones apart', () => {
  const random = randomFrom(3);
  const state = learn(
    Array.from({ length: 5_000 }, () => 10 ** (random() * 18 - 3)),
    1_000,
  );
  expect(state.weights.length).toBeLessThanOrEqual(384);
  expect(upper.serialize(state).length).toBeLessThan(5_120);
  const { detail } = upper.probability(state, Number.POSITIVE_INFINITY, START, []);
  expect((detail.usual?.to ?? 0) / 10 ** 14.1).toBeCloseTo(1, 0);
});

test('what is no number teaches nothing', () => {
  const state = learn([1, 2, 3]);
  expect(upper.observe(state, Number.NaN, START)).toBe(state);
  expect(upper.probability(state, Number.NaN, START, []).probability).toBe(1);
});
