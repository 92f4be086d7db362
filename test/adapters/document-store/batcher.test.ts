// What is asked for at the same time goes together, and each asker gets their own result.
import { describe, expect, test } from 'vitest';
import { Batcher, type Outcome } from '../../../services/adapters/document-store/batcher.ts';
import { PipewardenError } from '../../../services/core/errors.ts';

const busy = new PipewardenError('STORE_UNAVAILABLE', { problem: 'later' });
const refused = new PipewardenError('STORE_REFUSED', { problem: 'never' });

/** One whose batches are written down; items are words, weighed by their letters. */
function recording(send: (batch: readonly string[]) => Promise<readonly Outcome<string>[]> = shouted) {
  const batches: (readonly string[])[] = [];
  const batcher = new Batcher<string, string>({
    send(batch) {
      batches.push(batch);
      return send(batch);
    },
    weigh: (word) => word.length,
    mostItems: 3,
    mostBytes: 10,
  });
  return { batches, batcher };
}

async function shouted(batch: readonly string[]): Promise<readonly Outcome<string>[]> {
  return batch.map((word) => ({ result: word.toUpperCase() }));
}

const addAll = (batcher: Batcher<string, string>, ...words: string[]) =>
  Promise.allSettled(words.map((word) => batcher.add(word)));
const values = (results: readonly PromiseSettledResult<string>[]) =>
  results.map((result) => (result.status === 'fulfilled' ? result.value : result.reason));

describe('a batch', () => {
  test('takes who asks in the same turn; who asks while it is under way makes the next one', async () => {
    const release = Promise.withResolvers<void>();
    const { batches, batcher } = recording(async (batch) => {
      await release.promise;
      return await shouted(batch);
    });
    const first = addAll(batcher, 'a', 'b');
    await expect.poll(() => batches).toHaveLength(1);
    const second = addAll(batcher, 'c', 'd');
    release.resolve();
    expect(values([...(await first), ...(await second)])).toEqual(['A', 'B', 'C', 'D']);
    expect(batches).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  test('has bounds, but for one item that is beyond them alone', async () => {
    const { batches, batcher } = recording();
    const words = ['a', 'b', 'c', 'd', 'x'.repeat(50), 'e', 'sixsix', 'sixsix'];
    expect(values(await addAll(batcher, ...words))).toEqual(words.map((word) => word.toUpperCase()));
    expect(batches).toEqual([['a', 'b', 'c'], ['d'], ['x'.repeat(50)], ['e', 'sixsix'], ['sixsix']]);
  });

  test('fails for one without failing for others', async () => {
    const { batcher } = recording(async (batch) =>
      batch.map((word) => (word === 'b' ? { error: busy } : { result: word })),
    );
    expect(values(await addAll(batcher, 'a', 'b', 'c'))).toEqual(['a', busy, 'c']);
  });

  test('that is refused as a whole is tried one by one, one that may come again is not', async () => {
    const picky = recording(async (batch) => {
      if (batch.includes('b')) throw refused;
      return await shouted(batch);
    });
    expect(values(await addAll(picky.batcher, 'a', 'b', 'c'))).toEqual(['A', refused, 'C']);
    const away = recording(() => Promise.reject(busy));
    expect(values(await addAll(away.batcher, 'a', 'b', 'c'))).toEqual([busy, busy, busy]);
    expect(away.batches).toHaveLength(1);
  });

  test('leaves nothing behind: the next one starts anew, and idle waits for what is under way', async () => {
    const { batches, batcher } = recording();
    await batcher.idle();
    await batcher.add('a');
    const last = batcher.add('b');
    await batcher.idle();
    expect(batches).toEqual([['a'], ['b']]);
    expect(await last).toBe('B');
  });
});
