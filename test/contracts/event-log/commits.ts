// Contract of the commit: offset, state and produced entries together or not at all.
import { expect } from 'vitest';
import type { Assignment, PartitionProcessor, StateChange } from '../../../services/core/ports/event-log.ts';
import { openEcho, restore } from './echo.ts';
import { expectEchoedOnce, numbered, readAll, type Stage, type Story } from './stage.ts';

/** Appends one entry per outcome's state and lets a worker of the group commit them one after the other. */
async function commitStates({ log }: Stage, group: string, states: readonly (readonly StateChange[])[]): Promise<void> {
  let next = 0;
  const consumer = await log.subscribe({
    group,
    topic: 'finding',
    batchSize: 1,
    open: async () => ({ process: () => ({ state: states[next++] ?? [] }) }),
  });
  for (const index of states.keys()) await log.append('finding', [{ key: 'k', value: `state ${index}` }]);
  await consumer.caughtUp();
  await consumer.close();
}

/** The state that a new owner is given. */
async function restoredState({ open }: Stage, group: string): Promise<Map<string, string>> {
  const log = await open();
  const { promise, resolve } = Promise.withResolvers<Map<string, string>>();
  // An entry, so that adapters which open a partition with its first batch do so too.
  await log.append('finding', [{ key: 'k', value: 'who owns this?' }]);
  const consumer = await log.subscribe({
    group,
    topic: 'finding',
    async open({ state }) {
      resolve(await restore(state));
      return { process: () => ({}) };
    },
  });
  const restored = await promise;
  await consumer.caughtUp();
  await consumer.close();
  return restored;
}

