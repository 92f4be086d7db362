// The event log on a real Kafka broker: the contract of the port, and what only Kafka can do to it.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Producer, Transaction } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openKafkaEventLog } from '../../services/adapters/event-log/kafka.ts';
import { createClient } from '../../services/adapters/event-log/kafka-client.ts';
import { systemClock } from '../../services/core/clock.ts';
import type { EventLog } from '../../services/core/ports/event-log.ts';
import { silentLog } from '../../services/telemetry/log.ts';
import { expectEchoedOnce, numbered, openEcho, readAll, watcher } from '../contracts/event-log/stage.ts';
import { eventLogContract } from '../contracts/event-log.ts';
import { type KafkaServer, kafkaMissing, startKafka } from './kafka-server.ts';

const missing = kafkaMissing();

describe.skipIf(missing)(`Kafka${missing ? ` (left out: ${missing})` : ''}`, () => {
  let server: KafkaServer;

  beforeAll(async () => {
    server = await startKafka();
  });

  afterAll(() => server?.stop());

  const open = (prefix: string): Promise<EventLog> =>
    openKafkaEventLog({
      brokers: server.brokers,
      prefix,
      clientId: 'contract',
      sessionTimeoutMs: 3_000,
      clock: systemClock,
      log: silentLog,
    });

  eventLogContract(
    'Kafka',
    async () => {
      const prefix = `${randomUUID()}.`;
      return { open: () => open(prefix), async stop() {} };
    },
    { patienceMs: 30_000 },
  );

  test('shows nothing of aborted transactions that lie between each other', async () => {
    const prefix = `${randomUUID()}.`;
    const log = await open(prefix);
    const producers: Producer[] = [];
    const transactions: Transaction[] = [];
    for (const transactionalId of [`${prefix}a`, `${prefix}b`]) {
      const producer = createClient({ brokers: server.brokers, clientId: 'other' }, silentLog).producer({
        transactionalId,
      });
      producers.push(producer);
      await producer.connect();
      transactions.push(await producer.transaction());
    }
    const write = async (writer: number, value: string) => {
      await transactions[writer]?.send({ topic: `${prefix}finding`, messages: [{ key: 'k', value }] });
    };
    // Read from offset 2 on, both transactions have begun before, and the second one's entry comes first.
    for (const writer of [0, 1, 1, 0, 1, 0]) await write(writer, `aborted ${writer}`);
    await transactions[1]?.abort();
    await write(0, 'aborted 0');
    await transactions[0]?.abort();
    await log.append('finding', [{ key: 'k', value: 'kept' }]);
    const read = async (from: number) => (await log.read('finding', 0, from, 10)).map(({ value }) => value);
    // An abort is decided before its markers are written; until then nothing behind it is shown.
    await expect.poll(() => read(0)).toEqual(['kept']);
    for (const from of [1, 2, 3, 4, 5]) expect(await read(from)).toEqual(['kept']);
    const seen: string[] = [];
    const consumer = await log.subscribe({
      group: 'reader',
      topic: 'finding',
      open: watcher((batch) => seen.push(...batch.map(({ value }) => value))),
    });
    await consumer.caughtUp();
    expect(seen).toEqual(['kept']);
    for (const producer of producers) await producer.disconnect();
    await log.close();
  });

  test('goes on after the broker was killed and has come back, with nothing lost or done twice', async () => {
    const log = await open(`${randomUUID()}.`);
    const inputs = numbered('before', 200, 40);
    await log.append('activity', inputs);
    const consumer = await log.subscribe({
      group: 'worker',
      topic: 'activity',
      batchSize: 5,
      async open(assignment) {
        const echo = await openEcho(assignment);
        return {
          async process(batch) {
            await sleep(20);
            return echo(batch);
          },
        };
      },
    });
    await server.restart(1_000);
    const more = numbered('after', 200, 40);
    const append = () =>
      log.append('activity', more).then(
        () => 'appended',
        ({ code }) => code,
      );
    await expect.poll(append, { timeout: 60_000 }).toBe('appended');
    await consumer.caughtUp();
    // An append that was refused may have written some; what is in the log counts.
    const written = await readAll(log, 'activity');
    expect(new Set(written.map(({ value }) => value))).toEqual(new Set([...inputs, ...more].map(({ value }) => value)));
    await expectEchoedOnce(log, written);
    await log.close();
  });

  test('a consumer that loses its group says so, and goes on when the broker is back', {
    timeout: 120_000,
  }, async () => {
    const prefix = `${randomUUID()}.`;
    const said: string[] = [];
    const log = await openKafkaEventLog({
      brokers: server.brokers,
      prefix,
      clientId: 'contract',
      sessionTimeoutMs: 3_000,
      clock: systemClock,
      log: { ...silentLog, warn: (text, fields) => said.push(`${text}: ${fields?.group}`) },
    });
    const consumer = await log.subscribe({
      group: 'echo',
      topic: 'activity',
      open: async (assignment) => ({ process: await openEcho(assignment) }),
    });
    await server.away(() =>
      expect
        .poll(() => said, { timeout: 60_000 })
        .toContain(`the consumer has lost its group and joins it again: ${prefix}echo.activity`),
    );
    const more = numbered('after', 20, 4);
    const append = () => log.append('activity', more).then(() => 'appended', String);
    await expect.poll(append, { timeout: 60_000 }).toBe('appended');
    await consumer.caughtUp();
    await expectEchoedOnce(log, await readAll(log, 'activity'));
    await log.close();
  });
});
