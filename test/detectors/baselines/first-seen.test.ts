// Learns what is met, and how often something new is: jobs that stay with their three hosts, and crawlers.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FirstSeenState, firstSeen, type Sightings } from '../../../detectors/baselines/first-seen.ts';
import { DAY, HOUR } from '../../../services/core/time.ts';
import { frozen } from './frozen.ts';

const START = Date.UTC(2026, 0, 5);

function learn(observations: readonly Sightings[], everyMs = 0, state = firstSeen.empty()): FirstSeenState {
  return observations.reduce(
    (learned, sightings, index) => firstSeen.observe(frozen(learned), sightings, START + index * everyMs),
    state,
  );
}

function runs(count: number, hosts: (run: number) => readonly string[]): Sightings[] {
  return Array.from({ length: count }, (_, run) => ({ hosts: hosts(run) }));
}

function newHost(state: FirstSeenState, at: number): number {
  return firstSeen.read(state, { hosts: ['drop.example'] }, at).probability;
}

const values = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), { maxLength: 4 });

describe('whatever is observed', () => {
  test('probabilities are probabilities, states are JSON, arguments stay as they are', () => {
    const observation = fc.record({ hosts: values, clients: values }, { requiredKeys: [] });
    const timed = fc.array(fc.tuple(observation, fc.integer({ min: 0, max: 900 })), { maxLength: 60 });
    fc.assert(
      fc.property(timed, observation, (seen, now) => {
        const state = seen.reduce(
          (learned, [sightings, day]) => firstSeen.observe(frozen(learned), sightings, START + day * DAY),
          firstSeen.empty(),
        );
        for (const { probability } of firstSeen.read(frozen(state), now, START + 300 * DAY).detail.sightings) {
          expect(probability).toBeGreaterThan(0);
          expect(probability).toBeLessThanOrEqual(1);
        }
        expect(JSON.parse(JSON.stringify(state))).toEqual(state);
      }),
    );
  });

  test('the chance of a new value is Good and Turing’s, counted by hand', () => {
    fc.assert(
      fc.property(fc.array(values, { maxLength: 40 }), (seen) => {
        const state = learn(seen.map((hosts) => ({ hosts })));
        const met = seen.flatMap((hosts) => [...new Set(hosts)]);
        const once = [...Map.groupBy(met, (value) => value).values()].filter((group) => group.length === 1);
        expect(newHost(state, START)).toBeCloseTo((once.length + 1) / (met.length + 2), 9);
      }),
    );
  });

  test('a more frequent value is never the less probable one', () => {
    fc.assert(
      fc.property(fc.array(values, { maxLength: 40 }), (seen) => {
        const state = learn(seen.map((hosts) => ({ hosts })));
        const hosts = ['a', 'b', 'c', 'd', 'unheard'];
        const { sightings } = firstSeen.read(state, { hosts }, START).detail;
        const ordered = sightings.toSorted((a, b) => a.times - b.times).map(({ probability }) => probability);
        for (const [index, probability] of ordered.entries()) {
          expect(probability).toBeGreaterThanOrEqual((ordered[index - 1] ?? 0) - 1e-9);
        }
      }),
    );
  });
});

describe('a job that has used the same three hosts for a year', () => {
  const state = learn(
    runs(365, () => ['forge.example', 'registry.example', 'mirror.example']),
    DAY,
  );
  const now = START + 365 * DAY;

  test('is shocked by a fourth', () => {
    expect(newHost(state, now)).toBeLessThan(1 / 400);
  });

  test('knows its own', () => {
    expect(firstSeen.read(state, { hosts: ['registry.example'] }, now).probability).toBeGreaterThan(0.9);
  });

  test('takes no more than a few hundred bytes', () => {
    expect(JSON.stringify(state).length).toBeLessThan(400);
  });

  test('forgets a host that it has not met for half a year, whether or not it ran meanwhile', () => {
    const later = now + 200 * DAY;
    const ran = firstSeen.observe(state, { hosts: ['forge.example'] }, later);
    for (const each of [state, ran]) {
      const [sighting] = firstSeen.read(each, { hosts: ['mirror.example'] }, later).detail.sightings;
      expect(sighting?.times).toBe(0);
    }
  });
});

describe('a job that meets a new host every day', () => {
  test.each([{ days: 30 }, { days: 400 }, { days: 2_000 }])('is not shocked after $days days', ({ days }) => {
    const state = learn(
      runs(days, (run) => ['forge.example', `site${run}.example`]),
      DAY,
    );
    expect(newHost(state, START + days * DAY)).toBeGreaterThan(0.3);
  });

  test('nor when it runs all day long and meets more hosts than are kept', () => {
    const state = learn(
      runs(5_000, (run) => ['forge.example', `site${run}.example`]),
      HOUR / 10,
    );
    expect(newHost(state, START + 5_000 * (HOUR / 10))).toBeGreaterThan(0.3);
  });

  test('and is shocked again a while after it has settled down', () => {
    const wild = learn(
      runs(60, (run) => [`site${run}.example`]),
      DAY,
    );
    const settled = runs(600, () => ['forge.example']).reduce(
      (state, sightings, index) => firstSeen.observe(state, sightings, START + (60 + index) * DAY),
      wild,
    );
    expect(newHost(settled, START + 660 * DAY)).toBeLessThan(1 / 15);
  });
});

test('a flood of values does not grow the profile past its bound, nor push out what is usual', () => {
  const usual = learn(runs(10, () => ['forge.example', 'registry.example']));
  const flood = runs(50, (run) => Array.from({ length: 100 }, (_, index) => `x${run}-${index}.example`));
  const state = learn(flood, 0, usual);
  expect(state.dimensions.hosts?.values).toHaveLength(200);
  expect(JSON.stringify(state).length).toBeLessThan(200 * 60);
  const { sightings } = firstSeen.read(state, { hosts: ['forge.example', 'registry.example'] }, START).detail;
  expect(sightings.map(({ times }) => times)).toEqual([10, 10]);
});
