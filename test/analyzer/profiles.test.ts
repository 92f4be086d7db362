// Profiles as they are stored and taken back.
import { describe, expect, test } from 'vitest';
import { detectors } from '../../detectors/index.ts';
import { Profiles } from '../../services/analyzer/profiles.ts';

const [detector] = detectors;
if (!detector) throw new Error('there are detectors');
const KEY = `profile/${detector.id}/actor:ada`;

describe('a stored profile', () => {
  test('comes back as it was, and is written once for each time it changed', () => {
    const profiles = new Profiles();
    profiles.write(detector, 'actor:ada', { seen: 1 });
    profiles.write(detector, 'actor:ada', { seen: 2 });
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

  test('of somebody else is left to them', () => {
    expect(new Profiles().restore({ key: 'seen/7', value: 'x' }, () => expect.fail('not ours'))).toBe(false);
  });
});
