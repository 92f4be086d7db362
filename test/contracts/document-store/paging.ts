// Contract of order and pages.
import { expect } from 'vitest';
import type { DocumentStore, Query } from '../../../services/core/ports/document-store.ts';
import { PEOPLE, type Story } from './stage.ts';

/** The ids of all pages, each asked for with the `next` of the one before. */
async function allPages(store: DocumentStore, query: Query): Promise<string[]> {
  const found: string[] = [];
  let after: string | undefined;
  do {
    const page = await store.search('finding', { ...query, ...(after === undefined ? {} : { after }) });
    found.push(...page.documents.map((document) => document.id));
    after = page.next;
  } while (after !== undefined);
  return found;
}

export function paging(story: Story): void {
  story('sorts either way, ties by id, what has no value last', async ({ given, ids }) => {
    await given({ d: { at: 1 }, b: { at: 2 }, c: { at: 2 }, a: {}, e: { at: 10 }, f: { at: null } });
    expect(await ids({ sort: { field: 'at', order: 'asc' } })).toEqual(['d', 'b', 'c', 'e', 'a', 'f']);
    expect(await ids({ sort: { field: 'at', order: 'desc' } })).toEqual(['e', 'b', 'c', 'd', 'a', 'f']);
    expect(await ids({})).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });

  story('sorts texts too, and lists by their first or last value', async ({ given, ids }) => {
    await given({ a: { at: ['2026-03-01', '2026-03-09'] }, b: { at: '2026-03-05' } });
    expect(await ids({ sort: { field: 'at', order: 'asc' } })).toEqual(['a', 'b']);
    expect(await ids({ sort: { field: 'at', order: 'desc' } })).toEqual(['a', 'b']);
  });

  for (const order of ['asc', 'desc', undefined] as const) {
    story(`pages through everything once (${order})`, async ({ store, given, ids }) => {
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
      for (const limit of [1, 4, 25]) expect(await allPages(store, { ...sort, limit })).toEqual(whole);
    });
  }

  story('a page says how many there are in all, and whether there are more', async ({ store, given }) => {
    await given(PEOPLE);
    const first = await store.search('finding', { limit: 2 });
    expect(first).toMatchObject({ total: 3, next: expect.any(String) });
    const second = await store.search('finding', { limit: 2, after: first.next ?? '' });
    expect(second).toMatchObject({ total: 3, documents: [{ id: 'cy', body: PEOPLE.cy }] });
    expect(second.next).toBeUndefined();
    expect(second.documents).toEqual([await store.get('finding', 'cy')]);
  });

  story('gives a hundred when not told, a thousand at most', async ({ store, given, ids }) => {
    await given(Object.fromEntries(Array.from({ length: 120 }, (_, number) => [`id-${number}`, { number }])));
    expect(await ids({})).toHaveLength(100);
    expect(await ids({ limit: 1000 })).toHaveLength(120);
    expect(await store.search('finding', { limit: 0 })).toEqual({ documents: [], total: 120 });
    for (const limit of [1001, -1, 1.5, Number.NaN]) {
      await expect(ids({ limit }), String(limit)).rejects.toMatchObject({ code: 'STORE_REFUSED' });
    }
  });

  story('refuses what is not the next of a page', async ({ ids }) => {
    for (const after of ['garbage', '', Buffer.from('{"a":1}').toString('base64url')]) {
      await expect(ids({ after }), after).rejects.toMatchObject({ code: 'STORE_REFUSED' });
    }
  });
}
