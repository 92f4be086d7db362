// Learns what is met, and how often something new is: jobs that stay with their three hosts, and crawlers.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FirstSeenState, firstSeen, forget, type Sightings } from '../../../detectors/baselines/first-seen.ts';
import { DAY, HOUR } from '../../../services/core/time.ts';
import { randomFrom } from '../../helpers/random.ts';
import { frozen } from './frozen.ts';
import { obeysTheLaws, START } from './laws.ts';

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
  return firstSeen.probability(state, { hosts: ['drop.example'] }, at, []).probability;
}

const values = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), { maxLength: 4 });

obeysTheLaws(firstSeen, {
  observation: fc.record({ hosts: values, clients: values }, { requiredKeys: [] }),
  longest: 4_096,
  tolerance: 1e-4,
  merged: 1e-3,
});

describe('whatever is observed', () => {
  test('the chance of a new value is Good and Turing’s, counted by hand', () => {
    fc.assert(
      fc.property(fc.array(values, { maxLength: 40 }), (seen) => {
        const state = learn(seen.map((hosts) => ({ hosts })));
        const met = seen.flatMap((hosts) => [...new Set(hosts)]);
        const once = [...Map.groupBy(met, (value) => value).values()].filter((group) => group.length === 1);
        expect(newHost(state, START)).toBeCloseTo((once.length + 1) / (met.length + 2), 5);
      }),
    );
  });

  test('a more frequent value is never the less probable one', () => {
    fc.assert(
      fc.property(fc.array(values, { maxLength: 40 }), (seen) => {
        const state = learn(seen.map((hosts) => ({ hosts })));
        const hosts = ['a', 'b', 'c', 'd', 'unheard'];
        const { sightings } = firstSeen.probability(state, { hosts }, START, []).detail;
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
    expect(firstSeen.probability(state, { hosts: ['registry.example'] }, now, []).probability).toBeGreaterThan(0.9);
  });

  test('takes no more than a few hundred bytes', () => {
    expect(JSON.stringify(state).length).toBeLessThan(400);
  });

  test('forgets a host that it has not met for half a year, whether or not it ran meanwhile', () => {
    const later = now + 200 * DAY;
    const ran = firstSeen.observe(state, { hosts: ['forge.example'] }, later);
    for (const each of [state, ran]) {
      const [sighting] = firstSeen.probability(each, { hosts: ['mirror.example'] }, later, []).detail.sightings;
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
  const { sightings } = firstSeen.probability(
    state,
    { hosts: ['forge.example', 'registry.example'] },
    START,
    [],
  ).detail;
  expect(sightings.map(({ times }) => times)).toEqual([10, 10]);
});

describe('a job among others', () => {
  const hosts = ['forge.example', 'registry.example', 'mirror.example'];
  const repository = learn(
    runs(1_000, (run) => [...hosts, ...(run % 100 === 0 ? [`rare${run}.example`] : [])]),
    DAY / 10,
  );
  const now = START + 100 * DAY;
  const young = learn(runs(3, () => ['forge.example']));

  function read(state: FirstSeenState, host: string, peers: readonly FirstSeenState[]) {
    const [sighting] = firstSeen.probability(state, { hosts: [host] }, now, peers).detail.sightings;
    return sighting ?? expect.fail('nothing was sighted');
  }

  test('is from its first day as hard to surprise by what all know, and as easy by what nobody does, as they are', () => {
    expect(read(firstSeen.empty(), 'drop.example', [repository]).probability).toBeCloseTo(1 / 300, 3);
    expect(read(firstSeen.empty(), 'registry.example', [repository]).probability).toBe(1 / 2);
    expect(read(young, 'registry.example', [repository])).toMatchObject({ times: 0, knownTo: 0 });
    expect(read(young, 'drop.example', [repository])).toMatchObject({ times: 0, knownTo: null });
  });

  test('is the less surprised the nearer the peer that knows it', () => {
    const pipeline = learn(runs(40, () => ['forge.example', 'mirror.example']));
    const odds = ['mirror.example', 'registry.example', 'drop.example'].map((host) =>
      read(young, host, [pipeline, repository]),
    );
    expect(odds.map(({ knownTo }) => knownTo)).toEqual([0, 1, null]);
    expect(odds.map(({ probability }) => probability)).toEqual(
      odds.map(({ probability }) => probability).toSorted((a, b) => b - a),
    );
    expect(odds[0]?.probability).toBeGreaterThan(10 * (odds[2]?.probability ?? 1));
  });

  test('that meets a new one in every run is not held to the calm of its peers', () => {
    const crawler = learn(runs(30, (run) => ['forge.example', `site${run}.example`]));
    expect(read(crawler, 'drop.example', [repository]).probability).toBeGreaterThan(0.3);
  });

  test('that is calm for long does not count as calmer than its own history shows', () => {
    const calm = learn(runs(2_000, () => ['forge.example']));
    const { probability } = read(calm, 'drop.example', [repository]);
    expect(probability).toBeGreaterThan(1 / 3_000);
    expect(probability).toBeLessThan(1 / 1_500);
  });
});

describe('a value on probation', () => {
  const state = learn(runs(30, () => ['forge.example']));

  test('joins as if it had been learned at once', () => {
    const pending = firstSeen.observe(firstSeen.empty(), { hosts: ['new.example'] }, START + DAY);
    expect(firstSeen.merge(state, pending)).toEqual(firstSeen.observe(state, { hosts: ['new.example'] }, START + DAY));
  });

  test('is taken back', () => {
    const learned = firstSeen.observe(state, { hosts: ['new.example'] }, START + DAY);
    const forgotten = forget(frozen(learned), 'hosts', 'new.example');
    expect(newHost(forgotten, START + DAY)).toBeCloseTo(newHost(state, START + DAY), 6);
    expect(forgotten.dimensions.hosts?.values).toEqual(state.dimensions.hosts?.values);
    expect(forget(state, 'hosts', 'new.example')).toBe(state);
    expect(forget(state, 'clients', 'new.example')).toBe(state);
  });
});

describe('what is drawn from a world with rare things in it', () => {
  // Zipf: host number h about as often as 1 / h; a run draws three of them.
  const random = randomFrom(7);
  const draw = () => `h${Math.floor(150 ** random())}.example`;
  const odds: number[] = [];
  let state = firstSeen.empty();
  for (let run = 0; run < 3_000; run++) {
    const at = START + (run * DAY) / 20;
    const hosts = [draw(), draw(), draw()];
    if (run > 100) odds.push(firstSeen.probability(state, { hosts }, at, []).probability);
    state = firstSeen.observe(state, { hosts }, at);
  }

  test.each([{ share: 0.3 }, { share: 0.1 }, { share: 0.03 }])(
    'is at most so probable in about $share of all runs',
    ({ share }) => {
      const seen = odds.filter((probability) => probability <= share).length / odds.length;
      expect(seen).toBeGreaterThan(share / 2);
      expect(seen).toBeLessThan(share * 1.5);
    },
  );

  test('from a calm one too: one run in a hundred brings a new host', () => {
    const calm: number[] = [];
    let learned = firstSeen.empty();
    for (let run = 0; run < 5_000; run++) {
      const hosts = [random() < 0.01 ? `new${run}.example` : 'forge.example'];
      const at = START + (run * DAY) / 20;
      if (run > 100) calm.push(firstSeen.probability(learned, { hosts }, at, []).probability);
      learned = firstSeen.observe(learned, { hosts }, at);
    }
    const seen = calm.filter((probability) => probability <= 0.02).length / calm.length;
    expect(seen).toBeGreaterThan(0.005);
    expect(seen).toBeLessThan(0.02);
  });
});

test('a value of any length and any number of dimensions stay within bounds', () => {
  const wide = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`d${index}`, ['x'.repeat(10_000)]]));
  const state = firstSeen.observe(firstSeen.empty(), wide, START);
  expect(firstSeen.serialize(state).length).toBeLessThan(16 * 300);
  expect(firstSeen.parse(firstSeen.serialize(state))).toEqual(state);
});
