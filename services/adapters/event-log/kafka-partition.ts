// One partition in a consumer's hands: fences its last owner, gives a processor the state, commits what it makes of
// each batch in one transaction: entries, state changes and the group's offset.
import { type Kafka, Partitioners, type PartitionMetadata, type Producer, type Transaction } from 'kafkajs';
import { messageOf, PipewardenError } from '../../core/errors.ts';
import type { Entry, Outcome, PartitionProcessor, Subscription } from '../../core/ports/event-log.ts';
import type { TopicName } from '../../core/topics.ts';
import type { Log } from '../../telemetry/log.ts';
import { isFenced, RETRY, unavailable } from './kafka-client.ts';
import type { Compression } from './kafka-compression.ts';
import type { KafkaReader } from './kafka-reader.ts';
import { byPartition, message, sendInOrder } from './kafka-sending.ts';
import { partitionOf, type TopicNaming } from './kafka-topics.ts';

/** Readers wait for open transactions; one is opened only to be committed at once. */
const TRANSACTION_TIMEOUT_MS = 30_000;

export interface PartitionContext {
  /** Of the transactional producers alone; see `createClient`. */
  readonly client: Kafka;
  readonly reader: KafkaReader;
  readonly names: TopicNaming;
  readonly metadata: (topic: TopicName) => PartitionMetadata[];
  readonly subscription: Subscription;
  readonly compression: Compression;
  readonly log: Log;
}

export class OwnedPartition {
  readonly #context: PartitionContext;
  readonly #partition: number;
  readonly #producer: Producer;
  readonly #leaving = new AbortController();
  #processor: PartitionProcessor | undefined;
  #next = 0;
  #inHand: Promise<void> | undefined;
  #closed: Promise<void> | undefined;

  private constructor(context: PartitionContext, partition: number) {
    const { client, names, subscription } = context;
    this.#context = context;
    this.#partition = partition;
    this.#producer = client.producer({
      transactionalId: names.transactionalId(subscription.group, subscription.topic, partition),
      transactionTimeout: TRANSACTION_TIMEOUT_MS,
      createPartitioner: Partitioners.DefaultPartitioner,
      allowAutoTopicCreation: false,
      retry: RETRY,
    });
  }

  /** Takes the partition over. From here on an older owner commits nothing more. */
  static async open(context: PartitionContext, partition: number): Promise<OwnedPartition> {
    const owned = new OwnedPartition(context, partition);
    try {
      await owned.#take();
    } catch (error) {
      await owned.close();
      throw error;
    }
    return owned;
  }

  /** Offset of the first entry that the group has not committed. */
  get next(): number {
    return this.#next;
  }

  /** Processes and commits. When it rejects, nothing became visible, and only `close` may be called. */
  async run(batch: readonly Entry[]): Promise<void> {
    const done = this.#run(batch);
    this.#inHand = done.catch(() => {}); // The caller of `run` is told; `close` only waits.
    await done;
  }

  /** Tells the processor, by its signal, to come to an end. */
  abort(): void {
    this.#leaving.abort();
  }

  /** Waits for the batch in hand. A second call waits for the first. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #take(): Promise<void> {
    const { reader, names, metadata, subscription } = this.#context;
    const { group, topic } = subscription;
    try {
      await this.#producer.connect();
      // Beginning a transaction is what fences: the broker ends what the last owner left open and refuses it from then
      // on. Only after that are offset and state final; those that the consumer fetched when it joined may be older.
      await (await this.#producer.transaction()).abort();
      this.#next = (await reader.committed(names.group(group, topic), names.topic(topic))).get(this.#partition) ?? 0;
    } catch (error) {
      throw unavailable(error);
    }
    this.#processor = await subscription.open({
      partition: this.#partition,
      state: reader.lastValues(names.state(group, topic), this.#partition),
      owns: (key) => partitionOf(names.topic(topic), metadata(topic), key) === this.#partition,
    });
  }

  async #run(batch: readonly Entry[]): Promise<void> {
    const last = batch.at(-1);
    if (!last || !this.#processor) return;
    const outcome = await this.#processor.process(batch, this.#leaving.signal);
    try {
      await this.#commit(outcome, last.offset + 1);
    } catch (error) {
      const { topic } = this.#context.subscription;
      throw isFenced(error)
        ? new PipewardenError('LOG_FENCED', { partition: this.#partition, topic }, error)
        : unavailable(error);
    }
    this.#next = last.offset + 1;
  }

  async #commit({ state = [], produce = [] }: Outcome, offset: number): Promise<void> {
    const { names, metadata, subscription, compression } = this.#context;
    const { group, topic } = subscription;
    const transaction = await this.#producer.transaction();
    try {
      for (const [target, entries] of Map.groupBy(produce, (entry) => entry.topic)) {
        const groups = byPartition(names.topic(target), metadata(target), entries);
        for (const messages of groups.values()) {
          await sendInOrder(transaction, names.topic(target), messages, compression);
        }
      }
      const changes = state.map(({ key, value }) => message(this.#partition, key, value));
      await sendInOrder(transaction, names.state(group, topic), changes, compression);
      await transaction.sendOffsets({
        consumerGroupId: names.group(group, topic),
        topics: [{ topic: names.topic(topic), partitions: [{ partition: this.#partition, offset: String(offset) }] }],
      });
      await transaction.commit();
    } catch (error) {
      await this.#abandon(transaction);
      throw error;
    }
  }

  /** Spares readers the wait for the timeout. Where it fails, the next owner or the timeout does it. */
  async #abandon(transaction: Transaction): Promise<void> {
    if (!transaction.isActive()) return;
    try {
      await transaction.abort();
    } catch (error) {
      this.#context.log.debug('a transaction was not aborted', { problem: messageOf(error) });
    }
  }

  async #close(): Promise<void> {
    this.abort();
    await this.#inHand;
    const { log, subscription } = this.#context;
    try {
      await this.#processor?.close?.();
      await this.#producer.disconnect();
    } catch (error) {
      const { group, topic } = subscription;
      log.warn('a partition was not closed in order', {
        group,
        topic,
        partition: this.#partition,
        problem: messageOf(error),
      });
    }
  }
}
