// What every document store adapter must do. `start` gives a new, empty store, that several clients may open; what they
// write bears the time of `clock`.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Clock } from '../../services/core/clock.ts';
import type { Condition, DocumentStore, Query, Stored } from '../../services/core/ports/document-store.ts';

export interface DocumentStoreServer {
  open(): Promise<DocumentStore>;
  stop(): Promise<void>;
}

const WAIT = { timeout: 15_000, interval: 50 };
const HOSTILE_IDS = [
  `it's "quoted"`,
  `'; drop table documents; --`,
  '100%_',
  '../../etc/passwd',
  'ключ 鍵 🔑',
  '*?{}[]\\',
  ' ',
  'x'.repeat(512),
];

export function documentStoreContract(name: string, start: (clock: Clock) => Promise<DocumentStoreServer>): void {
  describe(`document store: ${name}`, () => {
    let server: DocumentStoreServer;
    let store: DocumentStore;
    let now = 0;
    const clock: Clock = { now: () => now, sleep: async () => {} };

    beforeEach(async () => {
      now = 1_000_000;
      server = await start(clock);
      store = await server.open();
    });
    afterEach(async () => {
      await store.close();
      await server.stop();
    });

    /** Puts documents by id, and waits until searches see them. */
    async function given(documents: Readonly<Record<string, object>>): Promise<void> {
      for (const [id, body] of Object.entries(documents)) await store.put('finding', id, body, 'absent');
      await seen(Object.keys(documents).length);
    }

    async function seen(total: number): Promise<void> {
      await vi.waitFor(async () => expect((await store.search('finding', { limit: 0 })).total).toBe(total), WAIT);
    }

    async function ids(query: Query): Promise<string[]> {
      return (await store.search('finding', query)).documents.map((document) => document.id);
    }

    async function where(...conditions: Condition[]): Promise<string[]> {
      return ids({ where: conditions });
    }

    async function allPages(query: Query): Promise<string[]> {
      const found: string[] = [];
      let after: string | undefined;
      do {
        const page = await store.search('finding', { ...query, ...(after === undefined ? {} : { after }) });
        found.push(...page.documents.map((document) => document.id));
        after = page.next;
      } while (after !== undefined);
      return found;
    }

    describe('single documents', () => {
      test('what was never put is not there', async () => {
        expect(await store.get('finding', 'none')).toBeUndefined();
        expect(await store.remove('finding', 'none')).toBe(false);
      });

      test('what was put comes back whole, and its version changes with every write', async () => {
        const body = { text: 'ünïcode "quoted" \u0000 \n', number: -1.5e-7, nothing: null, list: [[], {}, [true]] };
        const first = await store.put('finding', 'a', body, 'absent');
        expect(await store.get('finding', 'a')).toEqual({ id: 'a', version: first, body });
        const second = await store.put('finding', 'a', { text: 'new' }, first);
        const third = await store.put('finding', 'a', { text: 'newer' }, 'any');
        expect(new Set([first, second, third]).size).toBe(3);
        expect(await store.get('finding', 'a')).toEqual({ id: 'a', version: third, body: { text: 'newer' } });
      });

      test('a document that is not as expected is not overwritten', async () => {
        const conflict = expect.objectContaining({ code: 'DOCUMENT_CONFLICT' });
        await store.put('finding', 'fresh', { is: 'any' }, 'any');
        const old = await store.put('finding', 'a', { turn: 1 }, 'absent');
        await expect(store.put('finding', 'a', { turn: 'again' }, 'absent')).rejects.toEqual(conflict);
        await store.put('finding', 'a', { turn: 2 }, old);
        await expect(store.put('finding', 'a', { turn: 'late' }, old)).rejects.toEqual(conflict);
        await expect(store.put('finding', 'nobody', { turn: 'lost' }, old)).rejects.toEqual(conflict);
        expect((await store.get('finding', 'a'))?.body).toEqual({ turn: 2 });
        expect(await store.get('finding', 'nobody')).toBeUndefined();
      });

      test('a version does not come back when a document is removed and made anew', async () => {
        const old = await store.put('finding', 'a', { life: 1 }, 'absent');
        expect(await store.remove('finding', 'a')).toBe(true);
        expect(await store.get('finding', 'a')).toBeUndefined();
        const reborn = await store.put('finding', 'a', { life: 2 }, 'absent');
        expect(reborn).not.toBe(old);
        await expect(store.put('finding', 'a', {}, old)).rejects.toMatchObject({ code: 'DOCUMENT_CONFLICT' });
      });

      test('of twenty writers in two clients who saw the same version, exactly one wins', async () => {
        const other = await server.open();
        const version = await store.put('finding', 'contested', { writer: null }, 'absent');
        const results = await Promise.allSettled(
          Array.from({ length: 20 }, (_, writer) =>
            (writer % 2 ? store : other).put('finding', 'contested', { writer }, version),
          ),
        );
        const winners = results.flatMap((result, writer) => (result.status === 'fulfilled' ? [writer] : []));
        expect(winners).toHaveLength(1);
        expect((await store.get('finding', 'contested'))?.body).toEqual({ writer: winners[0] });
        await other.close();
      });

      test('documents outlive the client that wrote them', async () => {
        const version = await store.put('finding', 'kept', { run: 'r1' }, 'absent');
        await store.close();
        store = await server.open();
        expect(await store.get('finding', 'kept')).toEqual({ id: 'kept', version, body: { run: 'r1' } });
      });

      test('collections are apart', async () => {
        await store.put('finding', 'same', { in: 'finding' }, 'absent');
        await store.put('incident', 'same', { in: 'incident' }, 'absent');
        await seen(1);
        expect((await store.search('finding', { text: 'incident' })).total).toBe(0);
        expect(await store.remove('incident', 'same')).toBe(true);
        expect((await store.get('finding', 'same'))?.body).toEqual({ in: 'finding' });
      });

      test.each(HOSTILE_IDS.map((id) => [id.slice(0, 30), id]))('any text is an id: %s', async (_title, id) => {
        const version = await store.put('finding', id, { here: true }, 'absent');
        await seen(1);
        expect(await store.get('finding', id)).toMatchObject({ id, version });
        expect(await ids({})).toEqual([id]);
        expect(await store.remove('finding', id)).toBe(true);
      });

      test('a document may have a megabyte', async () => {
        const body = { lines: Array.from({ length: 10_000 }, (_, line) => `${line} ${'x'.repeat(100)}`), end: 'zebra' };
        await given({ large: body });
        expect((await store.get('finding', 'large'))?.body).toEqual(body);
        expect(await ids({ text: 'zebra' })).toEqual(['large']);
      });
    });

    describe('search', () => {
      const PEOPLE = {
        ada: { name: 'ada', age: 36, admin: true, home: { city: 'London' }, keys: ['red', 'blue'], n: 1 },
        bob: { name: 'bob', age: 7.5, admin: false, home: { city: 'Paris' }, keys: [], n: '1' },
        cy: {
          name: 'cy',
          age: -1,
          home: null,
          keys: ['blue'],
          trips: [
            { to: 'Rome', days: 3 },
            { to: 'Oslo', days: 9 },
          ],
        },
      };

      test('by what a field is, without mixing numbers, texts and booleans up', async () => {
        await given(PEOPLE);
        expect(await where({ field: 'name', is: 'ada' })).toEqual(['ada']);
        expect(await where({ field: 'age', is: 7.5 })).toEqual(['bob']);
        expect(await where({ field: 'admin', is: true })).toEqual(['ada']);
        expect(await where({ field: 'admin', is: false })).toEqual(['bob']);
        expect(await where({ field: 'name', is: 'ADA' })).toEqual([]);
        expect(await where({ field: 'name', is: 'ad%' })).toEqual([]);
      });

      test('by one of several values', async () => {
        await given(PEOPLE);
        expect(await where({ field: 'name', in: ['cy', 'ada', 'nobody'] })).toEqual(['ada', 'cy']);
        expect(await where({ field: 'age', in: [36, -1] })).toEqual(['ada', 'cy']);
        expect(await where({ field: 'name', in: [] })).toEqual([]);
      });

      test('by a range: from is in it, below is not', async () => {
        await given(PEOPLE);
        expect(await where({ field: 'age', from: 7.5 })).toEqual(['ada', 'bob']);
        expect(await where({ field: 'age', below: 7.5 })).toEqual(['cy']);
        expect(await where({ field: 'age', from: -1, below: 36 })).toEqual(['bob', 'cy']);
        expect(await where({ field: 'name', from: 'b', below: 'c' })).toEqual(['bob']);
        await expect(where({ field: 'age' })).rejects.toMatchObject({ code: 'STORE_REFUSED' });
      });

      test('by whether a field has a value: null and an empty list are none', async () => {
        await given(PEOPLE);
        expect(await where({ field: 'admin', exists: true })).toEqual(['ada', 'bob']);
        expect(await where({ field: 'admin', exists: false })).toEqual(['cy']);
        expect(await where({ field: 'home', exists: false })).toEqual(['cy']);
        expect(await where({ field: 'home.city', exists: true })).toEqual(['ada', 'bob']);
        expect(await where({ field: 'keys', exists: false })).toEqual(['bob']);
        expect(await where({ field: 'name.of.nothing', exists: true })).toEqual([]);
      });

      test('by dotted paths, through lists: one element is enough', async () => {
        await given(PEOPLE);
        expect(await where({ field: 'home.city', is: 'Paris' })).toEqual(['bob']);
        expect(await where({ field: 'keys', is: 'blue' })).toEqual(['ada', 'cy']);
        expect(await where({ field: 'keys', in: ['red', 'green'] })).toEqual(['ada']);
        expect(await where({ field: 'trips.to', is: 'Oslo' })).toEqual(['cy']);
        expect(await where({ field: 'trips.days', from: 5, below: 10 })).toEqual(['cy']);
        expect(await where({ field: 'trips.days', from: 4, below: 9 })).toEqual([]);
      });

      test('by several conditions: all must hold', async () => {
        await given(PEOPLE);
        const blue: Condition = { field: 'keys', is: 'blue' };
        expect(await where(blue, { field: 'age', from: 0 }, { field: 'admin', is: true })).toEqual(['ada']);
        expect(await where(blue, { field: 'admin', is: false })).toEqual([]);
        expect(await ids({ where: [blue], text: 'rome' })).toEqual(['cy']);
      });

      test('by words anywhere in the text, in either case, not by parts of words or names of fields', async () => {
        await given({
          a: { title: 'Workflow changed', story: [{ text: 'The file .github/workflows/ci.yml now sends secrets' }] },
          b: { title: 'Off-hours commit', story: [{ text: 'Über Nacht' }] },
        });
        expect(await ids({ text: 'WORKFLOW secrets' })).toEqual(['a']);
        expect(await ids({ text: 'github ci' })).toEqual(['a']);
        expect(await ids({ text: 'über' })).toEqual(['b']);
        expect(await ids({ text: 'workflow commit' })).toEqual([]);
        expect(await ids({ text: 'work' })).toEqual([]);
        expect(await ids({ text: 'title' })).toEqual([]);
      });

      test('no text is an operator, and text without a word asks for nothing', async () => {
        await given({ a: { title: 'this or that' }, b: { title: 'neither' } });
        expect(await ids({ text: 'this OR neither' })).toEqual([]);
        expect(await ids({ text: 'that NOT this' })).toEqual([]);
        expect(await ids({ text: 'this OR that' })).toEqual(['a']);
        for (const text of ['"this', `this' or 1=1 --`, '(this', 'title:this', 'this*', '^this', 'this NEAR/2 that']) {
          await expect(ids({ text }), text).resolves.not.toContain('b');
        }
        for (const text of ['', '   ', '"', '* - ( " )', '\u0000'])
          expect(await ids({ text }), text).toEqual(['a', 'b']);
      });

      test('finds a document by its newest words alone, and not at all once it is removed', async () => {
        await given({ a: { title: 'before' } });
        await store.put('finding', 'a', { title: 'after' }, 'any');
        await vi.waitFor(async () => expect(await ids({ text: 'after' })).toEqual(['a']), WAIT);
        expect(await ids({ text: 'before' })).toEqual([]);
        await store.remove('finding', 'a');
        await seen(0);
        expect(await ids({ text: 'after' })).toEqual([]);
      });

      test('sorts either way, ties by id, what has no value last', async () => {
        await given({ d: { at: 1 }, b: { at: 2 }, c: { at: 2 }, a: {}, e: { at: 10 }, f: { at: null } });
        expect(await ids({ sort: { field: 'at', order: 'asc' } })).toEqual(['d', 'b', 'c', 'e', 'a', 'f']);
        expect(await ids({ sort: { field: 'at', order: 'desc' } })).toEqual(['e', 'b', 'c', 'd', 'a', 'f']);
        expect(await ids({})).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
      });

      test('sorts texts too, and lists by their first or last value', async () => {
        await given({ a: { at: ['2026-03-01', '2026-03-09'] }, b: { at: '2026-03-05' } });
        expect(await ids({ sort: { field: 'at', order: 'asc' } })).toEqual(['a', 'b']);
        expect(await ids({ sort: { field: 'at', order: 'desc' } })).toEqual(['a', 'b']);
      });

      test.each(['asc', 'desc', undefined] as const)('pages through everything once (%s)', async (order) => {
        const documents = Object.fromEntries(
          Array.from({ length: 25 }, (_, number) => [
            `document-${String(number).padStart(2, '0')}`,
            number % 5 === 0 ? { name: 'x' } : { name: 'x', score: (number * 7) % 4, zone: number % 2 ? 'a' : 0.5 },
          ]),
        );
        await given(documents);
        const sort = order === undefined ? {} : { sort: { field: 'score', order } };
        const whole = await ids({ ...sort, limit: 1000 });
        expect(whole.toSorted()).toEqual(Object.keys(documents));
        for (const limit of [1, 4, 25]) expect(await allPages({ ...sort, limit })).toEqual(whole);
      });

      test('a page says how many there are in all, and whether there are more', async () => {
        await given(PEOPLE);
        const first = await store.search('finding', { limit: 2 });
        expect(first).toMatchObject({ total: 3, next: expect.any(String) });
        const second = await store.search('finding', { limit: 2, after: first.next ?? '' });
        expect(second).toMatchObject({ total: 3, documents: [{ id: 'cy', body: PEOPLE.cy }] });
        expect(second.next).toBeUndefined();
        expect(second.documents.map(versionOf)).toEqual([versionOf(await store.get('finding', 'cy'))]);
      });

      test('gives a hundred when not told, a thousand at most', async () => {
        await given(Object.fromEntries(Array.from({ length: 120 }, (_, number) => [`id-${number}`, { number }])));
        expect(await ids({})).toHaveLength(100);
        expect(await ids({ limit: 1000 })).toHaveLength(120);
        expect(await store.search('finding', { limit: 0 })).toEqual({ documents: [], total: 120 });
        for (const limit of [1001, -1, 1.5, Number.NaN]) {
          await expect(ids({ limit }), String(limit)).rejects.toMatchObject({ code: 'STORE_REFUSED' });
        }
      });

      test('refuses what is not the next of a page', async () => {
        for (const after of ['garbage', '', Buffer.from('{"a":1}').toString('base64url')]) {
          await expect(ids({ after }), after).rejects.toMatchObject({ code: 'STORE_REFUSED' });
        }
      });

      test('refuses what is not the path of a field', async () => {
        await given({ a: { title: 'here' } });
        const paths = [
          '',
          '.',
          'a..b',
          'a.',
          '$.title',
          'a b',
          `a'b`,
          'a"b',
          'a[0]',
          `x') or 1=1 --`,
          'x'.repeat(5000),
        ];
        for (const field of paths) {
          const refusal = { code: 'STORE_REFUSED' };
          await expect(where({ field, is: 'here' }), field).rejects.toMatchObject(refusal);
          await expect(ids({ sort: { field, order: 'asc' } }), field).rejects.toMatchObject(refusal);
          await expect(store.count('finding', field), field).rejects.toMatchObject(refusal);
        }
        for (const value of [`' or '1'='1`, `"; drop table documents; --`]) {
          expect(await where({ field: 'title', is: value })).toEqual([]);
          expect(await where({ field: 'title', in: [value] })).toEqual([]);
        }
        expect(await ids({})).toEqual(['a']);
      });
    });

    test('counts by the values of a field, the most frequent first', async () => {
      await given({
        a: { severity: 'high', tags: ['x', 'y', 'x'], open: true, score: 1 },
        b: { severity: 'low', tags: ['x'], open: false, score: 2.5 },
        c: { severity: 'high', tags: [], open: true },
        d: { severity: null },
      });
      expect(await store.count('finding', 'severity')).toEqual([
        { value: 'high', count: 2 },
        { value: 'low', count: 1 },
      ]);
      expect(await store.count('finding', 'tags')).toEqual([
        { value: 'x', count: 2 },
        { value: 'y', count: 1 },
      ]);
      expect(await store.count('finding', 'open', [{ field: 'severity', is: 'high' }])).toEqual([
        { value: true, count: 2 },
      ]);
      expect((await store.count('finding', 'score')).map(({ value }) => value).toSorted()).toEqual([1, 2.5]);
      expect(await store.count('finding', 'severity', [], 1)).toEqual([{ value: 'high', count: 2 }]);
      expect(await store.count('finding', 'nowhere')).toEqual([]);
      expect(await store.count('incident', 'severity')).toEqual([]);
    });

    test('expires what was last written before a time, in one collection', async () => {
      await given({ old: { word: 'ancient' }, touched: { word: 'ancient' } });
      await store.put('incident', 'other', {}, 'absent');
      now += 1000;
      await store.put('finding', 'touched', { word: 'modern' }, 'any');
      await store.put('finding', 'young', { word: 'modern' }, 'absent');
      await vi.waitFor(async () => expect(await ids({ text: 'modern' })).toEqual(['touched', 'young']), WAIT);
      expect(await store.expire('finding', now)).toBe(1);
      await seen(2);
      expect(await store.get('finding', 'old')).toBeUndefined();
      expect(await ids({ text: 'ancient' })).toEqual([]);
      expect(await store.get('incident', 'other')).toBeDefined();
      expect(await store.expire('finding', now)).toBe(0);
    });

    test('says that it is closed', async () => {
      await store.close();
      await store.close();
      const unavailable = expect.objectContaining({ code: 'STORE_UNAVAILABLE' });
      await expect(store.get('finding', 'a')).rejects.toEqual(unavailable);
      await expect(store.put('finding', 'a', {}, 'any')).rejects.toEqual(unavailable);
      await expect(store.remove('finding', 'a')).rejects.toEqual(unavailable);
      await expect(store.search('finding', {})).rejects.toEqual(unavailable);
      await expect(store.count('finding', 'a')).rejects.toEqual(unavailable);
      await expect(store.expire('finding', 0)).rejects.toEqual(unavailable);
    });
  });
}

function versionOf(document: Stored<object> | undefined): string | undefined {
  return document?.version;
}
