// What holds for every baseline, as properties over whatever it may observe.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Baseline } from '../../../services/core/baseline.ts';
import type { Json } from '../../../services/core/json.ts';
import { DAY, type Instant, MINUTE } from '../../../services/core/time.ts';
import { frozen } from './frozen.ts';

/** Monday 2026-01-05 00:00 UTC. */
export const START = Date.UTC(2026, 0, 5);

export interface Seen<Observation> {
  readonly observation: Observation;
  readonly at: Instant;
}

export interface Laws<Observation> {
  readonly observation: fc.Arbitrary<Observation>;
  /** Characters that no serialized state exceeds. */
  readonly longest: number;
  /** How far a probability may be off, as a share of it, where rounding differs. */
  readonly tolerance: number;
  /** How far, where two profiles are put together that learned at the same time. */
  readonly merged: number;
  /**
   * For a baseline that counts what is under way: what tells it that the time has come. What is past in one profile and
   * under way in another is counted once or twice, so that three must have seen the same time to be merged in any order.
   */
  readonly last?: Observation;
}

export function learnAll<Observation, State extends Json, Detail>(
  baseline: Baseline<Observation, State, Detail>,
  seen: readonly Seen<Observation>[],
  state: State = baseline.empty(),
): State {
  return seen.reduce((learned, { observation, at }) => baseline.observe(frozen(learned), observation, at), state);
}

/** Some text, changed a little. */
function damaged(text: string, where: number, what: string): string {
  const place = where % (text.length + 1);
  return text.slice(0, place) + what + text.slice(place + 1);
}

export function obeysTheLaws<Observation, State extends Json, Detail>(
  baseline: Baseline<Observation, State, Detail>,
  { observation, longest, tolerance, merged, last }: Laws<Observation>,
): void {
  const within = (span: number) =>
    fc.array(fc.record({ observation, at: fc.integer({ min: START, max: START + span }) }), { maxLength: 50 });
  const anytime = within(500 * DAY);
  const { probability } = baseline;
  const later = START + 500 * DAY;

  function readsTheSame(a: State, b: State, asked: Observation, at: Instant, share: number): void {
    const [one, other] = [a, b].map((state) => probability(frozen(state), asked, at, []));
    expect(other?.observations).toBeCloseTo(one?.observations ?? Number.NaN, 1);
    expect(Math.abs(Math.log((other?.probability ?? 0) / (one?.probability ?? 0)))).toBeLessThanOrEqual(share);
  }

  describe('the laws of a baseline', () => {
    test('probabilities are probabilities, states are JSON of bounded size, arguments stay as they are', () => {
      fc.assert(
        fc.property(anytime, anytime, observation, (seen, group, asked) => {
          const [state, peer] = [learnAll(baseline, seen), learnAll(baseline, group)];
          for (const peers of [[], [peer], [peer, frozen(baseline.merge(state, peer))]]) {
            const reading = probability(frozen(state), frozen(asked), later, frozen(peers));
            expect(reading.probability).toBeGreaterThan(0);
            expect(reading.probability).toBeLessThanOrEqual(1);
            expect(reading.observations).toBeGreaterThanOrEqual(0);
            expect(reading.observations).toBeLessThanOrEqual(seen.length + 0.01);
          }
          expect(JSON.parse(JSON.stringify(state))).toEqual(state);
          expect(baseline.serialize(state).length).toBeLessThan(longest);
        }),
      );
    });

    test('a state comes back from its text as it was', () => {
      fc.assert(
        fc.property(anytime, (seen) => {
          const state = learnAll(baseline, seen);
          expect(baseline.parse(baseline.serialize(frozen(state)))).toEqual(state);
        }),
      );
    });

    test('no text is trusted: it is refused, or reads like any state', () => {
      fc.assert(
        fc.property(anytime, observation, fc.nat(), fc.string({ maxLength: 3 }), (seen, asked, where, what) => {
          const text = damaged(baseline.serialize(learnAll(baseline, seen)), where, what);
          const state = baseline.parse(text);
          if (state === undefined) return;
          expect(probability(state, asked, later, [state]).probability).toBeGreaterThan(0);
          expect(probability(state, asked, later, [state]).probability).toBeLessThanOrEqual(1);
          expect(baseline.parse(baseline.serialize(baseline.observe(state, asked, later)))).toBeDefined();
        }),
      );
      const tag = baseline.serialize(baseline.empty()).split(' ')[0];
      for (const text of [
        '',
        'null',
        '{}',
        '[]',
        'x',
        `${tag} null`,
        `${tag} []`,
        `${tag} {}`,
        `${tag} [0,0,0,0,0,0,0,0]`,
      ]) {
        expect(baseline.parse(text)).toBeUndefined();
      }
      fc.assert(
        fc.property(fc.string(), fc.jsonValue(), (text, value) => {
          expect(baseline.parse(text)).toBeUndefined();
          expect(baseline.parse(JSON.stringify(value))).toBeUndefined();
          expect(baseline.parse(`${tag} [${text}]`)).toBeUndefined();
        }),
      );
    });

    test('merging commutes, and nothing adds nothing', () => {
      fc.assert(
        fc.property(anytime, anytime, (one, other) => {
          const [a, b] = [learnAll(baseline, one), learnAll(baseline, other)];
          expect(baseline.merge(frozen(a), frozen(b))).toEqual(baseline.merge(b, a));
          expect(baseline.merge(a, baseline.empty())).toEqual(a);
        }),
      );
    });

    test('it does not matter which of three are merged first', () => {
      fc.assert(
        fc.property(anytime, anytime, anytime, observation, (one, two, three, asked) => {
          const until = last === undefined ? [] : [{ observation: last, at: later }];
          const [a, b, c] = [one, two, three].map((seen) => learnAll(baseline, [...seen, ...until]));
          if (!(a && b && c)) return;
          const left = baseline.merge(baseline.merge(a, b), c);
          readsTheSame(left, baseline.merge(a, baseline.merge(b, c)), asked, later, merged);
        }),
      );
    });

    test('two merged read like one that learned what both did', () => {
      fc.assert(
        fc.property(within(20 * MINUTE), within(20 * MINUTE), observation, (one, other, asked) => {
          const apart = baseline.merge(learnAll(baseline, one), learnAll(baseline, other));
          readsTheSame(apart, learnAll(baseline, [...one, ...other]), asked, START + DAY, tolerance);
        }),
      );
    });

    test('the order within minutes makes no difference', () => {
      const shuffled = within(20 * MINUTE).chain((seen) =>
        fc.tuple(fc.constant(seen), fc.shuffledSubarray(seen, { minLength: seen.length })),
      );
      fc.assert(
        fc.property(anytime, shuffled, observation, (before, [seen, other], asked) => {
          const state = learnAll(
            baseline,
            before.map(({ observation: each, at }) => ({ observation: each, at: at - 500 * DAY })),
          );
          readsTheSame(
            learnAll(baseline, seen, state),
            learnAll(baseline, other, state),
            asked,
            START + DAY,
            tolerance,
          );
        }),
      );
    });

    test('fading before reading gives what reading alone does, and fading twice what fading once does', () => {
      fc.assert(
        fc.property(anytime, observation, fc.integer({ min: 0, max: 900 }), (seen, asked, days) => {
          const state = learnAll(baseline, seen);
          const at = later + days * DAY;
          const faded = baseline.decay(frozen(state), at);
          readsTheSame(state, faded, asked, at, Math.max(tolerance, merged));
          expect(baseline.decay(faded, at)).toEqual(faded);
        }),
      );
    });
  });
}
