// Exports as CSV: a header line, then rows, as CircleCI gives out its audit log.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cellsOf } from '../../../services/collector/replay/csv.ts';
import { readReplay } from '../../../services/collector/replay.ts';
import { clock } from '../collecting.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csv-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** What plain replay makes of the file: bodies by line, and what is malformed. */
async function read(content: string) {
  const file = join(folder, 'audit.csv');
  await writeFile(file, content);
  const found: unknown[] = [];
  for await (const item of readReplay({ file, name: 'a', source: 'circleci.audit', clock })) {
    found.push('malformed' in item ? item.malformed : [item.input, item.body, item.received_at]);
  }
  return found;
}

const TIME = '2026-03-02T07:35:15.325Z';
const AT = Date.parse(TIME);

test('each row is an object of its columns; cells that hold JSON are read, empty ones left out', async () => {
  const rows = [
    'id,action,actor,target,success,occurred_at',
    `1,context.create,"{""type"":""user"",""name"":""Lind, Mara""}",,true,${TIME}`,
    `2,"say ""hi""",plain,{broken,true,${TIME}`,
  ];
  expect(await read(`\uFEFF${rows.join('\r\n')}\r\n`)).toEqual([
    [
      'a:2',
      {
        id: '1',
        action: 'context.create',
        actor: { type: 'user', name: 'Lind, Mara' },
        success: 'true',
        occurred_at: TIME,
      },
      AT,
    ],
    ['a:3', { id: '2', action: 'say "hi"', actor: 'plain', target: '{broken', success: 'true', occurred_at: TIME }, AT],
  ]);
});

test('a quoted field may go on in the next line; the row has the number of its first', async () => {
  const found = await read(`id,payload,occurred_at\n1,"{\n ""a"": 1\n}",${TIME}\n2,,${TIME}\n`);
  expect(found).toEqual([
    ['a:2', { id: '1', payload: { a: 1 }, occurred_at: TIME }, AT],
    ['a:5', { id: '2', occurred_at: TIME }, AT],
  ]);
});

test('exports that were put together repeat their header, which is no row', async () => {
  expect(await read(`id,occurred_at\n1,${TIME}\nid,occurred_at\n\n2,${TIME}\n`)).toHaveLength(2);
});

test('a row of another length is told, and the rest goes on', async () => {
  expect(await read(`id,occurred_at\n1\n2,${TIME}\n`)).toEqual([
    { line: 2, reason: 'the row has 1 columns, the header 2' },
    ['a:3', { id: '2', occurred_at: TIME }, AT],
  ]);
});

test('a quote that never ends is told at its line', async () => {
  expect(await read(`id,occurred_at\n1,"${TIME}\n2,${TIME}\n`)).toEqual([
    { line: 2, reason: 'a quoted field does not end' },
  ]);
});

test('the same source streamed as JSON is read as it is, quotes and all', async () => {
  const lines = [
    { id: '1', action: 'say "', occurred_at: TIME },
    { id: '2', occurred_at: TIME },
  ];
  expect(await read(lines.map((line) => JSON.stringify(line)).join('\n'))).toEqual(
    lines.map((line, index) => [`a:${index + 1}`, line, AT]),
  );
});

test.each([
  ['a,b', ['a', 'b']],
  ['', ['']],
  [',', ['', '']],
  ['"a","b"', ['a', 'b']],
  ['"","a""b",""""', ['', 'a"b', '"']],
  ['"a,b",c', ['a,b', 'c']],
  ['"a"x,b', ['ax', 'b']],
])('the cells of %j', (row, cells) => expect(cellsOf(row)).toEqual(cells));
