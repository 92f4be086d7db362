// Values as keywords: they keep their type, sort as the values do, and come back.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode, encode, factsOf } from '../../../services/adapters/document-store/elasticsearch-facts.ts';

/** As Elasticsearch compares keywords. */
const compare = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

describe('a value as a keyword', () => {
  test('comes back', () => {
    fc.assert(
      fc.property(
        fc.oneof(finite, fc.integer(), fc.boolean(), fc.string({ unit: 'grapheme', maxLength: 500 })),
        (value) => {
          expect(decode(encode(value))).toEqual(value === 0 ? 0 : value);
        },
      ),
    );
  });

  test('sorts as numbers do', () => {
    fc.assert(
      fc.property(finite, finite, (a, b) => {
        expect(Math.sign(compare(encode(a), encode(b)))).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
    expect(encode(-0)).toBe(encode(0));
  });

  test('sorts texts by their bytes, and numbers before texts', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(Math.sign(compare(encode(a), encode(b)))).toBe(Math.sign(compare(a, b)));
      }),
    );
    expect(compare(encode(Number.MAX_VALUE), encode(''))).toBe(-1);
  });

  test('is short, however long the text, and still that text’s own', () => {
    const long = 'ж'.repeat(20_000);
    expect(Buffer.byteLength(encode(long))).toBeLessThan(4_000);
    expect(encode(`${long}a`)).not.toBe(encode(`${long}b`));
    expect(decode(encode(long))).toBe('ж'.repeat(1_000));
  });
});

describe('the facts of a document', () => {
  test('are its values by path, each once, lists as their elements', () => {
    expect(
      factsOf({ a: [1, 1, 'x', null], b: { c: [{ d: true }, { d: false }] }, e: [[1]], f: null, g: [], h: {} }),
    ).toEqual({
      a: [encode(1), encode('x')],
      b: ['x'],
      'b.c': ['x'],
      'b.c.d': ['b1', 'b0'],
      e: ['x'],
      h: ['x'],
    });
  });

  test('leave out what no path leads to', () => {
    const deep = Array.from({ length: 20 }).reduce<object>((inner) => ({ a: inner }), {});
    expect(Object.keys(factsOf(deep))).toHaveLength(16);
    expect(factsOf({ 'a.b': 1, '': 2, 'with space': { inside: 3 }, ['x'.repeat(101)]: 4, ключ: 5 })).toEqual({});
  });
});
