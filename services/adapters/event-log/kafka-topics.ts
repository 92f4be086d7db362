// The topics in Kafka: their names, their settings, which partition a key belongs to.
import { type ITopicConfig, type Kafka, Partitioners, type PartitionMetadata } from 'kafkajs';
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

export function topicConfig(names: TopicNaming, topic: TopicName): ITopicConfig {
  const { partitions, retention_ms } = TOPICS[topic];
  return config(names.topic(topic), partitions, { 'retention.ms': retention_ms });
}

export function stateConfig(topic: string, partitions: number): ITopicConfig {
  return config(topic, partitions, { 'cleanup.policy': 'compact' });
}

function config(
  topic: string,
  numPartitions: number,
  settings: Readonly<Record<string, string | number>>,
): ITopicConfig {
  const all = { 'max.message.bytes': MAX_MESSAGE_BYTES, ...settings };
  const configEntries = Object.entries(all).map(([name, value]) => ({ name, value: String(value) }));
  return { topic, numPartitions, replicationFactor: -1, configEntries };
}

/** Makes those that are missing; what is there stays as it is. Brokers may need a moment more to know a new topic. */
export async function createTopics(client: Kafka, wanted: readonly ITopicConfig[]): Promise<void> {
  const admin = client.admin();
  try {
    await admin.connect();
    const present = new Set(await admin.listTopics());
    const topics = wanted.filter(({ topic }) => !present.has(topic));
    if (topics.length > 0) await admin.createTopics({ topics, waitForLeaders: false });
  } finally {
    await admin.disconnect();
  }
}

const partitioner = Partitioners.DefaultPartitioner();

/** As Kafka's own clients choose it: murmur2 of the key, modulo the number of partitions. */
export function partitionOf(topic: string, partitionMetadata: PartitionMetadata[], key: string): number {
  return partitioner({ topic, partitionMetadata, message: { key: Buffer.from(key), value: null } });
}
