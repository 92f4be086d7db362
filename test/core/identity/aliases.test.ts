// One person with several names, as the configuration says it.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAliases, type Person, sharedKeys } from '../../../services/core/identity/aliases.ts';

const mara: Person = {
  person: 'mara',
  logins: ['github:Mara-L', 'gitlab:mara'],
  ids: ['gitlab:42'],
  emails: ['Mara@Acme.example', '7-mlind@users.noreply.gitlab.com'],
  keys: ['0x3AA5C34371567BD2', `SHA256:${'a'.repeat(43)}=`],
};

describe('a configured person', () => {
  test.each([
    'github:mara-l',
    'gitlab:mara',
    'gitlab#42',
    'mara@acme.example',
    'gitlab:mlind',
    'gitlab#7',
    'key:PGP:3AA5C34371567BD2',
    `key:SHA256:${'a'.repeat(43)}`,
  ])('is known by %s', (key) => {
    expect(createAliases([mara]).personOf(['somebody@else.example', key])).toBe('mara');
  });

  test.each(['github:mara', 'mara', 'gitlab:mara-l', 'mara@acme.example.org', 'gitlab#4'])(
    'is not known by what only looks alike: %s',
    (key) => {
      expect(createAliases([mara]).personOf([key])).toBeUndefined();
    },
  );

  test('who is called by an address is known by it', () => {
    expect(createAliases([{ person: 'mara@acme.example' }]).personOf(['mara@acme.example'])).toBe('mara@acme.example');
  });

  test('comes before the next, where a record names two: the better key decides', () => {
    const aliases = createAliases([mara, { person: 'eve', logins: ['github:eve'] }]);
    expect(aliases.personOf(['github:eve', 'mara@acme.example'])).toBe('eve');
  });
});

test('a name of two people is told with the later one’s place; twice in one entry is no harm', () => {
  expect(sharedKeys([mara, { person: 'eve', logins: ['github:mara-l', 'github:eve'] }])).toEqual([
    { index: 1, key: 'github:mara-l' },
  ]);
  expect(sharedKeys([{ person: 'eve', logins: ['github:eve', 'github:EVE'] }])).toEqual([]);
});

test('the order of people whose names are distinct does not matter', () => {
  const name = fc.stringMatching(/^[a-z]{1,6}$/);
  const people = fc
    .uniqueArray(name, { minLength: 1, maxLength: 8 })
    .map((names) =>
      names.map((each): Person => ({ person: each, logins: [`github:${each}`], emails: [`${each}@acme.example`] })),
    );
  fc.assert(
    fc.property(
      people.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([all, shuffled]) => {
        const [one, other] = [createAliases(all), createAliases(shuffled)];
        for (const { person } of all) {
          for (const key of [`github:${person}`, `${person}@acme.example`, `gitlab:${person}`]) {
            expect(one.personOf([key])).toBe(other.personOf([key]));
          }
        }
      },
    ),
  );
});
