// The event log on Kafka, through kafkajs. What the port promises is what Kafka keeps: see `kafka-partition.ts` for the
// commit, `kafka-topics.ts` for the names.
import type { PartitionMetadata } from 'kafkajs';
import type { Clock } from '../../core/clock.ts';
import { PipewardenError } from '../../core/errors.ts';
import type { Consumer, Entry, EventLog, NewEntry, StateEntry, Subscription } from '../../core/ports/event-log.ts';
import type { TopicName } from '../../core/topics.ts';
import type { Log } from '../../telemetry/log.ts';
import { KafkaAppender } from './kafka-appender.ts';
import { closedError, createClient, type KafkaAddress, unavailable } from './kafka-client.ts';
import type { Compression } from './kafka-compression.ts';
import { KafkaConsumer } from './kafka-consumer.ts';
import { KafkaReader } from './kafka-reader.ts';
import { createMissing, inspectTopics, type TopicAdminOptions, withAdmin } from './kafka-topic-admin.ts';
import { naming, statePlan, TOPIC_NAMES, type TopicNaming, type TopicPlan, topicPlan } from './kafka-topics.ts';

export interface KafkaEventLogOptions extends KafkaAddress, TopicAdminOptions {
  /** Of every topic, group and transaction; default `pipewarden.`. */
  readonly prefix?: string;
  /** Of the activity topic, when it is made; default 12. */
  readonly partitions?: number;
  /** Of what this process writes; default `zstd`. */
  readonly compression?: Compression;
  /** A consumer that was silent for so long, or keeps the others waiting for so long, loses its partitions; default 30 000. */
  readonly sessionTimeoutMs?: number;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Connects, makes the topics that are missing, and looks whether all are as they must be. Rejects with LOG_UNAVAILABLE,
 * LOG_REFUSED, or CONFIG_INVALID when with these topics something would be lost.
 */
export async function openKafkaEventLog(options: KafkaEventLogOptions): Promise<EventLog> {
  const { prefix = 'pipewarden.', partitions, clock, log } = options;
  const names = naming(prefix);
  const reader = new KafkaReader(options, clock, log);
  try {
    await ensureTopics(
      options,
      TOPIC_NAMES.map((topic) => topicPlan(names, topic, partitions)),
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

async function ensureTopics(options: KafkaEventLogOptions, plans: readonly TopicPlan[]): Promise<void> {
  const { log } = options;
  const faults = await withAdmin(createClient(options, log), async (admin) => {
    const made = await createMissing(admin, plans, options);
    return await inspectTopics(
      admin,
      plans.filter(({ name }) => !made.has(name)),
      options,
    );
  });
  const fatal = faults
    .filter((fault) => fault.fatal)
    .map(({ topic, problem, mend }) => `topic ${topic} ${problem}; ${mend}`);
  if (fatal.length > 0) throw new PipewardenError('CONFIG_INVALID', { problems: fatal.join('\n') });
  for (const { topic, problem, mend } of faults) {
    log.warn('A topic is not set as it should be.', { topic, problem, mend });
  }
}

class KafkaEventLog implements EventLog {
  readonly #options: KafkaEventLogOptions;
  readonly #compression: Compression;
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
    this.#compression = options.compression ?? 'zstd';
    this.#appender = new KafkaAppender(createClient(options, options.log), this.#compression, options.log);
  }

  async append(topic: TopicName, entries: readonly NewEntry[]): Promise<void> {
    this.#refuseIfClosed();
    await this.#appender.append(this.#names.topic(topic), this.#partitionsOf(topic), entries);
  }

  async subscribe(subscription: Subscription): Promise<Consumer> {
    this.#refuseIfClosed();
    const { sessionTimeoutMs = 30_000, clock, log } = this.#options;
    await this.#prepareChangelog(subscription);
    const consumer = await KafkaConsumer.start({
      client: createClient(this.#options, log),
      memberClient: createClient(this.#options, log),
      reader: this.#reader,
      names: this.#names,
      metadata: (of) => this.#partitionsOf(of),
      subscription,
      sessionTimeoutMs,
      compression: this.#compression,
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

  async end(topic: TopicName, partition: number): Promise<number> {
    this.#refuseIfClosed();
    return (await this.#reader.stableEnds(this.#names.topic(topic))).get(partition) ?? 0;
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

  async #prepareChangelog({ group, topic }: Subscription): Promise<void> {
    const changelog = this.#names.state(group, topic);
    try {
      // kafkajs drops what goes to a partition that is not there, and says nothing: too few are refused here.
      await ensureTopics(this.#options, [statePlan(changelog, this.partitions(topic))]);
      await this.#reader.topic(changelog);
    } catch (error) {
      throw unavailable(error);
    }
  }

  #partitionsOf(topic: TopicName): PartitionMetadata[] {
    return this.#metadata.get(topic) ?? [];
  }

  #refuseIfClosed(): void {
    if (this.#closed) throw closedError('the event log');
  }
}
