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
    for (const from of [0, 1, 2, 3, 4, 5]) {
      expect((await log.read('finding', 0, from, 10)).map(({ value }) => value)).toEqual(['kept']);
    }
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
    // What an append that failed has written is unknown: this test takes only appends that hold.
    await log.append('activity', more);
    await consumer.caughtUp();
    await expectEchoedOnce(log, [...inputs, ...more]);
    expect(await readAll(log, 'activity')).toHaveLength(400);
    await log.close();
  });
});
