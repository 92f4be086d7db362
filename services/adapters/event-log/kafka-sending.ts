// How entries are handed to a kafkajs producer: one partition at a time, in record batches of bounded size.
import type { CompressionTypes, Message, PartitionMetadata } from 'kafkajs';
import type { NewEntry } from '../../core/ports/event-log.ts';
import { type Compression, compressionOf } from './kafka-compression.ts';
import { partitionOf } from './kafka-topics.ts';

/** Brokers refuse large record batches, and kafkajs makes one of all messages of a partition that it is given at once. */
const BATCH_BYTES = 512 * 1024;

interface Sender {
  send(record: { topic: string; acks: number; compression: CompressionTypes; messages: Message[] }): Promise<unknown>;
}

export function message(partition: number, key: string, value: string | null): Message {
  return { partition, key: Buffer.from(key), value: value === null ? null : Buffer.from(value) };
}

/** Entries by the partition of their key, in order. */
export function byPartition(
  topic: string,
  metadata: PartitionMetadata[],
  entries: readonly NewEntry[],
): Map<number, Message[]> {
  const groups = new Map<number, Message[]>();
  for (const { key, value, partition: wanted } of entries) {
    const partition = wanted ?? partitionOf(topic, metadata, key);
    const group = groups.get(partition);
    if (group) group.push(message(partition, key, value));
    else groups.set(partition, [message(partition, key, value)]);
  }
  return groups;
}

/**
 * Sends messages of one partition, in order; resolves when all replicas have them. One partition for each call: when
 * leaders move, kafkajs may forget a partition that it sends together with others, and resolve none the less.
 */
export async function sendInOrder(
  sender: Sender,
  topic: string,
  messages: readonly Message[],
  compression: Compression,
): Promise<void> {
  for (const { batch, bytes } of batches(messages)) {
    await sender.send({ topic, acks: -1, compression: compressionOf(compression, bytes), messages: batch });
  }
}

function* batches(messages: readonly Message[]): Generator<{ readonly batch: Message[]; readonly bytes: number }> {
  let batch: Message[] = [];
  let bytes = 0;
  for (const next of messages) {
    const more = (next.key?.length ?? 0) + (next.value?.length ?? 0);
    if (batch.length > 0 && bytes + more > BATCH_BYTES) {
      yield { batch, bytes };
      batch = [];
      bytes = 0;
    }
    batch.push(next);
    bytes += more;
  }
  if (batch.length > 0) yield { batch, bytes };
}
