// Contract of append and read: order, partitions, durability, paging, content.
import { expect } from 'vitest';
import { byKey, numbered, readAll, type Story } from './stage.ts';

export function appending(story: Story): void {
  story('keeps the order of each key over many appends', async ({ log }) => {
    const entries = numbered('v', 1_000, 7);
    for (let at = 0; at < entries.length; at += 20) await log.append('activity', entries.slice(at, at + 20));
    const read = await readAll(log, 'activity');
    expect(byKey(read)).toEqual(byKey(entries));
  });

  story('keeps the order of each key over appends that do not wait for each other', async ({ log }) => {
    const entries = numbered('v', 600, 7);
    await Promise.all(entries.map((entry) => log.append('activity', [entry])));
    expect(byKey(await readAll(log, 'activity'))).toEqual(byKey(entries));
  });

  story('has twelve partitions for activities and one for findings, and spreads keys over all', async ({ log }) => {
    expect(log.partitions('activity')).toBe(12);
    expect(log.partitions('finding')).toBe(1);
    await log.append('activity', numbered('v', 300, 300));
    expect(new Set((await readAll(log, 'activity')).map(({ partition }) => partition)).size).toBe(12);
  });

  story('puts a key into the same partition whoever appends', async ({ log, open }) => {
    const other = await open();
    await log.append('activity', numbered('mine', 50, 50));
    await other.append('activity', numbered('theirs', 50, 50));
    const partitions = new Map<string, Set<number>>();
    for (const { key, partition } of await readAll(log, 'activity')) {
      partitions.set(key, (partitions.get(key) ?? new Set()).add(partition));
    }
    expect(partitions.size).toBe(50);
    for (const used of partitions.values()) expect(used.size).toBe(1);
  });

  story('puts what names its partition there', async ({ log }) => {
    const everywhere = Array.from({ length: 12 }, (_, partition) => ({
      key: 'one key',
      value: `${partition}`,
      partition,
    }));
    await log.append('activity', everywhere);
    const read = await readAll(log, 'activity');
    expect(read.map(({ partition, value }) => [partition, value]).sort()).toEqual(
      everywhere.map(({ partition, value }) => [partition, value]).sort(),
    );
  });

  story('shows to another client at once what append has resolved for', async ({ log, open }) => {
    const other = await open();
    for (let round = 0; round < 5; round++) {
      await log.append('finding', [{ key: 'k', value: `v${round}` }]);
      expect((await other.read('finding', 0, 0, 100)).at(-1)?.value).toBe(`v${round}`);
    }
  });

  story('reads from an offset on, in pages', async ({ log }) => {
    for (let at = 0; at < 5; at++) await log.append('finding', numbered(`${at}-`, 5, 2));
    const all = await log.read('finding', 0, 0, 100);
    const offsets = all.map(({ offset }) => offset);
    expect(all).toHaveLength(25);
    expect(offsets).toEqual([...new Set(offsets)].sort((a, b) => a - b));
    for (const [index, entry] of all.entries()) {
      expect(await log.read('finding', 0, entry.offset, 3)).toEqual(all.slice(index, index + 3));
    }
    expect(await log.read('finding', 0, (offsets.at(-1) ?? 0) + 1, 3)).toEqual([]);
    expect(await log.read('finding', 0, (offsets.at(-1) ?? 0) + 1_000, 3)).toEqual([]);
  });

  story('tells where the next entry will be found', async ({ log }) => {
    expect(await log.read('finding', 0, await log.end('finding', 0), 10)).toEqual([]);
    for (const value of ['a', 'b']) {
      const end = await log.end('finding', 0);
      await log.append('finding', [{ key: 'k', value }]);
      expect((await log.read('finding', 0, end, 10)).map((entry) => entry.value)).toEqual([value]);
    }
  });

  story('gives an empty page of a partition that nobody has written to', async ({ log }) => {
    expect(await log.read('activity', 11, 0, 10)).toEqual([]);
  });

  story('takes an empty list', async ({ log }) => {
    await log.append('finding', []);
    expect(await log.read('finding', 0, 0, 10)).toEqual([]);
  });

  story('keeps keys and values as they are: any Unicode, empty, control characters', async ({ log }) => {
    const texts = [
      '',
      ' ',
      'ключ',
      '鍵🔑',
      'e\u0301',
      'a\u0000b',
      '\u001b[31m\r\n\t',
      '\u2028\ufeff',
      "'; drop table --",
    ];
    const entries = texts.map((text) => ({ key: text, value: `${text}${text}` }));
    await log.append('finding', [...entries, { key: 'nothing', value: '' }]);
    const read = (await readAll(log, 'finding')).map(({ key, value }) => ({ key, value }));
    expect(read).toEqual([...entries, { key: 'nothing', value: '' }]);
  });

  story('keeps a value of a megabyte', async ({ log }) => {
    const value = 'abcdefghij'.repeat(100_000);
    await log.append('activity', [{ key: 'large', value }]);
    const [entry] = await readAll(log, 'activity');
    expect(entry?.value === value).toBe(true);
  });

  story('refuses to append once it is closed, and closes a second time without a word', async ({ open }) => {
    const log = await open();
    await log.close();
    await log.close();
    await expect(log.append('finding', [{ key: 'k', value: 'v' }])).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' });
  });
}
