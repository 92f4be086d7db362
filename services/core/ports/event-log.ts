// Port: the event log. Promises only what Kafka keeps: order per key, durability before the answer, consumer groups with
// one consumer per partition, replay from an offset, and "consume → state → produce" as one commit per input partition.
import type { TopicName } from '../topics.ts';

export interface NewEntry {
  /** Entries with the same key keep their order and share a partition. */
  readonly key: string;
  readonly value: string;
  /** Where it goes whatever its key: for what is said to a partition and not of a key. */
  readonly partition?: number;
}

export interface Entry extends NewEntry {
  readonly partition: number;
  /** Grows within a partition; may have gaps. */
  readonly offset: number;
}

export interface StateEntry {
  readonly key: string;
  readonly value: string;
}

export interface StateChange {
  readonly key: string;
  /** Null removes the key. */
  readonly value: string | null;
}

/** What a batch leads to; committed together with its offset, or not at all. */
export interface Outcome {
  readonly state?: readonly StateChange[];
  readonly produce?: readonly (NewEntry & { readonly topic: TopicName })[];
}

/** A partition that this consumer now owns, with the state that its last owner committed. */
export interface Assignment {
  readonly partition: number;
  readonly state: AsyncIterable<StateEntry>;
  /** Whether entries of the topic with this key come to this partition. */
  owns(key: string): boolean;
}

/** One partition's processor; it lives from assignment to loss, and may keep what it restored in memory. */
export interface PartitionProcessor {
  /**
   * Turns a batch (never empty, in order) into an outcome. When it throws, or the commit is refused because another
   * owner has taken over, nothing of the outcome becomes visible, the processor is dropped, and the batch comes again
   * to a new one (here or elsewhere), after a growing pause. The signal is aborted when the partition is lost and when
   * the consumer closes: a processor that waits for something then gives up by throwing, any other one finishes.
   */
  process(batch: readonly Entry[], signal: AbortSignal): Promise<Outcome> | Outcome;
  close?(): void | Promise<void>;
}

export interface Subscription {
  /** Consumers of one group share a topic's partitions; each group reads all of it. State belongs to the group. */
  readonly group: string;
  readonly topic: TopicName;
  /** At most so many entries at a time; default 500. */
  readonly batchSize?: number;
  open(assignment: Assignment): Promise<PartitionProcessor>;
  /** Told of every failed batch, and with partition −1 of a failure of the whole consumer; it goes on by itself. */
  onError?(error: unknown, partition: number): void;
}

export interface Consumer {
  /**
   * Resolves when every entry that was durable at the call, in any partition, has been committed by the group. Rejects
   * with the signal's reason, or with LOG_UNAVAILABLE when the consumer closes before.
   */
  caughtUp(signal?: AbortSignal): Promise<void>;
  /** Entries not yet committed by the group, over all partitions. */
  lag(): Promise<number>;
  /** Finishes the batch in hand, releases the partitions. A second call does nothing. */
  close(): Promise<void>;
}

export interface EventLog {
  /**
   * Appends, in order. Resolves when all are durable; rejects with LOG_UNAVAILABLE otherwise, and then some may have
   * been written: the caller appends again, consumers drop what they have seen.
   */
  append(topic: TopicName, entries: readonly NewEntry[]): Promise<void>;
  /** New groups begin at the oldest entry that is kept. */
  subscribe(subscription: Subscription): Promise<Consumer>;
  /** Entries of a partition from an offset on, committed ones only, at most `limit`; empty at the end. */
  read(topic: TopicName, partition: number, from: number, limit: number): Promise<readonly Entry[]>;
  /** Where `read` would find what is appended next. */
  end(topic: TopicName, partition: number): Promise<number>;
  /** What a group has committed as its state of a partition, for somebody else to look at; empty for an unknown group. */
  state(group: string, topic: TopicName, partition: number): AsyncIterable<StateEntry>;
  partitions(topic: TopicName): number;
  close(): Promise<void>;
}
