// The parts of kafkajs 2.2.4 below its public surface that the Kafka adapter uses: a plain read of one partition, and
// the places that `kafkajs-mends.ts` repairs. The version is pinned; a newer one must be compared with this file.
declare module 'kafkajs/src/network/requestQueue/index.js' {
  export default class RequestQueue {
    constructor(options: {
      readonly maxInFlightRequests: number;
      readonly requestTimeout: number;
      readonly logger: object;
    });
    readonly pending: unknown[];
    /** Null: nothing is scheduled. */
    readonly throttleCheckTimeoutId: NodeJS.Timeout | null;
    checkPendingRequests(): void;
    destroy(): void;
    scheduleCheckPendingRequests(): void;
  }
}

declare module 'kafkajs/src/network/connection.js' {
  export default class Connection {
    /** What has come of a response that is not yet whole. */
    chunks: readonly Buffer[];
    bytesBuffered: number;
    bytesNeeded: number;
    isConnected(): boolean;
    connect(): Promise<boolean>;
  }
}

declare module 'kafkajs/src/broker/index.js' {
  export interface FetchedMessage {
    readonly offset: string;
    readonly key: Buffer | null;
    readonly value: Buffer | null;
    /** A transaction's marker; never shown to a reader. */
    isControlRecord: boolean;
    /** Of the record batch that the message came in. */
    readonly batchContext: {
      readonly firstOffset: string;
      readonly lastOffsetDelta: number;
      readonly producerId: string;
      readonly inTransaction: boolean;
    };
  }
  export interface FetchedPartition {
    readonly partition: number;
    readonly highWatermark: string;
    readonly lastStableOffset: string;
    abortedTransactions: readonly { readonly producerId: string; readonly firstOffset: string }[];
    readonly messages: readonly FetchedMessage[];
  }
  export interface PartitionOffset {
    readonly partition: number;
    readonly offset: string;
  }
  export default class Broker {
    fetch(request: {
      readonly isolationLevel: number;
      readonly maxWaitTime: number;
      readonly minBytes: number;
      readonly maxBytes: number;
      readonly topics: readonly {
        readonly topic: string;
        readonly partitions: readonly {
          readonly partition: number;
          readonly fetchOffset: string;
          readonly maxBytes: number;
        }[];
      }[];
    }): Promise<{ readonly responses: readonly { readonly partitions: readonly FetchedPartition[] }[] }>;
    listOffsets(request: {
      readonly isolationLevel: number;
      readonly topics: readonly {
        readonly topic: string;
        readonly partitions: readonly { readonly partition: number; readonly timestamp: number }[];
      }[];
    }): Promise<{ readonly responses: readonly { readonly partitions: readonly PartitionOffset[] }[] }>;
    offsetFetch(request: {
      readonly groupId: string;
      readonly topics: readonly {
        readonly topic: string;
        readonly partitions: readonly { readonly partition: number }[];
      }[];
    }): Promise<{ readonly responses: readonly { readonly partitions: readonly PartitionOffset[] }[] }>;
    initProducerId(request: object): Promise<object>;
    addPartitionsToTxn(request: object): Promise<object>;
    addOffsetsToTxn(request: object): Promise<object>;
  }
}

declare module 'kafkajs/src/cluster/index.js' {
  import type { ConnectionOptions } from 'node:tls';
  import type { ISocketFactory, Logger, Mechanism, PartitionMetadata, RetryOptions, SASLOptions } from 'kafkajs';
  import type Broker from 'kafkajs/src/broker/index.js';
  export default class Cluster {
    constructor(options: {
      readonly brokers: readonly string[];
      readonly clientId: string;
      readonly logger: Logger;
      readonly socketFactory: ISocketFactory;
      readonly ssl?: ConnectionOptions;
      readonly sasl?: SASLOptions | Mechanism;
      readonly connectionTimeout: number;
      readonly authenticationTimeout: number;
      readonly reauthenticationThreshold: number;
      readonly requestTimeout: number;
      readonly enforceRequestTimeout: boolean;
      readonly metadataMaxAge: number;
      readonly allowAutoTopicCreation: boolean;
      readonly maxInFlightRequests: number | null;
      readonly retry: RetryOptions;
    });
    connect(): Promise<void>;
    disconnect(): Promise<void>;
    addMultipleTargetTopics(topics: readonly string[]): Promise<void>;
    refreshMetadata(): Promise<void>;
    refreshMetadataIfNecessary(): Promise<void>;
    findTopicPartitionMetadata(topic: string): PartitionMetadata[];
    /** Partitions by their leader's node id. */
    findLeaderForPartitions(topic: string, partitions: readonly number[]): Readonly<Record<string, readonly number[]>>;
    findBroker(node: { readonly nodeId: string }): Promise<Broker>;
    findGroupCoordinator(group: { readonly groupId: string }): Promise<Broker>;
  }
}

declare module 'kafkajs/src/network/socketFactory.js' {
  import type { ISocketFactory } from 'kafkajs';
  export default function createSocketFactory(): ISocketFactory;
}
