// Learns who of a group does a certain thing.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Deed, type HabitState, habit } from '../../../detectors/baselines/habit.ts';
import { DAY } from '../../../services/core/time.ts';
import { frozen } from './frozen.ts';
import { obeysTheLaws, START } from './laws.ts';

function learn(deeds: readonly Deed[], state = habit.empty(), from = START): HabitState {
  return deeds.reduce((learned, deed, index) => habit.observe(frozen(learned), deed, from + index), state);
}

function deeds(member: string, all: number, did = 0): Deed[] {
  return Array.from({ length: all }, (_, index) => ({ member, did: index < did }));
}

function probabilityOf(member: string, state: HabitState): number {
  return habit.probability(state, { member, did: true }, START, []).probability;
}

const deed = fc.record({ member: fc.constantFrom('ada', 'grace', 'alan', 'edsger'), did: fc.boolean() });
obeysTheLaws(habit, { observation: deed, longest: 1_024, tolerance: 1e-9, merged: 1e-9 });

test('what is observed is counted, each member for itself', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 80 }), deed, (seen, now) => {
      const { observations } = habit.probability(frozen(learn(seen)), now, START, []);
      expect(observations).toBe(seen.filter(({ member }) => member === now.member).length);
    }),
  );
});

describe('a group within a wider one', () => {
  const wide = learn(deeds('everyone', 1_000, 20));

  test('takes what is usual there for the beginning', () => {
    const alone = probabilityOf('ada', learn(deeds('ada', 20)));
    const among = habit.probability(learn(deeds('ada', 20)), { member: 'ada', did: true }, START, [wide]).probability;
    expect(among).toBeLessThan(alone / 10);
    expect(among).toBeCloseTo((4 * (20.5 / 1_001)) / 24, 9);
  });

  test('not to do it is as surprising where all do', () => {
    const all = learn(deeds('grace', 100, 100));
    expect(habit.probability(all, { member: 'ada', did: false }, START, []).probability).toBeLessThan(0.01);
    expect(habit.probability(all, { member: 'ada', did: true }, START, []).probability).toBe(1);
  });
});

describe('somebody who never did it', () => {
  test('is the more surprising the more else they did', () => {
    const odds = [5, 20, 80].map((count) =>
      probabilityOf('ada', learn([...deeds('grace', 50, 10), ...deeds('ada', count)])),
    );
    expect(odds).toEqual(odds.toSorted((a, b) => b - a));
  });

  test('is the less surprising the more others do it: the prior moves with the group', () => {
    const odds = [0, 5, 25, 50].map((did) =>
      probabilityOf('ada', learn([...deeds('grace', 50, did), ...deeds('ada', 40)])),
    );
    expect(odds).toEqual(odds.toSorted((a, b) => a - b));
  });

  test('is judged by the others: one’s own restraint does not count twice', () => {
    const alone = probabilityOf('ada', learn(deeds('ada', 80)));
    expect(alone).toBeCloseTo((4 * 0.5) / 84, 9);
  });

  test('as a newcomer is taken for one of the group', () => {
    const state = learn(deeds('grace', 100, 30));
    expect(probabilityOf('new', state)).toBeCloseTo(30.5 / 101, 9);
  });
});

describe('a crowded group', () => {
  const crowd = learn(Array.from({ length: 200 }, (_, index) => deeds(`member${index}`, 5)).flat());

  test('keeps its bound under a flood of made-up names, and those at work', () => {
    const working = learn(deeds('ada', 80), crowd);
    const flooded = learn(Array.from({ length: 5_000 }, (_, index) => deeds(`ghost${index}`, 1)).flat(), working);
    expect(flooded.members).toHaveLength(200);
    expect(habit.serialize(flooded).length).toBeLessThan(26_624);
    expect(habit.probability(flooded, { member: 'ada', did: true }, START, []).detail.all).toBe(80);
  });

  test('lets newcomers in: those give way who rested longest', () => {
    const year = START + 365 * DAY;
    let state = crowd;
    for (let day = 0; day < 20; day++) {
      state = habit.observe(state, { member: 'ada', did: false }, year + day * DAY);
      state = habit.observe(state, { member: `visitor${day}`, did: false }, year + day * DAY + 1);
    }
    expect(habit.probability(state, { member: 'ada', did: true }, year, []).detail.all).toBe(20);
  });
});
