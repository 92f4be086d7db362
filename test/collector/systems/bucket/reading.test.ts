// Which objects are read, and in which order: a store of our own says when each came.
import { beforeEach, expect, test } from 'vitest';
import { createObjectList, foldersOf } from '../../../../services/collector/systems/bucket/listing.ts';
import { bucketPoll } from '../../../../services/collector/systems/bucket/reading.ts';
import { bucketSettings } from '../../../../services/collector/systems/bucket/settings.ts';
import type { ObjectStore, StoredObject } from '../../../../services/collector/systems/bucket/store.ts';
import type { Poll, Turn } from '../../../../services/collector/systems/system.ts';
import { PipewardenError } from '../../../../services/core/errors.ts';
import { isObject, type Json } from '../../../../services/core/json.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../../services/core/time.ts';
import { type TestClock, testClock } from '../reading.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');
const PAGE = 100;
let clock: TestClock;
let objects: StoredObject[];
let asked: string[];
/** Names that cannot be had at the moment. */
let trouble: (key: string) => boolean;
let cursor: Json | undefined;
/** By name, where it is not one entry. */
let contents: Map<string, readonly Buffer[]>;

beforeEach(() => {
  clock = testClock(NOW);
  objects = [];
  asked = [];
  trouble = () => false;
  cursor = undefined;
  contents = new Map();
});

const put = (key: string, modified: number, { etag = '1', size = 100 } = {}) =>
  objects.push({ key, modified, etag, size });

const store: ObjectStore = {
  async list({ prefix, folders, most = PAGE, next = '' }) {
    asked.push(`${prefix}${folders ? ' folders' : ''}`);
    const below = objects.filter(({ key }) => key.startsWith(prefix)).sort((a, b) => (a.key < b.key ? -1 : 1));
    const folderOf = (key: string) => {
      const end = key.indexOf('/', prefix.length);
      return folders && end >= 0 ? key.slice(0, end + 1) : undefined;
    };
    const all = folders ? below.length + 1 : most;
    const rest = below.filter(({ key }) => key > next);
    const page = rest.slice(0, all);
    return {
      objects: page.filter(({ key }) => folderOf(key) === undefined),
      folders: [...new Set(page.flatMap(({ key }) => folderOf(key) ?? []))],
      next: rest.length > all ? page.at(-1)?.key : undefined,
    };
  },
  async read(key) {
    if (trouble(key)) throw new PipewardenError('API_UNREACHABLE', { method: 'GET', path: key, problem: 'cut' });
    return (async function* () {
      yield* contents.get(key) ?? [Buffer.from(JSON.stringify({ _document_id: key, action: 'repo.create' }))];
    })();
  },
};

function poll(ordered: boolean): Poll {
  const settings = bucketSettings.parse({
    type: 'bucket',
    source: 'github.audit',
    store: 's3',
    bucket: 'logs',
    access_key: '${env:A}',
    secret_key: '${env:B}',
  });
  return bucketPoll({ settings, store, objects: createObjectList(store, { prefix: '', ordered }, clock) }, { clock });
}

/** As the host does, where each record of another kind is refused. */
function keep(turn: Turn): void {
  const refused = turn.records.flatMap(({ body }, index) =>
    isObject(body) && 'action' in body ? [] : [{ index, code: 'RECORD_INVALID' as const, message: '' }],
  );
  const report = { accepted: 0, activities: 0, scanned: [], parts: [], refused };
  cursor = JSON.parse(JSON.stringify(typeof turn.cursor === 'function' ? turn.cursor(report) : turn.cursor));
}

/** Names of what one reading gives, in order. */
async function read(from: Poll): Promise<string[]> {
  const found: string[] = [];
  for await (const turn of from.read(cursor, new AbortController().signal)) {
    expect(turn.records.length).toBeLessThanOrEqual(500);
    found.push(...turn.records.map(({ body }) => JSON.parse(JSON.stringify(body))._document_id));
    keep(turn);
  }
  return found;
}

test('in the order in which they came, and what is listed late', async () => {
  const reading = poll(false);
  put('b', NOW - 3 * MINUTE);
  put('a', NOW - MINUTE);
  put('too old', NOW - 2 * DAY);
  expect(await read(reading)).toEqual(['b', 'a']);
  put('late', NOW - 14 * MINUTE);
  put('a', NOW, { etag: '2' });
  expect(await read(reading)).toEqual(['late', 'a']);
  expect(await read(reading)).toEqual([]);
});

