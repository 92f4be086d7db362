import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentId } from '../../services/core/json.ts';
import { SeenWindow } from '../../services/core/seen-window.ts';

/** The state of a window as a log would keep it, and windows restored from it. */
function keptState() {
  const state = new Map<string, string>();
  return {
    state,
    commit(window: SeenWindow) {
      for (const { key, value } of window.flush()) {
        if (value === null) state.delete(key);
        else state.set(key, value);
      }
    },
    restored(capacity: number, order = [...state]) {
      const window = new SeenWindow(capacity);
      for (const [key, value] of order) expect(window.restore({ key, value })).toBe(true);
      return window;
    },
    remembered: () => [...state.values()].flatMap((value) => value.split(' ')),
  };
}

const ids = (from: number, count: number) => Array.from({ length: count }, (_, index) => contentId(from + index));

describe('the window of seen ids', () => {
  test('knows an id at its second coming, in the same batch and in a later one', () => {
    const window = new SeenWindow(10);
    const [one = '', two = ''] = ids(0, 2);
    expect([window.add(one), window.add(one), window.add(two)]).toEqual([true, false, true]);
    window.flush();
    expect([window.add(one), window.add(two)]).toEqual([false, false]);
  });

  test('has nothing to store when nothing was new', () => {
    const window = new SeenWindow(10);
    expect(window.flush()).toEqual([]);
    for (const id of ids(0, 3)) window.add(id);
    expect(window.flush()).toHaveLength(1);
    for (const id of ids(0, 3)) window.add(id);
    expect(window.flush()).toEqual([]);
  });

  test('leaves the state of others alone', () => {
    expect(new SeenWindow(10).restore({ key: 'profile/x', value: '{}' })).toBe(false);
  });

  test('keeps few chunks and rewrites only the newest, however small the batches are', () => {
    const window = new SeenWindow(20_000);
    const kept = keptState();
    for (const id of ids(0, 45_000)) {
      window.add(id);
      const changes = window.flush();
      expect(changes.length).toBeLessThanOrEqual(2);
      for (const { key, value } of changes) {
        if (value === null) kept.state.delete(key);
        else kept.state.set(key, value);
      }
    }
    expect(kept.state.size).toBeLessThan(100);
    expect(kept.remembered().length).toBeGreaterThanOrEqual(20_000);
  });

  test('stays within its bound when one batch is larger than the window', () => {
    const window = new SeenWindow(100);
    const kept = keptState();
    for (const id of ids(0, 5_000)) window.add(id);
    kept.commit(window);
    expect(kept.remembered().length).toBeLessThan(200);
    for (const id of ids(4_900, 100)) expect(window.add(id)).toBe(false);
  });

  // Batches of small numbers, so that ids come again; every batch is committed, after some the owner changes.
  const history = fc.array(fc.record({ batch: fc.array(fc.nat(60), { maxLength: 30 }), moves: fc.boolean() }), {
    maxLength: 40,
  });

  test('is exact: it never forgets one of the last ids, and never claims one that did not come', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), history, (capacity, batches) => {
        const kept = keptState();
        let window = new SeenWindow(capacity);
        const firsts: number[] = [];
        for (const { batch, moves } of batches) {
          for (const number of batch) {
            const fresh = window.add(contentId(number));
            if (firsts.slice(-capacity).includes(number)) expect(fresh).toBe(false);
            if (!firsts.includes(number)) expect(fresh).toBe(true);
            if (fresh) firsts.push(number);
          }
          kept.commit(window);
          const remembered = kept.remembered();
          expect(remembered.length).toBeGreaterThanOrEqual(Math.min(capacity, new Set(firsts).size));
          expect(remembered.length).toBeLessThan(2 * capacity);
          expect(remembered).toHaveLength(new Set(remembered).size);
          if (moves) window = kept.restored(capacity);
        }
      }),
    );
  });

  test('answers the same after being restored, in whatever order its state comes back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        history,
        history,
        fc.boolean(),
        (capacity, before, after, backwards) => {
          const kept = keptState();
          const window = new SeenWindow(capacity);
          for (const { batch } of before) {
            for (const number of batch) window.add(contentId(number));
            kept.commit(window);
          }
          const restored = kept.restored(capacity, backwards ? [...kept.state].reverse() : [...kept.state]);
          for (const { batch } of after) {
            const answers = (one: SeenWindow) => batch.map((number) => one.add(contentId(number)));
            expect(answers(restored)).toEqual(answers(window));
            expect(restored.flush()).toEqual(window.flush());
          }
        },
      ),
    );
  });
});
