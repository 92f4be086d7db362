// Store, file and standard output as destinations.
import { appendFile, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqliteDocumentStore } from '../../services/adapters/document-store/sqlite.ts';
import { systemClock } from '../../services/core/clock.ts';
import { PipewardenError } from '../../services/core/errors.ts';
import type { DocumentStore } from '../../services/core/ports/document-store.ts';
import { DAY } from '../../services/core/time.ts';
import { fileDestination, stdoutDestination } from '../../services/forwarder/destinations/lines.ts';
import { storeDestination } from '../../services/forwarder/destinations/store.ts';
import { finding, findingEntry, idOf } from '../analyzer/analyzing.ts';
import { type Forwarding, incident, startForwarding } from './forwarding.ts';

let forwarding: Forwarding;

beforeEach(async () => {
  forwarding = await startForwarding();
});

afterEach(async () => {
  await forwarding.close();
});

describe('the store', () => {
  let store: DocumentStore;

  beforeEach(() => {
    store = openSqliteDocumentStore({ path: join(forwarding.folder, 'documents.sqlite'), clock: systemClock });
  });

  afterEach(async () => {
    await store.close();
  });

  test('keeps findings, incidents, audit entries and dead letters', async () => {
    const forwarder = await forwarding.start(storeDestination(store));
    await forwarding.write('finding', JSON.parse(findingEntry(finding('a'))), { type: 'verdict', incident: 'a' });
    await forwarding.write('incident', incident('a'));
    await forwarding.write('audit', { number: 7, hash: 'h', previous: 'p', entry: { time: 't' } });
    await forwarding.write('dead-letter', { id: 'letter' });
    await forwarder.caughtUp();
    expect(await store.get('finding', idOf('a'))).toMatchObject({ body: { finding: { id: idOf('a') } } });
    expect(await store.get('incident', 'a')).toMatchObject({ body: { revision: 1 } });
    expect(await store.get('audit', '000000000007')).toMatchObject({ body: { number: 7 } });
    expect(await store.get('dead-letter', 'letter')).toMatchObject({ body: { id: 'letter' } });
    expect(await forwarding.letters()).toHaveLength(1);
  });

  test('never replaces a newer state of an incident by an older one; repeats do no harm', async () => {
    const forwarder = await forwarding.start(storeDestination(store));
    const states = [2, 1, 3, 3, 2].map((revision) => incident('a', revision, { title: `Revision ${revision}` }));
    await forwarding.write('incident', ...states);
    await forwarder.caughtUp();
    expect(await store.get('incident', 'a')).toMatchObject({ body: { title: 'Revision 3' } });
  });

  test('gets a batch at once, the states of one incident in their order', async () => {
    const under = new Set<string>();
    let most = 0;
    const slow: DocumentStore = {
      ...store,
      get: store.get,
      async put(collection, id, body, expected) {
        expect(under).not.toContain(id);
        under.add(id);
        most = Math.max(most, under.size);
        await systemClock.sleep(5);
        under.delete(id);
        return await store.put(collection, id, body, expected);
      },
    };
    await forwarding.write('incident', incident('a', 1), incident('b', 1), incident('a', 2), incident('c', 1));
    const forwarder = await forwarding.start(storeDestination(slow));
    await forwarder.caughtUp();
    expect(most).toBe(3);
    expect(await store.get('incident', 'a')).toMatchObject({ body: { revision: 2 } });
  });

  test('is asked again when somebody else writes at the same time', async () => {
    let conflicts = 1;
    const contested: DocumentStore = {
      ...store,
      get: store.get,
      async put(collection, id, body, expected) {
        if (conflicts-- > 0) throw new PipewardenError('DOCUMENT_CONFLICT', { id, collection });
        return await store.put(collection, id, body, expected);
      },
    };
    const forwarder = await forwarding.start(storeDestination(contested));
    await forwarding.write('incident', incident('a'));
    await forwarder.caughtUp();
    expect(await store.get('incident', 'a')).toBeDefined();
  });

  test('removes what is past its retention', async () => {
    let now = systemClock.now() - 100 * DAY;
    const aging = openSqliteDocumentStore({
      path: join(forwarding.folder, 'documents.sqlite'),
      clock: { ...systemClock, now: () => now },
    });
    await aging.put('dead-letter', 'old', {}, 'absent');
    await aging.put('finding', 'old', {}, 'absent');
    now = systemClock.now();
    await aging.put('dead-letter', 'new', {}, 'absent');
    const forwarder = await forwarding.start(storeDestination(aging));
    await expect.poll(() => aging.get('dead-letter', 'old')).toBeUndefined();
    expect(await aging.get('dead-letter', 'new')).toBeDefined();
    expect(await aging.get('finding', 'old')).toBeDefined();
    await forwarder.close();
    await aging.close();
  });

  test('tells of an audit trail that begins anew, and keeps the first', async () => {
    const forwarder = await forwarding.start(storeDestination(store));
    const chained = (hash: string) => ({ number: 1, hash, previous: 'p', entry: { time: 't' } });
    await forwarding.write('audit', chained('first'), chained('first'), chained('second'));
    await forwarder.caughtUp();
    expect(await store.get('audit', '000000000001')).toMatchObject({ body: { hash: 'first' } });
    expect(await forwarding.letters()).toMatchObject([
      { reason: expect.stringContaining('another audit entry stands at 1'), payload: { hash: 'second' } },
    ]);
  });

  test('that refuses a document holds up no other', async () => {
    const picky: DocumentStore = {
      ...store,
      get: store.get,
      async put(collection, id, body, expected) {
        if (id === 'b') throw new PipewardenError('STORE_REFUSED', { problem: 'too large' });
        return await store.put(collection, id, body, expected);
      },
    };
    const forwarder = await forwarding.start({ ...storeDestination(picky), sends: ['incident'] });
    await forwarding.write('incident', incident('a'), incident('b'), incident('c'));
    await forwarder.caughtUp();
    expect(await store.get('incident', 'c')).toBeDefined();
    expect(await forwarding.letters()).toMatchObject([{ component: 'forwarder.store' }]);
  });
});

