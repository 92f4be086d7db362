// Profiles as they are stored and taken back.
import { describe, expect, test } from 'vitest';
import { detectors } from '../../detectors/index.ts';
import { Profiles } from '../../services/analyzer/profiles.ts';
import { DAY } from '../../services/core/time.ts';

const detector = detectors[0] ?? expect.fail('there are detectors');
const KEY = `profile/${detector.id}/actor:ada`;

describe('a stored profile', () => {
  test('comes back as it was, and is written once for each time it changed', () => {
    const profiles = new Profiles();
    profiles.write(detector, 'actor:ada', { seen: 1 }, 1);
    profiles.write(detector, 'actor:ada', { seen: 2 }, 2);
    const [change, ...more] = profiles.flush();
    expect(more).toEqual([]);
    expect(profiles.flush()).toEqual([]);
    const restored = new Profiles();
    expect(restored.restore({ key: KEY, value: change?.value ?? '' }, () => expect.fail('it is whole'))).toBe(true);
    expect(restored.read(detector, 'actor:ada')).toEqual({ seen: 2 });
  });

  test.each(['no JSON', 'null', '{"format":1,"state":{}}', '{"format":2}'])(
    'that cannot be read is told, and counts as never learned: %s',
    (value) => {
      const told: string[] = [];
      const profiles = new Profiles();
      expect(profiles.restore({ key: KEY, value }, (key) => told.push(key))).toBe(true);
      expect(told).toEqual([KEY]);
      expect(profiles.read(detector, 'actor:ada')).toBeUndefined();
    },
  );

  test('of an older version, without counts, is taken back', () => {
    const profiles = new Profiles();
    profiles.restore({ key: KEY, value: '{"format":2,"state":{"seen":1}}' }, () => expect.fail('it is whole'));
    expect(profiles.read(detector, 'actor:ada')).toEqual({ seen: 1 });
  });

  test('of somebody else is left to them', () => {
    expect(new Profiles().restore({ key: 'seen/7', value: 'x' }, () => expect.fail('not ours'))).toBe(false);
  });
});

describe('more profiles than are kept', () => {
  const LIMIT = 100;
  const YEAR = 365 * DAY;

  /** Ada works all the time, somebody left a year ago, and then a flood of names that come once. */
  function flood(profiles: Profiles, from: number, to: number): void {
    for (let day = from; day < to; day++) {
      profiles.write(detector, 'actor:ada', { day }, YEAR + day * DAY);
      for (let n = 0; n < 30; n++) profiles.write(detector, `actor:made-up-${day}-${n}`, { n }, YEAR + day * DAY);
    }
  }

  function started(): Profiles {
    const profiles = new Profiles(LIMIT);
    profiles.write(detector, 'actor:gone', {}, DAY);
    return profiles;
  }

  test('push out neither who is at work nor grow without end, and leave nothing in the state', () => {
    const profiles = started();
    const stored = new Map<string, string | null>();
    for (let day = 0; day < 20; day++) {
      flood(profiles, day, day + 1);
      for (const { key, value } of profiles.flush()) stored.set(key, value);
    }
    expect(profiles.size).toBeLessThanOrEqual(LIMIT);
    expect([...stored.values()].filter((value) => value !== null)).toHaveLength(profiles.size);
    expect(profiles.read(detector, 'actor:ada')).toEqual({ day: 19 });
    expect(profiles.read(detector, 'actor:gone')).toBeUndefined();
  });

  test('give way alike, whether there was a restart or not', () => {
    const whole = started();
    flood(whole, 0, 9);
    const first = started();
    flood(first, 0, 4);
    const second = new Profiles(LIMIT);
    for (const { key, value } of first.flush().toReversed()) {
      if (value !== null) second.restore({ key, value }, () => expect.fail('it is whole'));
    }
    flood(second, 4, 9);
    const kept = (profiles: Profiles) =>
      Array.from({ length: 270 }, (_, index) => `actor:made-up-${Math.floor(index / 30)}-${index % 30}`).filter(
        (entity) => profiles.read(detector, entity) !== undefined,
      );
    expect(kept(second)).toEqual(kept(whole));
  });
});
