// Reads Kafka without a consumer group: a piece of a partition, its ends, a group's committed offsets. kafkajs has no
// public call for the first, so this stands on its cluster class.
import type { PartitionMetadata } from 'kafkajs';
import Cluster from 'kafkajs/src/cluster/index.js';
import createSocketFactory from 'kafkajs/src/network/socketFactory.js';
import type { Clock } from '../../core/clock.ts';
import { PipewardenError } from '../../core/errors.ts';
import type { StateEntry } from '../../core/ports/event-log.ts';
import type { Log } from '../../telemetry/log.ts';
import { CONNECTION, createClient, type KafkaAddress, RETRY, unavailable } from './kafka-client.ts';
import { securityOf } from './kafka-security.ts';

const READ_UNCOMMITTED = 0;
const READ_COMMITTED = 1;
const EARLIEST = -2;
const LATEST = -1;
const PIECE_BYTES = 1024 * 1024;
const ATTEMPTS = 5;
const FIRST_PAUSE_MS = 50;

export interface KafkaMessage {
  readonly offset: number;
  readonly key: string;
  /** Null: a tombstone. */
  readonly value: string | null;
}

export interface Piece {
  /** Committed ones only. */
  readonly messages: readonly KafkaMessage[];
  /** Where the next piece begins, past transaction markers too; equal to `from` at the end. */
  readonly next: number;
}

export class KafkaReader {
  readonly #cluster: Cluster;
  readonly #clock: Clock;

  constructor(address: KafkaAddress, clock: Clock, log: Log) {
    this.#clock = clock;
    this.#cluster = new Cluster({
      brokers: address.brokers,
      clientId: address.clientId,
      logger: createClient(address, log).logger(),
      socketFactory: createSocketFactory(),
      ...securityOf(address),
      ...CONNECTION,
      metadataMaxAge: 300_000,
      allowAutoTopicCreation: false,
      maxInFlightRequests: null,
      retry: RETRY,
    });
  }

  connect(): Promise<void> {
    return this.#attempt(() => this.#cluster.connect());
  }

  /** The partitions of a topic, which from here on is known. Waits a little for their leaders: it may be new. */
  topic(topic: string): Promise<PartitionMetadata[]> {
    return this.#attempt(async () => {
      await this.#cluster.addMultipleTargetTopics([topic]);
      const partitions = this.#cluster.findTopicPartitionMetadata(topic);
      const led = partitions.every(({ leader }) => leader >= 0);
      if (partitions.length > 0 && led) return partitions;
      throw new PipewardenError('LOG_UNAVAILABLE', { problem: `topic ${topic} has no leader` });
    });
  }

  /** About `maxBytes` of a partition, never less than a whole record batch. Begins later when `from` is kept no longer. */
  async piece(topic: string, partition: number, from: number, maxBytes = PIECE_BYTES): Promise<Piece> {
    try {
      return await this.#attempt(() => this.#fetch(topic, partition, from, maxBytes));
    } catch (error) {
      if (!isOutOfRange(error)) throw unavailable(error);
    }
    const earliest = (await this.#offsets(topic, READ_COMMITTED, EARLIEST)).get(partition) ?? 0;
    return earliest > from ? this.piece(topic, partition, earliest, maxBytes) : { messages: [], next: from };
  }

  /** The last value of each key of a changelog, which compaction leaves with repetitions and tombstones. */
  async *lastValues(changelog: string, partition: number): AsyncGenerator<StateEntry> {
    const state = new Map<string, string>();
    for (let from = 0; ; ) {
      const { messages, next } = await this.piece(changelog, partition, from);
      if (next === from) break;
      for (const { key, value } of messages) {
        if (value === null) state.delete(key);
        else state.set(key, value);
      }
      from = next;
    }
    for (const [key, value] of state) yield { key, value };
  }

  /** Past the last thing written to each partition, committed or not. */
  ends(topic: string): Promise<Map<number, number>> {
    return this.#offsets(topic, READ_UNCOMMITTED, LATEST);
  }

  /** Up to where each partition is decided: no transaction is open below. */
  stableEnds(topic: string): Promise<Map<number, number>> {
    return this.#offsets(topic, READ_COMMITTED, LATEST);
  }

  /** The next offset of the group in each partition; 0 where it has none. */
  committed(groupId: string, topic: string): Promise<Map<number, number>> {
    return this.#attempt(async () => {
      const coordinator = await this.#cluster.findGroupCoordinator({ groupId });
      const partitions = this.#partitions(topic).map((partition) => ({ partition }));
      const { responses } = await coordinator.offsetFetch({ groupId, topics: [{ topic, partitions }] });
      const found = responses.flatMap((response) => response.partitions);
      return new Map(found.map(({ partition, offset }) => [partition, Math.max(Number(offset), 0)]));
    });
  }

  close(): Promise<void> {
    return this.#cluster.disconnect();
  }

  async #fetch(topic: string, partition: number, from: number, maxBytes: number): Promise<Piece> {
    const [nodeId = ''] = Object.keys(this.#cluster.findLeaderForPartitions(topic, [partition]));
    const broker = await this.#cluster.findBroker({ nodeId });
    const { responses } = await broker.fetch({
      isolationLevel: READ_COMMITTED,
      maxWaitTime: 0,
      minBytes: 1,
      maxBytes,
      topics: [{ topic, partitions: [{ partition, fetchOffset: String(from), maxBytes }] }],
    });
    const fetched = responses[0]?.partitions[0]?.messages ?? [];
    // A record batch comes whole, from its beginning on, and its offsets may reach past its last remaining message.
    const last = fetched.at(-1)?.batchContext;
    return {
      messages: fetched
        .filter(({ offset, isControlRecord }) => !isControlRecord && Number(offset) >= from)
        .map(({ offset, key, value }) => ({
          offset: Number(offset),
          key: key?.toString() ?? '',
          value: value?.toString() ?? null,
        })),
      next: last ? Math.max(from, Number(last.firstOffset) + last.lastOffsetDelta + 1) : from,
    };
  }

  #offsets(topic: string, isolationLevel: number, timestamp: number): Promise<Map<number, number>> {
    return this.#attempt(async () => {
      const leaders = this.#cluster.findLeaderForPartitions(topic, this.#partitions(topic));
      const offsets = new Map<number, number>();
      for (const [nodeId, led] of Object.entries(leaders)) {
        const broker = await this.#cluster.findBroker({ nodeId });
        const partitions = led.map((partition) => ({ partition, timestamp }));
        const { responses } = await broker.listOffsets({ isolationLevel, topics: [{ topic, partitions }] });
        for (const found of responses.flatMap((response) => response.partitions)) {
          offsets.set(found.partition, Number(found.offset));
        }
      }
      return offsets;
    });
  }

  #partitions(topic: string): number[] {
    return this.#cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => partitionId);
  }

  /** Tries again with fresh metadata: leaders and coordinators move. An offset out of range is an answer. */
  async #attempt<Result>(work: () => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      try {
        if (attempt > 1) await this.#cluster.refreshMetadata();
        return await work();
      } catch (error) {
        if (isOutOfRange(error)) throw error;
        if (attempt === ATTEMPTS) throw unavailable(error);
      }
      await this.#clock.sleep(FIRST_PAUSE_MS * 2 ** attempt);
    }
  }
}

function isOutOfRange(error: unknown): boolean {
  return error instanceof Error && 'type' in error && error.type === 'OFFSET_OUT_OF_RANGE';
}