describe('a file', () => {
  function linesOf(text: string): readonly unknown[] {
    return text
      .split('\n')
      .slice(0, -1)
      .map((line): unknown => JSON.parse(line));
  }

  function file(path: string) {
    return fileDestination({ id: 'file', sends: ['incident'], path });
  }

  test('gets whole lines, appended to what is there, and may be rotated', async () => {
    const path = join(forwarding.folder, 'incidents.ndjson');
    const forwarder = await forwarding.start(file(path));
    await forwarding.write('incident', incident('a'));
    await forwarder.caughtUp();
    await forwarding.write('incident', incident('b'));
    await forwarder.caughtUp();
    expect(linesOf(await readFile(path, 'utf8'))).toMatchObject([{ data: { id: 'a' } }, { data: { id: 'b' } }]);
    await rename(path, `${path}.1`);
    await forwarding.write('incident', incident('c'));
    await forwarder.caughtUp();
    expect(linesOf(await readFile(path, 'utf8'))).toMatchObject([{ data: { id: 'c' } }]);
  });

  test('that ends in half a line, from a crash, goes on with a new one', async () => {
    const path = join(forwarding.folder, 'incidents.ndjson');
    await appendFile(path, '{"id":"half of a li');
    const forwarder = await forwarding.start(file(path));
    await forwarding.write('incident', incident('a'));
    await forwarder.caughtUp();
    const [, whole] = (await readFile(path, 'utf8')).split('\n');
    expect(JSON.parse(whole ?? '')).toMatchObject({ data: { id: 'a' } });
  });

  test('that cannot be written yet is written when it can', async () => {
    const path = join(forwarding.folder, 'later', 'incidents.ndjson');
    const forwarder = await forwarding.start(file(path));
    await forwarding.write('incident', incident('a'));
    await systemClock.sleep(50);
    await mkdir(join(forwarding.folder, 'later'));
    await forwarder.caughtUp();
    expect(linesOf(await readFile(path, 'utf8'))).toHaveLength(1);
    await rm(path);
  });
});

function writingTo(written: string[]) {
  return stdoutDestination({ id: 'stdout', sends: ['incident', 'finding'], write: (text) => written.push(text) });
}

test('standard output gets a line for each', async () => {
  const written: string[] = [];
  const forwarder = await forwarding.start(writingTo(written));
  await forwarding.write('incident', incident('a'), incident('b'));
  await forwarding.write('finding', JSON.parse(findingEntry(finding('a'))));
  await forwarder.caughtUp();
  const lines = written.join('').split('\n').slice(0, -1);
  const types = lines.map((line): string => JSON.parse(line).type);
  expect(types.sort()).toEqual(['finding.raised', 'incident.changed', 'incident.changed']);
});

test('garbage in a topic goes to the dead letters, and the rest arrives', async () => {
  const written: string[] = [];
  const forwarder = await forwarding.start(writingTo(written));
  await forwarding.log.append('incident', [
    { key: 'incident', value: 'no JSON' },
    { key: 'incident', value: '7' },
  ]);
  await forwarding.write('incident', incident('a'));
  await forwarder.caughtUp();
  expect(written.join('').split('\n')).toHaveLength(2);
  expect(await forwarding.letters()).toHaveLength(2);
});
