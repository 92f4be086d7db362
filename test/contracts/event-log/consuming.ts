// Contract of subscriptions: what a group gets to see, its committed offsets, catching up, closing.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Entry, EventLog } from '../../../services/core/ports/event-log.ts';
import { byKey, gate, numbered, type Stage, type Story, watcher } from './stage.ts';

/** Subscribes, catches up, closes; gives what came. */
async function consumeAll(log: EventLog, group: string): Promise<Entry[]> {
  const seen: Entry[] = [];
  const consumer = await log.subscribe({ group, topic: 'activity', open: watcher((batch) => seen.push(...batch)) });
  await consumer.caughtUp();
  await consumer.close();
  return seen;
}

/** A consumer of `finding`, entry by entry, whose processor waits until it is released, whatever its signal says. */
async function subscribeHeld({ log, group }: Stage, name = group()) {
  const entered = gate();
  const release = gate();
  const signals: AbortSignal[] = [];
  const consumer = await log.subscribe({
    group: name,
    topic: 'finding',
    batchSize: 1,
    open: async () => ({
      async process(_batch, signal) {
        signals.push(signal);
        entered.open();
        await release.opened;
        return {};
      },
    }),
  });
  return { consumer, entered: entered.opened, release: release.open, signals, name };
}

export function consuming(story: Story): void {
  story('starts a new group at the oldest entry, and shows each group everything', async ({ log, group }) => {
    const entries = numbered('v', 200, 20);
    await log.append('activity', entries);
    for (const name of [group(), group()]) expect(byKey(await consumeAll(log, name))).toEqual(byKey(entries));
  });

  story('brings what other clients append while it runs', async ({ log, open, group, until }) => {
    const seen: Entry[] = [];
    await log.subscribe({ group: group(), topic: 'activity', open: watcher((batch) => seen.push(...batch)) });
    const other = await open();
    const entries = numbered('v', 60, 20);
    for (let at = 0; at < 60; at += 20) await other.append('activity', entries.slice(at, at + 20));
    await until('all entries', () => seen.length >= entries.length);
    expect(byKey(seen)).toEqual(byKey(entries));
  });

  story('tells a processor which keys come to it', async ({ log, group }) => {
    await log.append('activity', numbered('v', 200, 20));
    const wrong: string[] = [];
    const owners = new Map<number, (key: string) => boolean>();
    const open = watcher((batch, { partition, owns }) => {
      owners.set(partition, owns);
      wrong.push(...batch.map(({ key }) => key).filter((key) => !owns(key)));
    });
    const consumer = await log.subscribe({ group: group(), topic: 'activity', open });
    await consumer.caughtUp();
    expect(owners.size).toBeGreaterThan(1);
    expect(wrong).toEqual([]);
    const [key = ''] = numbered('v', 1, 1).map((entry) => entry.key);
    expect([...owners.values()].filter((owns) => owns(key))).toHaveLength(1);
  });

  story('brings batches in order, of one partition, never empty, never larger than asked', async ({ log, group }) => {
    await log.append('activity', numbered('v', 300, 30));
    const batches: (readonly Entry[])[] = [];
    const wrong: number[] = [];
    const open = watcher((batch, { partition }) => {
      batches.push(batch);
      wrong.push(...batch.map((entry) => entry.partition).filter((found) => found !== partition));
    });
    const consumer = await log.subscribe({ group: group(), topic: 'activity', batchSize: 7, open });
    await consumer.caughtUp();
    expect(wrong).toEqual([]);
    expect(batches.flat()).toHaveLength(300);
    const last = new Map<number, number>();
    for (const batch of batches) {
      expect(batch.length).toBeGreaterThan(0);
      expect(batch.length).toBeLessThanOrEqual(7);
      for (const { partition, offset } of batch) {
        expect(offset).toBeGreaterThan(last.get(partition) ?? -1);
        last.set(partition, offset);
      }
    }
  });

  story('goes on where its group has committed, after closing and opening again', async ({ log, open, group }) => {
    const name = group();
    const [first, second] = [numbered('first', 100, 10), numbered('second', 100, 10)];
    await log.append('activity', first);
    expect(byKey(await consumeAll(log, name))).toEqual(byKey(first));
    expect(await consumeAll(log, name)).toEqual([]);
    await log.close();
    const reopened = await open();
    expect(await consumeAll(reopened, name)).toEqual([]);
    await reopened.append('activity', second);
    expect(byKey(await consumeAll(reopened, name))).toEqual(byKey(second));
  });

  story('counts as caught up only when the batch is committed, and tells its lag', async (stage) => {
    await stage.log.append('finding', numbered('v', 10, 2));
    const { consumer, entered, release } = await subscribeHeld(stage);
    await entered;
    let caughtUp = false;
    const waiting = consumer.caughtUp().then(() => {
      caughtUp = true;
    });
    expect(await consumer.lag()).toBeGreaterThanOrEqual(10);
    expect(caughtUp).toBe(false);
    release();
    await waiting;
    expect(await consumer.lag()).toBe(0);
  });

  story('is caught up at once on an empty topic', async ({ log, group }) => {
    expect(await consumeAll(log, group())).toEqual([]);
  });

  story('catches up with what was there at the question while more and more comes', async ({ log, group }) => {
    const seen: Entry[] = [];
    const open = watcher((batch) => seen.push(...batch));
    const consumer = await log.subscribe({ group: group(), topic: 'finding', batchSize: 5, open });
    await log.append('finding', numbered('early', 20, 2));
    let done = false;
    const question = consumer.caughtUp().then(() => {
      done = true;
    });
    for (let at = 0; !done; at++) {
      await log.append('finding', [{ key: 'k', value: `late${at}` }]);
      await nextTurn();
    }
    await question;
    expect(seen.filter(({ value }) => value.startsWith('early'))).toHaveLength(20);
  });

  story('stops waiting when the signal says so, or when the consumer closes', async (stage) => {
    await stage.log.append('finding', numbered('v', 3, 1));
    const { consumer, entered, release } = await subscribeHeld(stage);
    await entered;
    const reason = new Error('enough');
    const controller = new AbortController();
    const aborted = expect(consumer.caughtUp(controller.signal)).rejects.toBe(reason);
    const ended = expect(consumer.caughtUp()).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' });
    controller.abort(reason);
    await aborted;
    await expect(consumer.caughtUp(controller.signal)).rejects.toBe(reason);
    const closed = consumer.close();
    release();
    await Promise.all([closed, ended]);
  });

  story('finishes the batch in hand before it is closed, and tells it by its signal', async (stage) => {
    await stage.log.append('finding', numbered('v', 1, 1));
    const { consumer, entered, release, signals, name } = await subscribeHeld(stage);
    await entered;
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    let closed = 0;
    const closing = [consumer.close(), consumer.close()].map((done) => done.then(() => closed++));
    await stage.until('the signal', () => signals[0]?.aborted === true);
    expect(closed).toBe(0);
    release();
    await Promise.all(closing);
    await consumer.close();
    const seen: Entry[] = [];
    const next = await stage.log.subscribe({
      group: name,
      topic: 'finding',
      open: watcher((batch) => seen.push(...batch)),
    });
    await next.caughtUp();
    expect(seen).toEqual([]);
  });

  story('closes its processors, and its consumers when the log is closed', async ({ open, group }) => {
    const log = await open();
    const alive = new Set<number>();
    await log.append('activity', numbered('v', 300, 300));
    const consumer = await log.subscribe({
      group: group(),
      topic: 'activity',
      async open({ partition }) {
        alive.add(partition);
        return { process: () => ({}), close: () => void alive.delete(partition) };
      },
    });
    await consumer.caughtUp();
    expect(alive.size).toBe(12);
    await log.close();
    expect(alive.size).toBe(0);
  });
}
