// Reading fields of records: what counts as a time, and values that come in several types.
import { describe, expect, test } from 'vitest';
import { instant, noting, told } from '../../services/collector/fields.ts';

describe('a time', () => {
  const at = Date.parse('2026-03-02T12:30:05Z');

  test.each([
    ['2026-03-02T12:30:05Z'],
    ['2026-03-02T14:30:05+02:00'],
    ['2026-03-02 12:30:05 UTC'],
    ['2026-03-02 14:30:05 +0200'],
    ['2026-03-02 12:30:05'],
    ['1772454605'],
    [1_772_454_605],
    [1_772_454_605_000],
  ])('%s', (value) => expect(instant(value)).toBe(at));

  test.each([['yesterday'], ['2026-03-02 UTC'], ['2026-13-02 12:30:05 UTC'], ['']])('not %s', (value) => {
    expect(instant(value)).toBeUndefined();
  });
});

test('a value of any plain type is told as text, and of a list its elements', () => {
  const record = { yes: true, count: 0, name: 'x', none: null, empty: '', list: ['a', 2, null], nested: { a: 1 } };
  const read = noting(() => Object.keys(record).map((key) => told(record, key)));
  expect(read.value).toEqual(['true', '0', 'x', undefined, undefined, 'a, 2', undefined]);
  expect(read.notes).toEqual(['nested: expected text, a number, true or false, found an object']);
});
