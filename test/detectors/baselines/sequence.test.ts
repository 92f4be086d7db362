// What comes after what: steps of a job, children of a process, deeds of somebody.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Step, sequence } from '../../../detectors/baselines/sequence.ts';
import type { SequenceState } from '../../../detectors/baselines/sequence-table.ts';
import { DAY, HOUR, MINUTE } from '../../../services/core/time.ts';
import { randomFrom } from '../../helpers/random.ts';
import { learnAll, obeysTheLaws, START } from './laws.ts';

const JOB = ['checkout', 'setup', 'install', 'lint', 'test', 'build', 'upload'];

function stepsOf(labels: readonly string[]): Step[] {
  return labels.map((next, index) => ({ context: labels.slice(0, index), next }));
}

function learn(runs: readonly (readonly string[])[], everyMs = HOUR, state?: SequenceState): SequenceState {
  const seen = runs.flatMap((labels, run) =>
    stepsOf(labels).map((observation) => ({ observation, at: START + run * everyMs })),
  );
  return learnAll(sequence, seen, state);
}

function read(state: SequenceState, context: readonly string[], next: string, at: number, peers: SequenceState[] = []) {
  return sequence.probability(state, { context, next }, at, peers);
}

const label = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const observation = fc.record({ context: fc.array(label, { maxLength: 3 }), next: label });
obeysTheLaws(sequence, { observation, longest: 4_096, tolerance: 0.02, merged: 0.1 });

describe('a job that takes the same steps every time', () => {
  const state = learn(Array.from({ length: 100 }, () => JOB));
  const now = START + 100 * HOUR;

  test('is surprised by a step out of place, and the more by one that it never took', () => {
    const odds = [
      read(state, ['setup', 'install'], 'lint', now),
      read(state, ['setup', 'install'], 'upload', now),
      read(state, ['setup', 'install'], 'curl', now),
    ].map(({ probability }) => probability);
    expect(odds[0]).toBeGreaterThan(0.9);
    expect(odds[1]).toBeLessThan(0.02);
    expect(odds[2]).toBeLessThan(odds[1] ?? 0);
    expect(odds[2]).toBeGreaterThan(1e-4);
  });

  test('says what it expected', () => {
    const { detail } = read(state, ['setup', 'install'], 'curl', now);
    expect(detail.known).toBe(false);
    expect(detail.expected[0]?.label).toBe('lint');
    expect(detail.expected[0]?.probability).toBeGreaterThan(0.95);
    expect(detail.contexts).toBeGreaterThan(95);
    expect(read(state, ['setup', 'install'], 'lint', now).detail.times).toBeGreaterThan(95);
  });

  test('the order of the last two counts, what was before does not', () => {
    expect(read(state, ['x', 'y', 'setup', 'install'], 'lint', now).probability).toBe(
      read(state, ['setup', 'install'], 'lint', now).probability,
    );
  });

  test('keeps its profile under half a kilobyte', () => {
    expect(sequence.serialize(state).length).toBeLessThan(512);
  });

  test('forgets what it has not done for years', () => {
    const later = sequence.decay(state, now + 3_000 * DAY);
    expect(later.codes).toEqual([]);
    expect(read(later, ['setup'], 'curl', now + 3_000 * DAY).probability).toBe(1);
  });
});

describe('a shell that starts whatever it is told', () => {
  test('is not surprised by a new child', () => {
    const children = Array.from({ length: 300 }, (_, run) => ['bash', `tool${run}`]);
    const state = learn(children);
    expect(read(state, ['bash'], 'brand-new', START + 300 * HOUR).probability).toBeGreaterThan(0.1);
  });
});

describe('a young job among others', () => {
  const pipeline = learn(Array.from({ length: 200 }, (_, run) => [...JOB, ...(run % 4 === 0 ? ['deploy'] : [])]));
  const now = START + 200 * HOUR;

  test('takes its peers’ steps for usual, and others not', () => {
    const known = read(sequence.empty(), ['test', 'build'], 'upload', now, [pipeline]);
    expect(known.probability).toBeGreaterThan(0.5);
    expect(known.detail).toMatchObject({ known: false, knownTo: 0 });
    expect(read(sequence.empty(), ['test', 'build'], 'curl', now, [pipeline]).probability).toBeLessThan(0.02);
    expect(read(sequence.empty(), ['test', 'build'], 'curl', now).probability).toBe(1);
  });

  test('has an order of its own before long', () => {
    const other = learn(Array.from({ length: 30 }, () => ['checkout', 'build', 'test']));
    expect(read(other, ['checkout'], 'build', now, [pipeline]).probability).toBeGreaterThan(0.5);
    expect(read(other, ['checkout'], 'setup', now, [pipeline]).probability).toBeLessThan(0.2);
    expect(read(other, ['checkout'], 'curl', now, [pipeline]).probability).toBeLessThan(0.01);
  });
});

describe('what is drawn from a chain', () => {
  test('the share of steps that are so improbable is about that', () => {
    const random = randomFrom(6);
    const labels = Array.from({ length: 7 }, (_, index) => `l${index}`);
    // After each label others, each four times as rare as the one before.
    const draw = (before: number) => (before * 3 + Math.floor(-0.7 * Math.log(1 - random()))) % 7;
    const odds: number[] = [];
    let state = sequence.empty();
    let [farther, just] = [0, 0];
    for (let index = 0; index < 12_000; index++) {
      const next = draw(just);
      const step = { context: [labels[farther] ?? '', labels[just] ?? ''], next: labels[next] ?? '' };
      const at = START + index * MINUTE;
      if (index > 2_000) odds.push(sequence.probability(state, step, at, []).probability);
      state = sequence.observe(state, step, at);
      [farther, just] = [just, next];
    }
    for (const share of [0.1, 0.02]) {
      const seen = odds.filter((probability) => probability <= share).length / odds.length;
      expect(seen).toBeGreaterThan(share / 3);
      expect(seen).toBeLessThan(share * 3);
    }
  });

  test('jobs whose steps change now and then: so too', () => {
    const random = randomFrom(8);
    const odds: number[] = [];
    let state = sequence.empty();
    for (let run = 0; run < 1_500; run++) {
      const steps = JOB.flatMap((step) => (random() < 0.01 ? [`extra${Math.floor(30 * random())}`, step] : [step]));
      for (const step of stepsOf(steps)) {
        const at = START + run * HOUR;
        if (run > 100) odds.push(sequence.probability(state, step, at, []).probability);
        state = sequence.observe(state, step, at);
      }
    }
    const seen = odds.filter((probability) => probability <= 0.01).length / odds.length;
    expect(seen).toBeGreaterThan(0.01 / 3);
    expect(seen).toBeLessThan(0.01 * 2);
  });
});

test('a flood of labels stays within the bound, and keeps what is usual', () => {
  const usual = learn(Array.from({ length: 20 }, () => JOB));
  const flood = Array.from({ length: 600 }, (_, run) => ['checkout', `x${run}`, `y${run}`]);
  const state = learn(flood, 1_000, usual);
  expect(state.labels.length).toBeLessThanOrEqual(128);
  expect(state.codes.length).toBeLessThanOrEqual(512);
  expect(sequence.serialize(state).length).toBeLessThan(22_528);
  expect(sequence.parse(sequence.serialize(state))).toEqual(state);
  expect(read(state, ['setup', 'install'], 'lint', START + HOUR).detail.times).toBeGreaterThan(15);
  const long = sequence.observe(sequence.empty(), { context: ['x'.repeat(9_999)], next: 'y'.repeat(9_999) }, START);
  expect(sequence.serialize(long).length).toBeLessThan(400);
});
