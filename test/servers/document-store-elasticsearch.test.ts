// The document store on a real Elasticsearch: the contract of the port, and what only Elasticsearch can do to it.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { openElasticsearchDocumentStore } from '../../services/adapters/document-store/elasticsearch.ts';
import { type Clock, systemClock } from '../../services/core/clock.ts';
import type { DocumentStore } from '../../services/core/ports/document-store.ts';
import { WAIT } from '../contracts/document-store/stage.ts';
import { documentStoreContract } from '../contracts/document-store.ts';
import { type ElasticsearchServer, elasticsearchMissing, startElasticsearch } from './elasticsearch-server.ts';
import { type Front, startFront } from './front.ts';

const missing = elasticsearchMissing();
const busy = expect.objectContaining({ code: 'STORE_UNAVAILABLE' });
const conflict = expect.objectContaining({ code: 'DOCUMENT_CONFLICT' });

describe.skipIf(missing)(`Elasticsearch${missing ? ` (left out: ${missing})` : ''}`, () => {
  let server: ElasticsearchServer;

  beforeAll(async () => {
    server = await startElasticsearch();
  });

  afterAll(() => server?.stop());

  documentStoreContract('Elasticsearch', async (clock) => {
    const prefix = `${randomUUID()}-`;
    return {
      open: () => openElasticsearchDocumentStore({ nodes: [server.url], prefix, clock }),
      stop: () => server.forget(prefix),
    };
  });

  interface Place {
    readonly store: DocumentStore;
    readonly front: Front;
    readonly prefix: string;
    /** Waits until searches see so many findings. */
    seen(total: number): Promise<void>;
    /** What Elasticsearch answers to a GET. */
    ask(path: string): Promise<unknown>;
  }

  /** A store of one's own, reached through a front. */
  async function place(clock: Clock = systemClock): Promise<Place> {
    const prefix = `${randomUUID()}-`;
    const front = await startFront(server.url);
    const store = await openElasticsearchDocumentStore({ nodes: [front.url], prefix, clock });
    onTestFinished(async () => {
      await store.close();
      await front.close();
      await server.forget(prefix);
    });
    const seen = async (total: number) => {
      await vi.waitFor(async () => expect((await store.search('finding', { limit: 0 })).total).toBe(total), WAIT);
    };
    const ask = async (path: string) => (await fetch(`${server.url}/${path}`)).json();
    return { store, front, prefix, seen, ask };
  }

  const bulks = (front: Front) => front.asked.filter(({ path }) => path.startsWith('/_bulk')).length;

  test('puts and gets at the same time go together, each with its own result', async () => {
    const { store, front } = await place();
    await store.put('finding', 'taken', { turn: 1 }, 'absent');
    const before = front.asked.length;
    const names = Array.from({ length: 200 }, (_, number) => `id-${number}`);
    const results = await Promise.allSettled(
      [...names, 'taken'].map((id) => store.put('finding', id, { id }, 'absent')),
    );
    expect(results.slice(0, -1).every(({ status }) => status === 'fulfilled')).toBe(true);
    expect(results.at(-1)).toEqual({ status: 'rejected', reason: conflict });
    const read = await Promise.all(names.map((id) => store.get('finding', id)));
    expect(read.map((document) => document?.body)).toEqual(names.map((id) => ({ id })));
    expect(read.map((document) => document?.version)).toEqual(
      results.slice(0, -1).map((each) => 'value' in each && each.value),
    );
    expect(front.asked.length - before).toBe(2);
  });

  test('one of many that is refused, or has to wait, takes none with it', async () => {
    const { store, front } = await place();
    await store.put('finding', 'first', {}, 'absent');
    const failed = (status: number, type: string) => ({ index: { status, error: { type, reason: 'because' } } });
    front.reply = ({ path }) =>
      path.startsWith('/_bulk')
        ? {
            status: 200,
            body: {
              errors: true,
              items: [
                { index: { status: 201, result: 'created', _seq_no: 7, _primary_term: 1 } },
                failed(429, 'es_rejected_execution_exception'),
                failed(400, 'document_parsing_exception'),
                failed(503, 'unavailable_shards_exception'),
                failed(409, 'version_conflict_engine_exception'),
                failed(403, 'cluster_block_exception'),
                failed(403, 'security_exception'),
              ],
            },
          }
        : undefined;
    const results = await Promise.allSettled(
      Array.from({ length: 7 }, (_, number) => store.put('finding', `id-${number}`, {}, 'any')),
    );
    expect(results.map((result) => (result.status === 'fulfilled' ? result.value : result.reason.code))).toEqual([
      '7.1',
      'STORE_UNAVAILABLE',
      'STORE_REFUSED',
      'STORE_UNAVAILABLE',
      'DOCUMENT_CONFLICT',
      'STORE_UNAVAILABLE',
      'STORE_UNUSABLE',
    ]);
  });

  test.each([429, 503, 502, 504])('while it answers %i nothing is done, and afterwards all is well', async (status) => {
    const { store, front, seen } = await place();
    const version = await store.put('finding', 'a', { turn: 1 }, 'absent');
    front.reply = () => ({ status, body: { error: { type: 'too_busy', reason: 'come again' }, status } });
    const asked = front.asked.length;
    await expect(store.put('finding', 'a', { turn: 2 }, version)).rejects.toEqual(busy);
    await expect(store.get('finding', 'a')).rejects.toEqual(busy);
    await expect(store.remove('finding', 'a')).rejects.toEqual(busy);
    await expect(store.search('finding', {})).rejects.toEqual(busy);
    await expect(store.count('finding', 'turn')).rejects.toEqual(busy);
    await expect(store.expire('finding', systemClock.now())).rejects.toEqual(busy);
    expect(front.asked.length - asked).toBe(6);
    front.reply = () => undefined;
    await store.put('finding', 'a', { turn: 2 }, version);
    await seen(1);
    expect((await store.get('finding', 'a'))?.body).toEqual({ turn: 2 });
  });

  test('a write whose answer is lost is not sent again behind the caller’s back', async () => {
    const { store, front } = await place();
    await store.put('finding', 'first', {}, 'absent');
    const before = bulks(front);
    front.reply = ({ path }) => (path.startsWith('/_bulk') ? 'hang up after' : undefined);
    await expect(store.put('finding', 'a', { turn: 1 }, 'absent')).rejects.toEqual(busy);
    front.reply = () => undefined;
    expect(bulks(front) - before).toBe(1);
    await expect(store.put('finding', 'a', { turn: 2 }, 'absent')).rejects.toEqual(conflict);
    expect((await store.get('finding', 'a'))?.body).toEqual({ turn: 1 });
  });

  test('what was put is there after the node was killed; meanwhile it is away; pages go on', async () => {
    const { store, prefix, seen } = await place();
    for (const id of ['a', 'b', 'c', 'd']) await store.put('finding', id, { id }, 'absent');
    await seen(4);
    const first = await store.search('finding', { limit: 2 });
    const version = await store.put('finding', 'late', { turn: 1 }, 'absent');
    await server.restart(async () => {
      await expect(store.put('finding', 'late', { turn: 2 }, version)).rejects.toEqual(busy);
      await expect(store.search('finding', {})).rejects.toEqual(busy);
      const other = openElasticsearchDocumentStore({ nodes: [server.url], prefix, clock: systemClock });
      await expect(other).rejects.toEqual(busy);
    });
    // The client looks after a node that was away after a pause of its own.
    await vi.waitFor(async () => expect(await store.get('finding', 'late')).toMatchObject({ version }), WAIT);
    await store.put('finding', 'late', { turn: 2 }, version);
    // The point in time went with the node.
    const second = await store.search('finding', { limit: 2, after: first.next ?? '' });
    expect(second.documents.map(({ id }) => id)).toEqual(['c', 'd']);
  });

  test('pages are of one time, whatever is written meanwhile', async () => {
    const { store, seen } = await place();
    for (const [id, at] of [
      ['a', 5],
      ['b', 4],
      ['c', 3],
      ['d', 2],
    ] as const)
      await store.put('finding', id, { at }, 'any');
    await seen(4);
    const query = { sort: { field: 'at', order: 'desc' }, limit: 2 } as const;
    const first = await store.search('finding', query);
    await store.put('finding', 'd', { at: 9 }, 'any');
    await store.put('finding', 'e', { at: 1 }, 'any');
    await seen(5);
    const second = await store.search('finding', { ...query, after: first.next ?? '' });
    expect(second).toMatchObject({ total: 4, documents: [{ id: 'c' }, { id: 'd', body: { at: 2 } }] });
    expect(second.next).toBeUndefined();
  });

  test('a next of another collection gives nothing of it away', async () => {
    const { store } = await place();
    for (const id of ['a', 'b', 'c']) await store.put('run', id, {}, 'absent');
    await vi.waitFor(async () => expect((await store.search('run', { limit: 0 })).total).toBe(3), WAIT);
    const { next = '' } = await store.search('run', { limit: 1 });
    expect((await store.search('finding', { after: next })).documents).toEqual([]);
  });

  test('thousands of invented names and a mixture of types add nothing to the mapping, and nothing is lost', async () => {
    const { store, seen, prefix, ask } = await place();
    const invented = Object.fromEntries(Array.from({ length: 5_000 }, (_, number) => [`name-${number}`, number]));
    const strange: unknown = JSON.parse(
      '{"__proto__":{"x":1},"constructor":{"prototype":1},"":1,".":2,"a.b":3,"a":{"b":4},"*":5,"@timestamp":"no","_id":6,"_source":7}',
    );
    const bodies = {
      names: invented,
      strange: { strange, lone: '\ud800 surrogate', long: 'y'.repeat(100_000), [`${'x'.repeat(5_000)}`]: 1 },
      ecs: { finding: { id: 7, time: 'never', title: ['a'], severity: 'dreadful', evidence: null }, tactics: 'TA0006' },
      typed: { value: 1 },
      other: { value: 'one' },
    };
    await store.put('finding', 'first', {}, 'absent');
    const mapping = await ask(`${prefix}finding/_mapping`);
    for (const [id, body] of Object.entries(bodies)) await store.put('finding', id, body, 'absent');
    await seen(6);
    for (const [id, body] of Object.entries(bodies)) {
      expect(JSON.stringify((await store.get('finding', id))?.body)).toBe(JSON.stringify(body));
    }
    expect(await ask(`${prefix}finding/_mapping`)).toEqual(mapping);
    const found = async (field: string, is: string | number) =>
      (await store.search('finding', { where: [{ field, is }] })).documents.map(({ id }) => id);
    expect(await found('name-4999', 4999)).toEqual(['names']);
    expect(await found('strange.a.b', 4)).toEqual(['strange']);
    expect(await found('strange.__proto__.x', 1)).toEqual(['strange']);
    expect(await found('long', 'y'.repeat(100_000))).toEqual(['strange']);
    expect(await found('long', 'y'.repeat(99_999))).toEqual([]);
    expect((await store.search('finding', { text: 'surrogate' })).total).toBe(1);
  });

  test('what people look for lies under the names of ECS', async () => {
    const { store, seen, prefix, ask } = await place();
    const time = '2026-03-01T10:00:00.000Z';
    await store.put(
      'finding',
      'f',
      {
        finding: {
          id: 'f',
          detector: 'off-hours-commit',
          title: 'At night',
          severity: 'high',
          time,
          actor: 'mara',
          attack: ['T1078'],
          owasp: ['CICD-SEC-1'],
          evidence: { observed: 'A commit.' },
        },
        tactics: ['TA0001'],
      },
      'absent',
    );
    await seen(1);
    const wanted =
      'event.kind:alert AND rule.id:off-hours-commit AND user.name:mara AND threat.technique.id:T1078 AND @timestamp:2026-03-01';
    expect(await ask(`${prefix}finding/_search?q=${encodeURIComponent(wanted.replaceAll('@', '\\@'))}`)).toMatchObject({
      hits: { total: { value: 1 }, hits: [{ _id: 'f', _source: { message: 'A commit.', event: { severity: 4 } } }] },
    });
  });

  test('removes thousands that are past their time, and none that was written since', async () => {
    let now = 1_000;
    const { store, seen } = await place({ ...systemClock, now: () => now });
    await Promise.all(Array.from({ length: 1_200 }, (_, number) => store.put('finding', `id-${number}`, {}, 'absent')));
    await seen(1_200);
    now = 2_000;
    // Not seen by searches yet.
    await store.put('finding', 'id-7', { touched: true }, 'any');
    expect(await store.expire('finding', 2_000)).toBe(1_199);
    await seen(1);
    expect((await store.get('finding', 'id-7'))?.body).toEqual({ touched: true });
  });

  test('a deleted index comes back with the next write but one', async () => {
    const { store, prefix, seen } = await place();
    await store.put('finding', 'a', {}, 'absent');
    await server.forget(prefix);
    await expect(store.put('finding', 'b', {}, 'absent')).rejects.toEqual(busy);
    await store.put('finding', 'b', {}, 'absent');
    await seen(1);
  });

  test('says what it is that cannot be used', async () => {
    const prefix = `${randomUUID()}-`;
    onTestFinished(() => server.forget(prefix));
    const open = (url: string) => openElasticsearchDocumentStore({ nodes: [url], prefix, clock: systemClock });
    const unusable = (message: RegExp) =>
      expect.objectContaining({ code: 'STORE_UNUSABLE', message: expect.stringMatching(message) });

    const front = await startFront(server.url);
    onTestFinished(() => front.close());
    front.reply = () => ({ status: 200, body: { nodes: { n: { version: '8.19.0' } } } });
    await expect(open(front.url)).rejects.toEqual(unusable(/Elasticsearch 8\.19\.0, needed is 9\.0/));
    front.reply = () => ({ status: 400, body: { error: { type: 'media_type_header_exception' } } });
    await expect(open(front.url)).rejects.toEqual(unusable(/older than Elasticsearch 9\.0/));

    // Somebody else's index, with a mapping that takes any name.
    await fetch(`${server.url}/${prefix}finding-000001`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ aliases: { [`${prefix}finding`]: {} } }),
    });
    await expect(open(server.url)).rejects.toEqual(
      unusable(/not made by this version’s template|document_store\.prefix/),
    );
  });
});
