import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checksumHolds, checksumOf } from '../../services/redactor/checksum.ts';
import { createKeywordIndex } from '../../services/redactor/keywords.ts';
import { viewOf } from '../../services/redactor/view.ts';

const ESC = String.fromCharCode(0x1b);

it('finds exactly the keywords that a text holds, in any case and through colours', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '_'), minLength: 1, maxLength: 5 });
  const text = fc.array(fc.constantFrom('a', 'B', 'c', '_', 'é', `${ESC}[1m`, `${ESC}x`, ' '), { maxLength: 60 });
  fc.assert(
    fc.property(fc.array(letters, { minLength: 1, maxLength: 8 }), text, (keywords, characters) => {
      const index = createKeywordIndex(keywords.map((keyword) => [keyword]));
      const input = characters.join('');
      const plain = viewOf(input).text.toLowerCase();
      const expected = keywords.flatMap((keyword, owner) => (plain.includes(keyword) ? [owner] : []));
      expect(index.owners(input)).toEqual(expected);
      expect(index.next(input, 0) >= 0).toBe(expected.length > 0);
    }),
  );
});

it('knows a wrong checksum', () => {
  const body = 'a'.repeat(30);
  expect(checksumHolds(body + checksumOf(body))).toBe(true);
  expect(checksumHolds(`b${body.slice(1)}${checksumOf(body)}`)).toBe(false);
});

it('leads back from the plain text to the coloured one', () => {
  const view = viewOf(`a${ESC}[31mb${ESC}[0m${ESC}c`);
  expect(view.text).toBe(`ab${ESC}c`);
  expect([0, 1, 2, 3].map((position) => view.original(position))).toEqual([0, 6, 11, 12]);
});
