// The embedded document store against the contract, and what only it can show.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSqliteDocumentStore } from '../../services/adapters/document-store/sqlite.ts';
import { Database } from '../../services/adapters/sqlite.ts';
import { systemClock } from '../../services/core/clock.ts';
import { documentStoreContract } from '../contracts/document-store.ts';

documentStoreContract('SQLite', async (clock) => {
  const folder = await mkdtemp(join(tmpdir(), 'pipewarden-'));
  return {
    open: async () => openSqliteDocumentStore({ path: join(folder, 'documents.db'), clock }),
    stop: () => rm(folder, { recursive: true }),
  };
});

test('a file that cannot be opened is told as such', () => {
  expect(() => openSqliteDocumentStore({ path: '/nowhere/at/all.db', clock: systemClock })).toThrow(
    expect.objectContaining({ code: 'STORE_UNAVAILABLE' }),
  );
});

test('a document nested so deeply that a search would stumble is refused, and hurts no other', async () => {
  const store = openSqliteDocumentStore({ path: ':memory:', clock: systemClock });
  let deep: object = {};
  for (let depth = 0; depth < 2000; depth++) deep = { deep };
  await expect(store.put('finding', 'abyss', deep, 'absent')).rejects.toMatchObject({ code: 'STORE_REFUSED' });
  await store.put('finding', 'plain', { title: 'here' }, 'absent');
  expect(await store.search('finding', { where: [{ field: 'title', is: 'here' }] })).toMatchObject({ total: 1 });
  await store.close();
});

test('the index of words forgets what was overwritten, removed or has expired', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pipewarden-'));
  const path = join(folder, 'documents.db');
  const store = openSqliteDocumentStore({ path, clock: systemClock });
  for (const title of ['gone', 'gone too', 'here']) await store.put('finding', 'a', { title }, 'any');
  await store.put('finding', 'b', { title: 'gone' }, 'absent');
  await store.remove('finding', 'b');
  await store.put('incident', 'c', { title: 'gone' }, 'absent');
  await store.expire('incident', systemClock.now() + 1);
  await store.close();
  const database = new Database(path);
  expect(database.sql(`select rowid from words where words match 'gone'`).all()).toEqual([]);
  expect(database.sql(`select rowid from words where words match 'here'`).all()).toHaveLength(1);
  database.close();
  await rm(folder, { recursive: true });
});

test('a version is a growing number', async () => {
  const store = openSqliteDocumentStore({ path: ':memory:', clock: systemClock });
  const versions: number[] = [];
  for (let turn = 0; turn < 12; turn++) versions.push(Number(await store.put('run', 'r1', { turn }, 'any')));
  expect(versions).toEqual(versions.toSorted((a, b) => a - b));
  expect(new Set(versions).size).toBe(12);
  await store.close();
});
