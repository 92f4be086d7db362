// Contract of conditions: which documents a search gives and a count takes in.
import { expect } from 'vitest';
import type { Condition } from '../../../services/core/ports/document-store.ts';
import { PEOPLE, type Story } from './stage.ts';

export function matching(story: Story): void {
  story('by what a field is, without mixing numbers, texts and booleans up', async ({ given, where }) => {
    await given(PEOPLE);
    expect(await where({ field: 'name', is: 'ada' })).toEqual(['ada']);
    expect(await where({ field: 'age', is: 7.5 })).toEqual(['bob']);
    expect(await where({ field: 'admin', is: true })).toEqual(['ada']);
    expect(await where({ field: 'admin', is: false })).toEqual(['bob']);
    expect(await where({ field: 'name', is: 'ADA' })).toEqual([]);
    expect(await where({ field: 'name', is: 'ad%' })).toEqual([]);
  });

  story('by one of several values', async ({ given, where }) => {
    await given(PEOPLE);
    expect(await where({ field: 'name', in: ['cy', 'ada', 'nobody'] })).toEqual(['ada', 'cy']);
    expect(await where({ field: 'age', in: [36, -1] })).toEqual(['ada', 'cy']);
    expect(await where({ field: 'name', in: [] })).toEqual([]);
  });

  story('by a range: from is in it, below is not', async ({ given, where }) => {
    await given(PEOPLE);
    expect(await where({ field: 'age', from: 7.5 })).toEqual(['ada', 'bob']);
    expect(await where({ field: 'age', below: 7.5 })).toEqual(['cy']);
    expect(await where({ field: 'age', from: -1, below: 36 })).toEqual(['bob', 'cy']);
    expect(await where({ field: 'name', from: 'b', below: 'c' })).toEqual(['bob']);
    await expect(where({ field: 'age' })).rejects.toMatchObject({ code: 'STORE_REFUSED' });
  });

  story('by whether a field has a value: null and an empty list are none', async ({ given, where }) => {
    await given(PEOPLE);
    expect(await where({ field: 'admin', exists: true })).toEqual(['ada', 'bob']);
    expect(await where({ field: 'admin', exists: false })).toEqual(['cy']);
    expect(await where({ field: 'home', exists: false })).toEqual(['cy']);
    expect(await where({ field: 'home.city', exists: true })).toEqual(['ada', 'bob']);
    expect(await where({ field: 'keys', exists: false })).toEqual(['bob']);
    expect(await where({ field: 'name.of.nothing', exists: true })).toEqual([]);
  });

  story('by dotted paths, through lists: one element is enough', async ({ given, where }) => {
    await given(PEOPLE);
    expect(await where({ field: 'home.city', is: 'Paris' })).toEqual(['bob']);
    expect(await where({ field: 'keys', is: 'blue' })).toEqual(['ada', 'cy']);
    expect(await where({ field: 'keys', in: ['red', 'green'] })).toEqual(['ada']);
    expect(await where({ field: 'trips.to', is: 'Oslo' })).toEqual(['cy']);
    expect(await where({ field: 'trips.days', from: 5, below: 10 })).toEqual(['cy']);
    expect(await where({ field: 'trips.days', from: 4, below: 9 })).toEqual([]);
  });

  story('by several conditions: all must hold', async ({ given, ids, where }) => {
    await given(PEOPLE);
    const blue: Condition = { field: 'keys', is: 'blue' };
    expect(await where(blue, { field: 'age', from: 0 }, { field: 'admin', is: true })).toEqual(['ada']);
    expect(await where(blue, { field: 'admin', is: false })).toEqual([]);
    expect(await ids({ where: [blue], text: 'rome' })).toEqual(['cy']);
  });

  story('refuses what is not the path of a field', async ({ store, given, ids, where }) => {
    await given({ a: { title: 'here' } });
    const paths = ['', '.', 'a..b', 'a.', '$.title', 'a b', `a'b`, 'a"b', 'a[0]', `x') or 1=1 --`, 'x'.repeat(5000)];
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

  story('counts by the values of a field, the most frequent first', async ({ store, given }) => {
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
}
