// Learning is guarded: what is unusual waits, what an incident holds is not learned, nobody teaches a profile alone.
import { describe, expect, test } from 'vitest';
import {
  emptyProfile,
  matured,
  type Profile,
  readable,
  taught,
  told,
} from '../../../services/analyzer/entity-stage/profile.ts';
import type { Baseline } from '../../../services/core/baseline.ts';
import type { Json } from '../../../services/core/json.ts';
import { DAY, HOUR } from '../../../services/core/time.ts';

const START = Date.UTC(2026, 2, 2, 10);

/** Counts what it observes. */
const counting: Baseline<unknown, Json, unknown> = {
  id: 'counting',
  empty: () => [],
  observe: (state, observation) => [...(Array.isArray(state) ? state : []), observation as Json],
  probability: () => ({ probability: 1, observations: 0, detail: null }),
  merge: (a) => a,
  decay: (state) => state,
  serialize: (state) => JSON.stringify(state),
  parse: () => undefined,
};

function lesson(observation: string, more: Partial<Parameters<typeof taught>[2]> = {}) {
  return { activity: `activity of ${observation}`, at: START, observation, by: 'mara', unusual: false, ...more };
}

function profileAfter(...lessons: readonly ReturnType<typeof lesson>[]): Profile {
  return lessons.reduce((profile, each) => taught(profile, counting, each), emptyProfile(counting));
}

describe('what is unusual', () => {
  const waiting = profileAfter(lesson('usual'), lesson('odd', { unusual: true }));

  test('is not learned before a day has passed in event time, and then is', () => {
    expect(waiting.state).toEqual(['usual']);
    expect(matured(waiting, counting, START + 23 * HOUR)).toBe(waiting);
    expect(matured(waiting, counting, START + DAY).state).toEqual(['usual', 'odd']);
  });

  test('and belongs to an incident waits for a person’s word', () => {
    const activities = new Set(['activity of odd']);
    const held = told(waiting, 'hold', activities);
    expect(matured(held, counting, START + 20 * DAY).state).toEqual(['usual']);
    expect(readable(held, counting)).toEqual(['usual']);
    expect(matured(held, counting, START + 40 * DAY)).toMatchObject({ state: ['usual'], waiting: [] });
  });

  test('and that somebody calls expected counts at once, until that is taken back', () => {
    const activities = new Set(['activity of odd']);
    const learned = told(told(waiting, 'hold', activities), 'teach', activities);
    expect(readable(learned, counting)).toEqual(['usual', 'odd']);
    expect(readable(told(learned, 'hold', activities), counting)).toEqual(['usual']);
    expect(matured(learned, counting, START + 40 * DAY)).toMatchObject({ state: ['usual', 'odd'], waiting: [] });
  });

  test('of which there is a flood does not fill the profile', () => {
    const flood = Array.from({ length: 1_000 }, (_, index) =>
      lesson(`odd ${index}`, { unusual: true, by: `made-up-${index}` }),
    );
    expect(profileAfter(...flood).waiting.length).toBeLessThanOrEqual(32);
  });
});

describe('one account', () => {
  test('has only so much of what waits, and leaves room for others', () => {
    const mine = Array.from({ length: 40 }, (_, index) => lesson(`odd ${index}`, { unusual: true }));
    const profile = profileAfter(...mine, lesson('of ada', { unusual: true, by: 'ada' }));
    expect(profile.waiting.filter(([, , , by]) => by === 'mara').length).toBe(8);
    expect(profile.waiting.some(([, , , by]) => by === 'ada')).toBe(true);
  });

  test('teaches only so much in a day, and may go on the next', () => {
    const mine = Array.from({ length: 500 }, (_, index) => lesson(`usual ${index}`));
    const profile = profileAfter(...mine);
    expect(profile.state).toHaveLength(200);
    expect(taught(profile, counting, lesson('of ada', { by: 'ada' })).state).toHaveLength(201);
    expect(taught(profile, counting, lesson('tomorrow', { at: START + DAY })).state).toHaveLength(201);
  });
});
