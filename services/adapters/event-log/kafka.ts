// The event log on Kafka, through kafkajs. What the port promises is what Kafka keeps: see `kafka-partition.ts` for the
// commit, `kafka-topics.ts` for the names.
import type { Kafka, PartitionMetadata } from 'kafkajs';
import type { Clock } from '../../core/clock.ts';
import { PipewardenError } from '../../core/errors.ts';
import type { Consumer, Entry, EventLog, NewEntry, StateEntry, Subscription } from '../../core/ports/event-log.ts';
import type { TopicName } from '../../core/topics.ts';
import type { Log } from '../../telemetry/log.ts';
import { KafkaAppender } from './kafka-appender.ts';
import { closedError, createClient, type KafkaAddress, unavailable } from './kafka-client.ts';
import { KafkaConsumer } from './kafka-consumer.ts';
import { KafkaReader } from './kafka-reader.ts';
import { createTopics, naming, stateConfig, TOPIC_NAMES, type TopicNaming, topicConfig } from './kafka-topics.ts';

export interface KafkaEventLogOptions extends KafkaAddress {
  /** Of every topic, group and transaction; default `pipewarden.`. */
  readonly prefix?: string;
  /** A consumer that was silent for so long, or keeps the others waiting for so long, loses its partitions; default 30 000. */
  readonly sessionTimeoutMs?: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** Connects, and makes the topics that are missing. Rejects with LOG_UNAVAILABLE. */
export async function openKafkaEventLog(options: KafkaEventLogOptions): Promise<EventLog> {
  const { prefix = 'pipewarden.', clock, log } = options;
  const names = naming(prefix);
  const reader = new KafkaReader(options, clock, log);
  try {
    await createTopics(
      createClient(options, log),
      TOPIC_NAMES.map((topic) => topicConfig(names, topic)),
    );
    await reader.connect();
    const metadata = new Map<TopicName, PartitionMetadata[]>();
    for (const topic of TOPIC_NAMES) metadata.set(topic, await reader.topic(names.topic(topic)));
    return new KafkaEventLog(options, names, reader, metadata);
  } catch (error) {
    await reader.close();
    throw unavailable(error);
  }
}

class KafkaEventLog implements EventLog {
  readonly #options: KafkaEventLogOptions;
  readonly #names: TopicNaming;
  readonly #reader: KafkaReader;
  readonly #metadata: ReadonlyMap<TopicName, PartitionMetadata[]>;
  readonly #appender: KafkaAppender;
  readonly #consumers = new Set<KafkaConsumer>();
  #closed: Promise<void> | undefined;

  constructor(
    options: KafkaEventLogOptions,
    names: TopicNaming,
    reader: KafkaReader,
    metadata: ReadonlyMap<TopicName, PartitionMetadata[]>,
  ) {
    this.#options = options;
    this.#names = names;
    this.#reader = reader;
    this.#metadata = metadata;
    this.#appender = new KafkaAppender(createClient(options, options.log), options.log);
  }

  async append(topic: TopicName, entries: readonly NewEntry[]): Promise<void> {
    this.#refuseIfClosed();
    await this.#appender.append(this.#names.topic(topic), this.#partitionsOf(topic), entries);
  }

  async subscribe(subscription: Subscription): Promise<Consumer> {
    this.#refuseIfClosed();
    const { sessionTimeoutMs = 30_000, clock, log } = this.#options;
    const client = createClient(this.#options, log);
    await this.#prepareChangelog(client, subscription);
    const consumer = await KafkaConsumer.start({
      client,
      memberClient: createClient(this.#options, log),
      reader: this.#reader,
      names: this.#names,
      metadata: (of) => this.#partitionsOf(of),
      subscription,
      sessionTimeoutMs,
      clock,
      log,
    });
    this.#consumers.add(consumer);
    if (this.#closed) await consumer.close();
    this.#refuseIfClosed();
    return consumer;
  }

  async read(topic: TopicName, partition: number, from: number, limit: number): Promise<readonly Entry[]> {
    this.#refuseIfClosed();
    const entries: Entry[] = [];
    for (let at = from; entries.length < limit; ) {
      const { messages, next } = await this.#reader.piece(this.#names.topic(topic), partition, at);
      if (next === at) break;
      at = next;
      for (const { offset, key, value } of messages) entries.push({ partition, offset, key, value: value ?? '' });
    }
    return entries.slice(0, limit);
  }

  async *state(group: string, topic: TopicName, partition: number): AsyncGenerator<StateEntry> {
    this.#refuseIfClosed();
    const changelog = this.#names.state(group, topic);
    // A group that never was has no changelog, and asking for one makes none.
    const found = await this.#reader.topic(changelog).catch(() => []);
    if (found.length > partition) yield* this.#reader.lastValues(changelog, partition);
  }

  partitions(topic: TopicName): number {
    return this.#partitionsOf(topic).length;
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    await Promise.all([...this.#consumers].map((consumer) => consumer.close()));
    await this.#appender.close();
    await this.#reader.close();
  }

  async #prepareChangelog(client: Kafka, { group, topic }: Subscription): Promise<void> {
    const changelog = this.#names.state(group, topic);
    const needed = this.partitions(topic);
    let found: number;
    try {
      await createTopics(client, [stateConfig(changelog, needed)]);
      found = (await this.#reader.topic(changelog)).length;
    } catch (error) {
      throw unavailable(error);
    }
    // kafkajs drops what goes to a partition that is not there, and says nothing.
    if (found >= needed) return;
    const problems = `topic ${changelog} has ${found} partitions and needs ${needed}, as many as ${this.#names.topic(topic)}: add them`;
    throw new PipewardenError('CONFIG_INVALID', { problems });
  }

  #partitionsOf(topic: TopicName): PartitionMetadata[] {
    return this.#metadata.get(topic) ?? [];
  }

  #refuseIfClosed(): void {
    if (this.#closed) throw closedError('the event log');
  }
}
