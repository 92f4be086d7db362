// How much is read at a time is measured in what records weigh.
import { expect, test } from 'vitest';
import { weightOf } from '../../services/cli/weight.ts';

test('a log weighs its characters; names and small values count too', () => {
  expect(weightOf('x'.repeat(1_000))).toBe(1_000);
  expect(weightOf({ body: 'x'.repeat(1_000) })).toBeGreaterThan(1_000);
  expect(weightOf(Array.from({ length: 1_000 }, () => 1))).toBeGreaterThan(1_000);
  expect(weightOf({ ['k'.repeat(1_000)]: null })).toBeGreaterThan(1_000);
});

test('a record of any depth is weighed', () => {
  let deep: unknown = [];
  for (let depth = 0; depth < 100_000; depth++) deep = [deep];
  expect(weightOf(deep)).toBeGreaterThan(100_000);
});
