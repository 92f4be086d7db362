// Profiles as compact text: what is not in use is as good as what is, and what cannot be read is set aside.
import { describe, expect, test } from 'vitest';
import { emptyProfile } from '../../../services/analyzer/entity-stage/profile.ts';
import { Profiles } from '../../../services/analyzer/entity-stage/profiles.ts';
import type { Baseline } from '../../../services/core/baseline.ts';
import type { Json } from '../../../services/core/json.ts';
import type { StateChange } from '../../../services/core/ports/event-log.ts';
import { DAY } from '../../../services/core/time.ts';

const START = Date.UTC(2026, 2, 2, 10);
const WEEK = 7 * DAY;

/** Its state is a number, written as `#7`. */
const number: Baseline<unknown, Json, unknown> = {
  id: 'number',
  empty: () => 0,
  observe: (state) => Number(state) + 1,
  probability: () => ({ probability: 1, observations: 0, detail: null }),
  merge: (a) => a,
  decay: (state) => state,
  serialize: (state) => `#${JSON.stringify(state)}`,
  parse: (text) => (/^#\d+$/.test(text) ? Number(text.slice(1)) : undefined),
};

function written(profiles: Profiles, name: string, state: number, at = START): void {
  profiles.write(profiles.use(name, number), { ...emptyProfile(number), state }, at);
}

function stateOf(profiles: Profiles, name: string): Json | undefined {
  return profiles.use(name, number).stored?.profile.state;
}

function restored(changes: readonly StateChange[], options: ConstructorParameters<typeof Profiles>[0] = {}): Profiles {
  const profiles = new Profiles(options);
  for (const { key, value } of changes) if (value !== null) expect(profiles.restore({ key, value })).toBe(true);
  return profiles;
}

test('comes back as it was, and is written once for each time it changed', () => {
  const profiles = new Profiles();
  written(profiles, 'some/actor:ada', 1);
  written(profiles, 'some/actor:ada', 2);
  const changes = profiles.flush();
  expect(changes.map(({ key }) => key)).toEqual(['profile/some/actor:ada']);
  expect(profiles.flush()).toEqual([]);
  expect(stateOf(restored(changes), 'some/actor:ada')).toBe(2);
});

test('is the same whether it is in use or rests as text', () => {
  const [small, large] = [new Profiles({ inUse: 3 }), new Profiles()];
  for (let index = 0; index < 200; index++) {
    for (const profiles of [small, large]) written(profiles, `some/actor:${index % 20}`, index);
  }
  const read = (profiles: Profiles) =>
    Array.from({ length: 20 }, (_, index) => stateOf(profiles, `some/actor:${index}`));
  expect(read(small)).toEqual(read(large));
  expect(small.flush()).toEqual(large.flush());
});

test('with what waits and whose share it is comes back too', () => {
  const profiles = new Profiles();
  const profile = {
    ...emptyProfile(number),
    state: 7,
    day: 20_500,
    shares: { 'github:mara': 3 },
    waiting: [['an activity', START, { seen: ['a\nb'] }, 'github:mara', 'held'] as const],
  };
  profiles.write(profiles.use('some/job:x', number), profile, START);
  expect(restored(profiles.flush()).use('some/job:x', number).stored?.profile).toEqual(profile);
});

describe('a stored profile', () => {
  const text = (profiles: Profiles) => profiles.flush().find(({ key }) => key.startsWith('profile/'))?.value ?? '';

  test.each([
    ['a state that its baseline did not write', (whole: string) => whole.replace(/#\d+$/, 'garbage')],
    ['a head that is no number', (whole: string) => whole.replace(/^5 \S+/, '5 many')],
    ['half of it', (whole: string) => whole.slice(0, 12)],
    ['nothing of the kind', () => 'something else'],
  ])('that holds %s is told, set aside and learned anew', (_what, spoil) => {
    const profiles = new Profiles();
    written(profiles, 'some/actor:ada', 7);
    const corrupt: string[] = [];
    const found = restored([{ key: 'profile/some/actor:ada', value: spoil(text(profiles)) }], {
      onCorrupt: (name) => corrupt.push(name),
    });
    expect(stateOf(found, 'some/actor:ada')).toBeUndefined();
    expect(corrupt).toEqual(['some/actor:ada']);
    const changes = new Map(found.flush().map(({ key, value }) => [key, value]));
    expect(changes.get('profile/some/actor:ada')).toBeNull();
    expect(changes.get('aside/some/actor:ada')).toEqual(expect.any(String));
  });

  test.each(['{"format":3,"state":{},"times":1,"at":1}', '4 1 1 1 1\n\n\n#7'])(
    'of an earlier version is learned anew, and that is told: %s',
    (value) => {
      const outdated: string[] = [];
      const found = restored([{ key: 'profile/some/actor:ada', value }], { onOutdated: (name) => outdated.push(name) });
      expect(outdated).toEqual(['some/actor:ada']);
      expect(stateOf(found, 'some/actor:ada')).toBeUndefined();
    },
  );

  test('of somebody else is left to them', () => {
    expect(new Profiles().restore({ key: 'seen/7', value: 'x' })).toBe(false);
  });
});

test('leaves a checkpoint of each week in which it changed, eight at most', () => {
  const profiles = new Profiles();
  const state = new Map<string, string>();
  for (let week = 0; week < 20; week++) {
    written(profiles, 'some/actor:ada', week, START + week * WEEK);
    written(profiles, 'some/actor:ada', week, START + week * WEEK + DAY);
    for (const { key, value } of profiles.flush()) {
      if (value === null) state.delete(key);
      else state.set(key, value);
    }
  }
  const checkpoints = [...state].filter(([key]) => key.startsWith('checkpoint/'));
  expect(checkpoints.map(([, value]) => value.split('#')[1])).toEqual(['11', '12', '13', '14', '15', '16', '17', '18']);
});

test('that somebody put in its place counts at once; null forgets it', () => {
  const profiles = new Profiles();
  written(profiles, 'some/actor:ada', 1);
  const before = profiles.flush()[0]?.value ?? '';
  written(profiles, 'some/actor:ada', 2);
  profiles.replace('some/actor:ada', before);
  expect(stateOf(profiles, 'some/actor:ada')).toBe(1);
  profiles.replace('some/actor:ada', null);
  expect(stateOf(profiles, 'some/actor:ada')).toBeUndefined();
  expect(profiles.flush()).toEqual([{ key: 'profile/some/actor:ada', value: null }]);
});

describe('more profiles than are kept', () => {
  test('push out neither who is at work nor grow without end, and leave nothing in the state', () => {
    const dropped: number[] = [];
    const profiles = new Profiles({ limit: 100, inUse: 10, onFull: (count) => dropped.push(count) });
    const stored = new Map<string, string | null>();
    for (let day = 0; day < 20; day++) {
      written(profiles, 'some/actor:ada', day, START + day * DAY);
      for (let n = 0; n < 30; n++) written(profiles, `some/actor:made-up-${day}-${n}`, n, START + day * DAY);
      for (const { key, value } of profiles.flush()) if (key.startsWith('profile/')) stored.set(key, value);
    }
    expect(profiles.size).toBeLessThanOrEqual(100);
    expect([...stored.values()].filter((value) => value !== null)).toHaveLength(profiles.size);
    expect(stateOf(profiles, 'some/actor:ada')).toBe(19);
    expect(dropped.reduce((sum, count) => sum + count, 0)).toBe(601 - profiles.size);
  });
});