test('after days without us everything is read, also what lies in no tree', async () => {
  const reading = poll(true);
  put('2026/03/02/09/59/a', NOW - MINUTE);
  expect(await read(reading)).toEqual(['2026/03/02/09/59/a']);
  for (let days = 0; days < 12; days++) {
    clock.move(DAY);
    put(`${new Date(clock.now()).toISOString().slice(0, 10).replaceAll('-', '/')}/10/00/x`, clock.now() - MINUTE);
    put(`loose-${days}`, clock.now() - HOUR);
  }
  expect(await read(poll(true))).toHaveLength(24);
  expect(await read(reading)).toEqual([]);
});

test('many at once, more than are kept by name; and an outage among them', async () => {
  for (let index = 0; index < 21_000; index++) put(`n${index}`, NOW - HOUR + Math.floor(index / 8_000) * SECOND);
  const reading = poll(false);
  let asks = 0;
  trouble = () => ++asks === 12_345;
  const found: string[] = [];
  await expect(
    (async () => {
      for await (const turn of reading.read(undefined, new AbortController().signal)) {
        found.push(...turn.records.map(({ body }) => JSON.parse(JSON.stringify(body))._document_id));
        keep(turn);
      }
    })(),
  ).rejects.toMatchObject({ code: 'API_UNREACHABLE' });
  found.push(...(await read(poll(false))));
  expect([found.length, new Set(found).size]).toEqual([21_000, 21_000]);
  expect(await read(poll(false))).toEqual([]);
  expect(JSON.stringify(cursor).length).toBeLessThan(250_000);
});

test('in trees only the last days are listed; trees are looked for now and then', async () => {
  for (const tree of ['AWSLogs/1/CloudTrail/eu/', 'AWSLogs/1/CloudTrail/us/'])
    for (let days = 0; days < 60; days++)
      put(`${tree}${new Date(NOW - days * DAY).toISOString().slice(0, 10).replaceAll('-', '/')}/a`, NOW - days * DAY);
  const reading = poll(true);
  expect(await read(reading)).toHaveLength(4);
  asked = [];
  clock.move(MINUTE);
  expect(await read(reading)).toEqual([]);
  expect(asked.sort()).toEqual(
    ['eu', 'us'].flatMap((region) => ['01', '02'].map((day) => `AWSLogs/1/CloudTrail/${region}/2026/03/${day}/`)),
  );
});

test('an object of something else does not fill the dead letters', async () => {
  put('other', NOW - 2 * MINUTE);
  put('ours', NOW - MINUTE);
  contents.set('other', [Buffer.from('{}\n'.repeat(100_000))]);
  const found = await read(poll(false));
  expect(found.length).toBeLessThan(3_000);
  expect(found.at(-1)).toBe('ours');
});

test('a very large object is not asked for, and told', async () => {
  put('large', NOW - MINUTE, { size: 2 ** 30 });
  trouble = (key) => key === 'large';
  const turns: Turn[] = [];
  for await (const turn of poll(false).read(undefined, new AbortController().signal)) turns.push(turn);
  const problem = 'it has more than 268435456 bytes';
  expect(turns.flatMap(({ records }) => records.map(({ body }) => body))).toEqual([{ object: 'large', problem }]);
  expect(turns[0]?.missing).toEqual([`large: ${problem}`]);
});

test('folders by day, by month where the day is not sure, or far back', () => {
  const tree = { folder: 'a/', byDay: true };
  expect(foldersOf(tree, NOW, NOW)).toEqual(['a/2026/03/02/']);
  expect(foldersOf(tree, NOW - 2 * DAY, NOW)).toEqual(['a/2026/02/28/', 'a/2026/03/01/', 'a/2026/03/02/']);
  expect(foldersOf(tree, NOW - 40 * DAY, NOW)).toEqual(['a/2026/01/', 'a/2026/02/', 'a/2026/03/']);
  expect(foldersOf({ ...tree, byDay: false }, NOW, NOW + HOUR)).toEqual(['a/2026/03/']);
});
