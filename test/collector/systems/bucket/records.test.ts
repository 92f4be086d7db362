// What is found in an object, whatever it holds and however it comes.
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DamagedObject } from '../../../../services/collector/systems/bucket/damaged.ts';
import { elementsOf } from '../../../../services/collector/systems/bucket/elements.ts';
import { recordsOf } from '../../../../services/collector/systems/bucket/records.ts';

/** Cut into pieces of these sizes, again and again. */
async function* cut(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

async function bodies(bytes: Buffer, source: Parameters<typeof recordsOf>[2]): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  try {
    for await (const { body } of recordsOf(cut(bytes, [1_000]), bytes.length, source)) found.push(body);
  } catch (error) {
    if (!(error instanceof DamagedObject)) throw error;
    found.push(error.message);
  }
  return found;
}

test('the elements of a list, however it is cut', async () => {
  const list = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 8 });
  const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(list, sizes, fc.boolean(), fc.boolean(), async (records, pieces, isWrapped, isPretty) => {
      const value = isWrapped ? { note: '[{"', Records: records, after: [{ not: 'this' }] } : records;
      const text = Buffer.from(JSON.stringify(value, null, isPretty ? 2 : 0));
      const found: unknown[] = [];
      for await (const element of elementsOf(cut(text, pieces), 1_000_000)) found.push(JSON.parse(element.toString()));
      expect(found).toEqual(JSON.parse(JSON.stringify(records)));
    }),
  );
});

test('what is no list of records, and what ends early', async () => {
  expect(await bodies(Buffer.from('{"a":{"b":[{}]}}'), 'aws.cloudtrail')).toEqual([
    'there is no list of records in it',
  ]);
  expect(await bodies(Buffer.from('version account-id interface-id'), 'aws.cloudtrail')).toHaveLength(1);
  expect(await bodies(Buffer.from('{"Records":[{"eventID":"1"},{"eventID"'), 'aws.cloudtrail')).toEqual([
    { eventID: '1' },
    'it ends early',
  ]);
  expect(await bodies(Buffer.from('}'), 'aws.cloudtrail')).toEqual(['it is no JSON']);
});

test('a list, lines, lines that are broken, empty ones', async () => {
  expect(await bodies(Buffer.from(' [{"a":1},\n{"a":2}]'), 'github.audit')).toEqual([{ a: 1 }, { a: 2 }]);
  expect(await bodies(Buffer.from('{"a":1}\n\n{"a":\r\n{"a":3}'), 'github.audit')).toEqual([
    { a: 1 },
    '{"a":\r',
    { a: 3 },
  ]);
  expect(await bodies(Buffer.alloc(0), 'github.audit')).toEqual([]);
  expect(await bodies(Buffer.from('id,action\n1,a\n2\n3,c\n'), 'circleci.audit')).toEqual([
    { id: '1', action: 'a' },
    { line: 3, problem: 'the row has 1 columns, the header 2' },
    { id: '3', action: 'c' },
  ]);
});

test('memory stays bounded: long records, long lines, bombs', async () => {
  const long = Buffer.from(`{"Records":[{"a":"${'x'.repeat(5_000_000)}"}]}`);
  expect(await bodies(gzipSync(long), 'aws.cloudtrail')).toEqual([
    expect.stringMatching(/a record in it is longer than/),
  ]);
  const lines = Buffer.from(`{"a":1}\n${'x'.repeat(5_000_000)}\n{"a":2}\n`);
  expect(await bodies(gzipSync(lines), 'github.audit')).toEqual([
    { a: 1 },
    expect.objectContaining({ line: 2 }),
    { a: 2 },
  ]);
  const bomb = gzipSync(Buffer.concat([Buffer.from('{"a":1}\n'), Buffer.alloc(65 * 1024 * 1024, ' ')]));
  expect(await bodies(bomb, 'github.audit')).toEqual([{ a: 1 }, 'it unpacks to more than 67108864 bytes']);
  expect(await bodies(gzipSync(Buffer.alloc(20_000_000, '\n')), 'circleci.audit')).toEqual([]);
  const empty = gzipSync(Buffer.concat([Buffer.from('{"a":1}'), Buffer.alloc(20_000_000, '\n')]));
  expect(await bodies(empty, 'github.audit')).toEqual([{ a: 1 }, expect.stringMatching(/lines are empty/)]);
});
