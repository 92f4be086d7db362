// Contract of single documents: get, compare-and-set, remove, expire.
import { expect, vi } from 'vitest';
import { type Story, WAIT } from './stage.ts';

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

export function writing(story: Story): void {
  story('what was never put is not there', async ({ store }) => {
    expect(await store.get('finding', 'none')).toBeUndefined();
    expect(await store.remove('finding', 'none')).toBe(false);
  });

  story('what was put comes back whole, and its version changes with every write', async ({ store }) => {
    const body = { text: 'ünïcode "quoted" \u0000 \n', number: -1.5e-7, nothing: null, list: [[], {}, [true]] };
    const first = await store.put('finding', 'a', body, 'absent');
    expect(await store.get('finding', 'a')).toEqual({ id: 'a', version: first, body });
    const second = await store.put('finding', 'a', { text: 'new' }, first);
    const third = await store.put('finding', 'a', { text: 'newer' }, 'any');
    expect(new Set([first, second, third]).size).toBe(3);
    expect(await store.get('finding', 'a')).toEqual({ id: 'a', version: third, body: { text: 'newer' } });
  });

  story('a document that is not as expected is not overwritten', async ({ store }) => {
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

  story('a version does not come back when a document is removed and made anew', async ({ store }) => {
    const old = await store.put('finding', 'a', { life: 1 }, 'absent');
    expect(await store.remove('finding', 'a')).toBe(true);
    expect(await store.get('finding', 'a')).toBeUndefined();
    const reborn = await store.put('finding', 'a', { life: 2 }, 'absent');
    expect(reborn).not.toBe(old);
    await expect(store.put('finding', 'a', {}, old)).rejects.toMatchObject({ code: 'DOCUMENT_CONFLICT' });
  });

  story('of twenty writers in two clients who saw the same version, exactly one wins', async ({ store, open }) => {
    const other = await open();
    const version = await store.put('finding', 'contested', { writer: null }, 'absent');
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, writer) =>
        (writer % 2 ? store : other).put('finding', 'contested', { writer }, version),
      ),
    );
    const winners = results.flatMap((result, writer) => (result.status === 'fulfilled' ? [writer] : []));
    expect(winners).toHaveLength(1);
    expect((await store.get('finding', 'contested'))?.body).toEqual({ writer: winners[0] });
  });

  story('documents outlive the client that wrote them', async ({ store, open }) => {
    const version = await store.put('finding', 'kept', { run: 'r1' }, 'absent');
    await store.close();
    const later = await open();
    expect(await later.get('finding', 'kept')).toEqual({ id: 'kept', version, body: { run: 'r1' } });
  });

  story('collections are apart', async ({ store, seen }) => {
    await store.put('finding', 'same', { in: 'finding' }, 'absent');
    await store.put('incident', 'same', { in: 'incident' }, 'absent');
    await seen(1);
    expect((await store.search('finding', { text: 'incident' })).total).toBe(0);
    expect(await store.remove('incident', 'same')).toBe(true);
    expect((await store.get('finding', 'same'))?.body).toEqual({ in: 'finding' });
  });

  for (const id of HOSTILE_IDS) {
    story(`any text is an id: ${id.slice(0, 30)}`, async ({ store, ids, seen }) => {
      const version = await store.put('finding', id, { here: true }, 'absent');
      await seen(1);
      expect(await store.get('finding', id)).toMatchObject({ id, version });
      expect(await ids({})).toEqual([id]);
      expect(await store.remove('finding', id)).toBe(true);
    });
  }

  story('a document may have a megabyte', async ({ store, given, ids }) => {
    const body = { lines: Array.from({ length: 10_000 }, (_, line) => `${line} ${'x'.repeat(100)}`), end: 'zebra' };
    await given({ large: body });
    expect((await store.get('finding', 'large'))?.body).toEqual(body);
    expect(await ids({ text: 'zebra' })).toEqual(['large']);
  });

  story(
    'expires what was last written before a time, in one collection',
    async ({ store, given, seen, ids, later }) => {
      await given({ old: { word: 'ancient' }, touched: { word: 'ancient' } });
      await store.put('incident', 'other', {}, 'absent');
      const now = later();
      await store.put('finding', 'touched', { word: 'modern' }, 'any');
      await store.put('finding', 'young', { word: 'modern' }, 'absent');
      await vi.waitFor(async () => expect(await ids({ text: 'modern' })).toEqual(['touched', 'young']), WAIT);
      expect(await store.expire('finding', now)).toBe(1);
      await seen(2);
      expect(await store.get('finding', 'old')).toBeUndefined();
      expect(await ids({ text: 'ancient' })).toEqual([]);
      expect(await store.get('incident', 'other')).toBeDefined();
      expect(await store.expire('finding', now)).toBe(0);
    },
  );

  story('says that it is closed', async ({ store }) => {
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
}
