// The states of a partition, as they are stored and taken back.
import { describe, expect, test } from 'vitest';
import { Store } from '../../../services/analyzer/entity-stage/store.ts';
import { DAY } from '../../../services/core/time.ts';

const ADA = 'some-detector/actor:ada';
const KEY = `profile/${ADA}`;

function newStore(limit = 100_000): { readonly store: Store; readonly corrupt: string[] } {
  const corrupt: string[] = [];
  return { store: new Store({ prefix: 'profile/', limit, onCorrupt: (key) => corrupt.push(key) }), corrupt };
}

describe('a stored profile', () => {
  test('comes back as it was, and is written once for each time it changed', () => {
    const { store } = newStore();
    store.set(ADA, { seen: 1 }, 1);
    store.set(ADA, { seen: 2 }, 2);
    const [change, ...more] = store.flush();
    expect(more).toEqual([]);
    expect(store.flush()).toEqual([]);
    const restored = newStore();
    expect(restored.store.restore({ key: KEY, value: change?.value ?? '' })).toBe(true);
    expect(restored.store.get(ADA)).toEqual({ seen: 2 });
    expect(restored.corrupt).toEqual([]);
  });

  test.each(['no JSON', 'null', '{"format":3,"times":1,"at":1,"state":{}}', '{"format":4,"times":1,"at":1}'])(
    'that cannot be read is told, and counts as never learned: %s',
    (value) => {
      const { store, corrupt } = newStore();
      expect(store.restore({ key: KEY, value })).toBe(true);
      expect(corrupt).toEqual([ADA]);
      expect(store.get(ADA)).toBeUndefined();
    },
  );

  test('of somebody else is left to them', () => {
    const { store, corrupt } = newStore();
    expect(store.restore({ key: 'seen/7', value: 'x' })).toBe(false);
    expect(corrupt).toEqual([]);
  });
});

describe('more profiles than are kept', () => {
  const LIMIT = 100;
  const YEAR = 365 * DAY;

  /** Ada works all the time, somebody left a year ago, and then a flood of names that come once. */
  function flood(store: Store, from: number, to: number): void {
    for (let day = from; day < to; day++) {
      store.set(ADA, { day }, YEAR + day * DAY);
      for (let n = 0; n < 30; n++) store.set(`some-detector/actor:made-up-${day}-${n}`, { n }, YEAR + day * DAY);
    }
  }

  function started(): Store {
    const { store } = newStore(LIMIT);
    store.set('some-detector/actor:gone', {}, DAY);
    return store;
  }

  test('push out neither who is at work nor grow without end, and leave nothing in the state', () => {
    const store = started();
    const stored = new Map<string, string | null>();
    for (let day = 0; day < 20; day++) {
      flood(store, day, day + 1);
      for (const { key, value } of store.flush()) stored.set(key, value);
    }
    expect(store.size).toBeLessThanOrEqual(LIMIT);
    expect([...stored.values()].filter((value) => value !== null)).toHaveLength(store.size);
    expect(store.get(ADA)).toEqual({ day: 19 });
    expect(store.get('some-detector/actor:gone')).toBeUndefined();
  });

  test('give way alike, whether there was a restart or not', () => {
    const whole = started();
    flood(whole, 0, 9);
    const first = started();
    flood(first, 0, 4);
    const { store: second, corrupt } = newStore(LIMIT);
    for (const { key, value } of first.flush().toReversed()) {
      if (value !== null) second.restore({ key, value });
    }
    expect(corrupt).toEqual([]);
    flood(second, 4, 9);
    const kept = (store: Store) =>
      Array.from(
        { length: 270 },
        (_, index) => `some-detector/actor:made-up-${Math.floor(index / 30)}-${index % 30}`,
      ).filter((key) => store.get(key) !== undefined);
    expect(kept(second)).toEqual(kept(whole));
  });
});

test('what rests for longer than a state lasts is forgotten, after a restart too', () => {
  const options = { prefix: 'runner/', lasting: 2 * DAY };
  const store = new Store(options);
  store.set('old', { jobs: 1 }, 10 * DAY);
  store.set('young', { jobs: 1 }, 12 * DAY);
  const restarted = new Store(options);
  for (const { key, value } of store.flush()) restarted.restore({ key, value: value ?? '' });
  for (const each of [store, restarted]) {
    each.set('new', { jobs: 1 }, 13 * DAY);
    expect(['old', 'young', 'new'].filter((key) => each.get(key) !== undefined)).toEqual(['young', 'new']);
    expect(each.flush().filter(({ value }) => value === null)).toEqual([{ key: 'runner/old', value: null }]);
  }
});
