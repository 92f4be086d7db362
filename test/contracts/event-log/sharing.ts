// Contract of consumer groups with several workers: sharing, joining, leaving, and the fence against a late owner.
import { expect } from 'vitest';
import type { Consumer, EventLog, NewEntry } from '../../../services/core/ports/event-log.ts';
import { openEcho } from './echo.ts';
import { expectEchoedOnce, gate, numbered, type Stage, type Story } from './stage.ts';

/** Which worker processes which partition, as it happens. */
class Ownership {
  readonly latest = new Map<number, string>();
  readonly clashes: string[] = [];
  readonly #busy = new Map<number, string>();

  async working<Result>(worker: string, partition: number, work: () => Promise<Result>): Promise<Result> {
    const other = this.#busy.get(partition);
    if (other) this.clashes.push(`${worker} and ${other} in partition ${partition}`);
    this.#busy.set(partition, worker);
    try {
      return await work();
    } finally {
      this.#busy.delete(partition);
      this.latest.set(partition, worker);
    }
  }

  /** How many partitions each worker had lately. */
  shares(): number[] {
    const owners = [...this.latest.values()];
    return [...new Set(owners)].sort().map((owner) => owners.filter((one) => one === owner).length);
  }
}

function startEcho(log: EventLog, group: string, worker: string, ownership: Ownership): Promise<Consumer> {
  return log.subscribe({
    group,
    topic: 'activity',
    batchSize: 20,
    async open(assignment) {
      const echo = await openEcho(assignment);
      return {
        process: (batch) =>
          ownership.working(worker, assignment.partition, async () => {
            await new Promise(setImmediate);
            return echo(batch);
          }),
      };
    },
  });
}

/** Appends rounds of entries for all partitions until, in one of them, the partitions were shared out like this. */
async function untilShared(
  { log, until }: Stage,
  consumer: Consumer,
  ownership: Ownership,
  inputs: NewEntry[],
  shares: readonly number[],
): Promise<void> {
  await until(`shares of ${shares.join(' and ')} partitions`, async () => {
    ownership.latest.clear();
    const round = numbered(`${inputs.length}-`, 120, 120);
    inputs.push(...round);
    await log.append('activity', round);
    await consumer.caughtUp();
    return ownership.shares().join() === shares.join();
  });
}

export function sharing(story: Story): void {
  story('shares the partitions fairly as workers join and leave, without loss or repetition', async (stage) => {
    const name = stage.group();
    const ownership = new Ownership();
    const inputs: NewEntry[] = [];
    const first = await startEcho(await stage.open(), name, 'first', ownership);
    await untilShared(stage, first, ownership, inputs, [12]);
    const joining = await stage.open();
    const second = await startEcho(joining, name, 'second', ownership);
    await untilShared(stage, first, ownership, inputs, [6, 6]);
    await first.close();
    await untilShared(stage, second, ownership, inputs, [12]);
    const third = await startEcho(await stage.open(), name, 'third', ownership);
    await untilShared(stage, second, ownership, inputs, [6, 6]);
    await joining.close();
    await untilShared(stage, third, ownership, inputs, [12]);
    expect(ownership.clashes).toEqual([]);
    await expectEchoedOnce(stage.log, inputs);
  });

  story('rebalances in the middle of a backlog without loss or repetition', async (stage) => {
    const name = stage.group();
    const ownership = new Ownership();
    const inputs = numbered('v', 3_000, 60);
    await stage.log.append('activity', inputs);
    const first = await startEcho(await stage.open(), name, 'first', ownership);
    const second = await startEcho(await stage.open(), name, 'second', ownership);
    await stage.until('some progress', () => ownership.latest.size > 0);
    await first.close();
    const third = await startEcho(await stage.open(), name, 'third', ownership);
    await Promise.all([second.caughtUp(), third.caughtUp()]);
    expect(ownership.clashes).toEqual([]);
    await expectEchoedOnce(stage.log, inputs);
  });

  story('refuses the late commit of a worker that was taken for dead', async (stage) => {
    const name = stage.group();
    const inputs = numbered('v', 10, 1);
    await stage.log.append('activity', inputs);
    const hanging = gate();
    const release = gate();
    const dropped = gate();
    const errors: unknown[] = [];
    const zombie = await stage.open();
    await zombie.subscribe({
      group: name,
      topic: 'activity',
      onError: (error) => errors.push(error),
      async open(assignment) {
        const echo = await openEcho(assignment);
        return {
          async process(batch) {
            const outcome = echo(batch);
            hanging.open();
            await release.opened;
            return {
              state: [...(outcome.state ?? []), { key: 'zombie', value: 'was here' }],
              produce: batch.map(({ key }) => ({ topic: 'finding', key, value: 'from the zombie' })),
            };
          },
          close: () => dropped.open(),
        };
      },
    });
    await hanging.opened;
    await stage.silence(zombie);
    const keys = new Set<string>();
    const successor = await (await stage.open()).subscribe({
      group: name,
      topic: 'activity',
      async open(assignment) {
        const entries = [];
        for await (const entry of assignment.state) entries.push(entry);
        for (const { key } of entries) keys.add(key);
        const state = (async function* () {
          yield* entries;
        })();
        return { process: await openEcho({ ...assignment, state }) };
      },
    });
    await successor.caughtUp();
    await expectEchoedOnce(stage.log, inputs);
    release.open();
    await dropped.opened;
    await stage.until('the refusal', () => errors.length > 0);
    expect(errors[0]).toMatchObject({ code: 'LOG_FENCED' });
    await expectEchoedOnce(stage.log, inputs);
    await zombie.close();
    const more = numbered('w', 10, 1);
    await stage.log.append('activity', more);
    await successor.caughtUp();
    await expectEchoedOnce(stage.log, [...inputs, ...more]);
    expect(keys.has('zombie')).toBe(false);
  });
}
