// The topics in Kafka: their names, how they are to be, which partition a key belongs to.
import { Partitioners, type PartitionMetadata } from 'kafkajs';
import { TOPICS, type TopicName } from '../../core/topics.ts';

/** Of one record batch; also the largest entry. A megabyte of text with its envelope must fit. */
const MAX_MESSAGE_BYTES = 8 * 1024 * 1024;

export const TOPIC_NAMES = Object.keys(TOPICS).filter((name): name is TopicName => name in TOPICS);

export interface TopicNaming {
  topic(topic: TopicName): string;
  /** Of the consumer group: one per topic, because members of a Kafka group must all read the same topics. */
  group(group: string, topic: TopicName): string;
  /** The changelog of a group's state; partition p holds the state of partition p. */
  state(group: string, topic: TopicName): string;
  /** Whoever opens it last fences the others. */
  transactionalId(group: string, topic: TopicName, partition: number): string;
}

export function naming(prefix: string): TopicNaming {
  return {
    topic: (topic) => `${prefix}${topic}`,
    group: (group, topic) => `${prefix}${group}.${topic}`,
    state: (group, topic) => `${prefix}state.${group}.${topic}`,
    transactionalId: (group, topic, partition) => `${prefix}${group}.${topic}.${partition}`,
  };
}

/** How a topic is to be. */
export interface TopicPlan {
  readonly name: string;
  readonly partitions: number;
  /**
   * What another number of partitions means. `wrong`: nothing works with it; `more`: fewer do not do, and can be added to;
   * `other`: it works, but keys move when it changes, so it stays as it was made.
   */
  readonly count: 'wrong' | 'more' | 'other';
  /** What keeps entries, or the last of each key: the wrong one loses what must not be lost. */
  readonly cleanup: 'delete' | 'compact';
  /** At least so long; a changelog keeps for ever. */
  readonly retentionMs?: number;
  /** At least so many. */
  readonly maxMessageBytes: number;
}

/** `activities`: partitions of the one topic that is shared out; the others are as the table of topics has them. */
export function topicPlan(names: TopicNaming, topic: TopicName, activities?: number): TopicPlan {
  const { partitions, retention_ms } = TOPICS[topic];
  return {
    name: names.topic(topic),
    partitions: partitions === 1 ? 1 : (activities ?? partitions),
    count: partitions === 1 ? 'wrong' : 'other',
    cleanup: 'delete',
    retentionMs: retention_ms,
    maxMessageBytes: MAX_MESSAGE_BYTES,
  };
}

export function statePlan(name: string, partitions: number): TopicPlan {
  return { name, partitions, count: 'more', cleanup: 'compact', maxMessageBytes: MAX_MESSAGE_BYTES };
}

const partitioner = Partitioners.DefaultPartitioner();

/** As Kafka's own clients choose it: murmur2 of the key, modulo the number of partitions. */
export function partitionOf(topic: string, partitionMetadata: PartitionMetadata[], key: string): number {
  return partitioner({ topic, partitionMetadata, message: { key: Buffer.from(key), value: null } });
}
