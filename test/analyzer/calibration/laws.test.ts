// What holds for every stream, whatever its law.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CalibrationState,
  parseCalibration,
  serializeCalibration,
} from '../../../services/analyzer/calibration/state.ts';
import { MINUTE } from '../../../services/core/time.ts';
import { randomFrom } from '../../helpers/random.ts';
import { exceedances, LAWS, raised, replayed, streamOf, worstFourWeeks } from './streams.ts';

const WEEKS = 52;
const SMOOTH = ['exact', 'boastful', 'heavy'];
const someStream = fc
  .record({
    law: fc.constantFrom(...Object.values(LAWS)),
    perWeek: fc.constantFrom(0.5, 5, 40),
    seed: fc.integer({ min: 1, max: 1e6 }),
  })
  .map((options) => streamOf({ ...options, weeks: WEEKS }));
const someBudget = fc.constantFrom(0.05, 0.2, 0.24, 0.3, 1, 5);

test('a year’s alerts stay within the budget, and no four weeks above twice of it', () => {
  fc.assert(
    fc.property(someStream, someBudget, (stream, overall) => {
      const alerts = raised(replayed(stream, { overall }).told);
      expect(alerts.length).toBeLessThanOrEqual(1.2 * overall * WEEKS + Math.max(1, 3.2 * overall));
      expect(worstFourWeeks(alerts)).toBeLessThanOrEqual(Math.max(1, 8 * overall));
    }),
    { numRuns: 25 },
  );
});

describe('as many come above the bar as the tail expects', () => {
  for (const [name, law] of Object.entries(LAWS)) {
    test.each([0.2, 1, 5])(`${name}, %d a week`, (overall) => {
      const { expected, observed } = exceedances(streamOf({ perWeek: 25, weeks: 300, law, seed: 11 }), { overall });
      expect(observed).toBeLessThan(1.3 * expected);
      expect(observed / 300).toBeLessThan(1.3 * overall);
      // Where the few values of a detector leave nothing near the budget, the bar stands above them.
      if (SMOOTH.includes(name)) expect(observed).toBeGreaterThan(0.7 * expected);
    });
  }
});

test('the same stream twice gives the same, also across a restart', () => {
  fc.assert(
    fc.property(someStream, someBudget, (stream, overall) => {
      const whole = replayed(stream, { overall });
      const half = Math.floor(stream.length / 2);
      const first = replayed(stream.slice(0, half), { overall });
      const second = replayed(stream.slice(half), { overall }, restarted(first.state));
      expect([...first.told, ...second.told]).toEqual(whole.told);
      expect(serializeCalibration(second.state)).toBe(serializeCalibration(whole.state));
    }),
    { numRuns: 10 },
  );
});

test('order within ten minutes changes next to nothing', () => {
  fc.assert(
    fc.property(someStream, someBudget, fc.integer({ min: 1, max: 1e6 }), (stream, overall, seed) => {
      const random = randomFrom(seed);
      const late = stream
        .map((scored) => ({ scored, arrives: scored.at + random() * 10 * MINUTE }))
        .sort((a, b) => a.arrives - b.arrives)
        .map(({ scored }) => scored);
      const [ordered, shuffled] = [replayed(stream, { overall }), replayed(late, { overall })];
      const [a, b] = [raised(ordered.told).length, raised(shuffled.told).length];
      expect(Math.abs(a - b)).toBeLessThanOrEqual(1 + 0.05 * a);
    }),
    { numRuns: 10 },
  );
});

test('a state is of bounded size', () => {
  const wild = (uniform: number) => uniform * 80;
  const { state } = replayed(streamOf({ perWeek: 200, weeks: 20, law: wild, seed: 5 }), { overall: 1 });
  expect(serializeCalibration(state).length).toBeLessThan(5_000);
});

test('what was not written by serialize is not taken', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(parseCalibration(text)).toBeUndefined();
    }),
  );
});

test('nor what was damaged or is of another version', () => {
  const { state } = replayed(streamOf({ perWeek: 9, weeks: 9, law: LAWS.heavy, seed: 6 }), { overall: 1 });
  const text = serializeCalibration(state);
  const damages = [
    text.slice(0, -1),
    text.replace('"version":1', '"version":2'),
    text.replace('"weights":{', '"weights":{"218":1,'),
    text.replace('"weights":{', '"weights":{"x":1,'),
    text.replace('"raised":', '"raised":-'),
    text.replace('"tokens":', '"tokens":null,"spare":'),
  ];
  expect(damages.map(parseCalibration)).toEqual(damages.map(() => undefined));
});

function restarted(state: CalibrationState): CalibrationState {
  const parsed = parseCalibration(serializeCalibration(state));
  expect(parsed).toEqual(state);
  return parsed ?? state;
}
