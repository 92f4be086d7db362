import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checksumHolds, checksumOf } from '../../../services/redactor/checksum.ts';
import { createKeywordIndex } from '../../../services/redactor/scan/keywords.ts';
import { latin1, withoutControls } from '../../../services/redactor/scan/view.ts';

const ESC = String.fromCharCode(0x1b);

it('finds exactly the keywords that a text holds, in any case and through colours', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '_'), minLength: 1, maxLength: 5 });
  const text = fc.array(fc.constantFrom('a', 'B', 'c', '_', 'é', `${ESC}[1m`, `${ESC}x`, ' '), { maxLength: 60 });
  fc.assert(
    fc.property(fc.array(letters, { minLength: 1, maxLength: 8 }), text, (keywords, characters) => {
      const index = createKeywordIndex(keywords.map((keyword, owner) => ({ text: keyword, owner })));
      const input = Buffer.from(characters.join(''));
      const view = withoutControls(input, 0, input.length);
      const plain = Buffer.from(view?.bytes ?? input);
      const found = new Set<string>();
      index.all(plain, 0, plain.length, (start, owner) => found.add(`${start} ${owner}`));
      const expected = new Set(
        keywords.flatMap((keyword, owner) => places(latin1(plain), keyword).map((at) => `${at} ${owner}`)),
      );
      expect(found).toEqual(expected);
      expect(index.next(input, 0, input.length) >= 0).toBe(expected.size > 0);
    }),
  );
});

it('knows a wrong checksum', () => {
  const body = 'a'.repeat(30);
  expect(checksumHolds(body + checksumOf(body))).toBe(true);
  expect(checksumHolds(`b${body.slice(1)}${checksumOf(body)}`)).toBe(false);
});

it('leads back from the plain text to the coloured one', () => {
  const input = Buffer.from(`a${ESC}[31mb\r${ESC}[0m${ESC}c`);
  const view = withoutControls(input, 0, input.length);
  expect(view && latin1(view.bytes)).toBe(`ab${ESC}c`);
  expect([0, 1, 2, 3].map((at) => view?.original(at, at + 1).start)).toEqual([0, 6, 12, 13]);
});

function places(text: string, keyword: string): number[] {
  const found: number[] = [];
  const plain = text.toLowerCase();
  for (let at = plain.indexOf(keyword); at >= 0; at = plain.indexOf(keyword, at + 1)) found.push(at);
  return found;
}