export function commits(story: Story): void {
  story('gives the next owner exactly the state that was committed', async (stage) => {
    const name = stage.group();
    await commitStates(stage, name, [
      [
        { key: 'kept', value: 'one' },
        { key: 'overwritten', value: 'old' },
        { key: 'removed', value: 'gone' },
        { key: '', value: '' },
        { key: 'ключ 🔑', value: '鍵' },
      ],
      [
        { key: 'overwritten', value: 'new' },
        { key: 'removed', value: null },
        { key: 'never there', value: null },
      ],
      [
        { key: 'twice in one batch', value: 'first' },
        { key: 'twice in one batch', value: 'last' },
        { key: 'set and removed', value: 'x' },
        { key: 'set and removed', value: null },
      ],
    ]);
    const expected = new Map([
      ['kept', 'one'],
      ['overwritten', 'new'],
      ['', ''],
      ['ключ 🔑', '鍵'],
      ['twice in one batch', 'last'],
    ]);
    expect(await restoredState(stage, name)).toEqual(expected);
    expect(await restoredState(stage, name)).toEqual(expected);
    expect(await restoredState(stage, stage.group())).toEqual(new Map());
  });

  story('lets somebody else look at a committed state', async (stage) => {
    const name = stage.group();
    await commitStates(stage, name, [
      [{ key: 'kept', value: 'one' }],
      [
        { key: 'more', value: 'two' },
        { key: 'kept', value: 'three' },
      ],
    ]);
    expect(await restore(stage.log.state(name, 'finding', 0))).toEqual(
      new Map([
        ['kept', 'three'],
        ['more', 'two'],
      ]),
    );
    expect(await restore(stage.log.state('nobody', 'finding', 0))).toEqual(new Map());
  });

  story('restores a state of many keys', async (stage) => {
    const name = stage.group();
    const state = Array.from({ length: 3_000 }, (_, index) => ({
      key: `profile/${index}`,
      value: `${index}`.repeat(20),
    }));
    await commitStates(stage, name, [state.slice(0, 1_500), state.slice(1_500)]);
    expect(await restoredState(stage, name)).toEqual(new Map(state.map(({ key, value }) => [key, value])));
  });

  story('keeps the states of partitions apart', async ({ log, group }) => {
    const name = group();
    const entries = numbered('v', 300, 300);
    await log.append('activity', entries);
    const states = new Map<number, Map<string, string>>();
    const subscription = {
      group: name,
      topic: 'activity' as const,
      async open({ partition, state }: Assignment): Promise<PartitionProcessor> {
        states.set(partition, await restore(state));
        return { process: (batch) => ({ state: batch.map(({ key, value }) => ({ key, value })) }) };
      },
    };
    const first = await log.subscribe(subscription);
    await first.caughtUp();
    await first.close();
    states.clear();
    await log.append('activity', numbered('w', 300, 300));
    const second = await log.subscribe(subscription);
    await second.caughtUp();
    const expected = new Map<number, Map<string, string>>();
    for (const { partition, key, value } of (await readAll(log, 'activity')).filter((e) => e.value.startsWith('v'))) {
      expected.set(partition, (expected.get(partition) ?? new Map<string, string>()).set(key, value));
    }
    expect(states).toEqual(expected);
  });

  story('shows what a batch produced, to every topic, once it is committed', async ({ log, group }) => {
    await log.append('activity', [{ key: 'k', value: 'v' }]);
    const consumer = await log.subscribe({
      group: group(),
      topic: 'activity',
      open: async () => ({
        process: (batch) => ({
          produce: batch.flatMap(({ key }) => [
            { topic: 'finding', key, value: 'a finding' } as const,
            { topic: 'incident', key, value: 'an incident' } as const,
            { topic: 'incident', key, value: 'its change' } as const,
          ]),
        }),
      }),
    });
    await consumer.caughtUp();
    expect((await readAll(log, 'finding')).map(({ value }) => value)).toEqual(['a finding']);
    expect((await readAll(log, 'incident')).map(({ value }) => value)).toEqual(['an incident', 'its change']);
  });

  story('lets a second stage catch up with what the first has produced', async ({ log, open, group }) => {
    const inputs = numbered('v', 200, 20);
    await log.append('activity', inputs);
    const first = await log.subscribe({
      group: group(),
      topic: 'activity',
      open: async (assignment) => ({ process: await openEcho(assignment) }),
    });
    await first.caughtUp();
    const seen: string[] = [];
    const downstream = await open();
    const second = await downstream.subscribe({
      group: group(),
      topic: 'finding',
      open: async () => ({
        process(batch) {
          seen.push(...batch.map(({ value }) => value));
          return {};
        },
      }),
    });
    await second.caughtUp();
    expect(await second.lag()).toBe(0);
    expect(seen).toHaveLength(inputs.length);
  });

  story('leaves nothing of a batch that threw, and brings it again to a new processor', async (stage) => {
    const { log, group } = stage;
    const inputs = numbered('v', 5, 2);
    await log.append('finding', [{ key: 'before', value: 'the first entry' }]);
    const errors: unknown[] = [];
    const events: string[] = [];
    const boom = new Error('boom');
    let opened = 0;
    const consumer = await log.subscribe({
      group: group(),
      topic: 'finding',
      onError: (error) => errors.push(error),
      async open({ state }) {
        const life = ++opened;
        const restored = await restore(state);
        events.push(`open ${life} with ${[...restored.values()].join()}`);
        return {
          process(batch) {
            const values = batch.map(({ value }) => value).join();
            events.push(`process ${life}: ${values}`);
            if (life === 1 && values !== 'the first entry') throw boom;
            return {
              state: [{ key: 'life', value: String(life) }],
              produce: [{ topic: 'incident', key: 'k', value: values }],
            };
          },
          close: () => void events.push(`close ${life}`),
        };
      },
    });
    await consumer.caughtUp();
    await log.append('finding', inputs);
    await consumer.caughtUp();
    const all = inputs.map(({ value }) => value).join();
    expect(events).toEqual([
      'open 1 with ',
      'process 1: the first entry',
      `process 1: ${all}`,
      'close 1',
      'open 2 with 1',
      `process 2: ${all}`,
    ]);
    expect(errors).toEqual([boom]);
    expect((await readAll(log, 'incident')).map(({ value }) => value)).toEqual(['the first entry', all]);
  });

  story('tries again when a processor cannot be opened', async ({ log, group }) => {
    await log.append('finding', numbered('v', 3, 1));
    const errors: unknown[] = [];
    const boom = new Error('cannot open');
    let seen = 0;
    const consumer = await log.subscribe({
      group: group(),
      topic: 'finding',
      onError: (error) => errors.push(error),
      async open() {
        if (errors.length < 2) throw boom;
        return {
          process(batch) {
            seen += batch.length;
            return {};
          },
        };
      },
    });
    await consumer.caughtUp();
    expect(errors).toEqual([boom, boom]);
    expect(seen).toBe(3);
  });

  story('consumes, remembers and produces exactly once over crashes', async ({ log, open, group, until }) => {
    const name = group();
    const inputs = numbered('v', 600, 30);
    await log.append('activity', inputs);
    // A small linear congruential generator: the crashes are the same in every run.
    let seed = 20260301;
    const chance = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed / 2 ** 31;
    };
    let processed = 0;
    const echoUntil = async (enough: () => boolean) => {
      const client = await open();
      const consumer = await client.subscribe({
        group: name,
        topic: 'activity',
        batchSize: 10,
        async open(assignment) {
          const echo = await openEcho(assignment);
          return {
            async process(batch) {
              if (chance() < 0.1) throw new Error('crash before the work');
              const outcome = echo(batch);
              if (chance() < 0.5) await new Promise(setImmediate);
              if (chance() < 0.1) throw new Error('crash after the work');
              processed += batch.length;
              return outcome;
            },
          };
        },
      });
      await until('progress', enough);
      return { client, consumer };
    };
    for (const goal of [100, 250, 400]) await (await echoUntil(() => processed >= goal)).client.close();
    const { consumer } = await echoUntil(() => true);
    await consumer.caughtUp();
    await expectEchoedOnce(log, inputs);
  });
}
