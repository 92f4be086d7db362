// Appends outside of transactions, by one idempotent producer.
import { type Kafka, type Message, Partitioners, type PartitionMetadata, type Producer } from 'kafkajs';
import { messageOf } from '../../core/errors.ts';
import type { NewEntry } from '../../core/ports/event-log.ts';
import type { Log } from '../../telemetry/log.ts';
import { closedError, RETRY, unavailable } from './kafka-client.ts';
import type { Compression } from './kafka-compression.ts';
import { byPartition, sendInOrder } from './kafka-sending.ts';

/** Messages of one partition that go to the broker together. */
interface Group {
  readonly messages: Message[];
  readonly sent: Promise<void>;
}

export class KafkaAppender {
  readonly #client: Kafka;
  readonly #log: Log;
  readonly #compression: Compression;
  #producer: Promise<Producer> | undefined;
  /** The last append of each partition. One at a time: kafkajs gives the number of one that failed to the next. */
  readonly #last = new Map<string, Promise<void>>();
  /** What waits for it. All that comes meanwhile goes at once: hundreds of small appends a second are a few requests. */
  readonly #waiting = new Map<string, Group>();
  #closed = false;

  constructor(client: Kafka, compression: Compression, log: Log) {
    this.#client = client;
    this.#compression = compression;
    this.#log = log;
  }

  async append(topic: string, metadata: PartitionMetadata[], entries: readonly NewEntry[]): Promise<void> {
    const groups = byPartition(topic, metadata, entries);
    await Promise.all([...groups].map(([partition, messages]) => this.#join(topic, partition, messages)));
  }

  #join(topic: string, partition: number, messages: readonly Message[]): Promise<void> {
    const place = `${topic}/${partition}`;
    const waiting = this.#waiting.get(place);
    if (waiting) {
      waiting.messages.push(...messages);
      return waiting.sent;
    }
    const turn = this.#last.get(place) ?? Promise.resolve();
    const group: Group = {
      messages: [...messages],
      sent: turn.then(() => {
        this.#waiting.delete(place);
        return this.#send(topic, group.messages);
      }),
    };
    this.#waiting.set(place, group);
    this.#last.set(
      place,
      group.sent.catch(() => {}), // Its own callers are told.
    );
    return group.sent;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#last.values());
    await this.#drop(this.#producer);
  }

  async #send(topic: string, messages: readonly Message[]): Promise<void> {
    if (this.#closed) throw closedError('the event log');
    this.#producer ??= this.#connect();
    const producer = this.#producer;
    try {
      await sendInOrder(await producer, topic, messages, this.#compression);
    } catch (error) {
      // What was written is unknown. With the old producer, the broker might take the next append for a repetition.
      await this.#drop(producer);
      throw unavailable(error);
    }
  }

  async #connect(): Promise<Producer> {
    const producer = this.#client.producer({
      idempotent: true,
      createPartitioner: Partitioners.DefaultPartitioner,
      allowAutoTopicCreation: false,
      retry: RETRY,
    });
    await producer.connect();
    return producer;
  }

  async #drop(producer: Promise<Producer> | undefined): Promise<void> {
    if (this.#producer === producer) this.#producer = undefined;
    try {
      await (await producer)?.disconnect();
    } catch (error) {
      this.#log.debug('a producer was not closed in order', { problem: messageOf(error) });
    }
  }
}
