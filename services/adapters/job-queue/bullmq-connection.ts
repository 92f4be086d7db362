// How Redis is reached: one server, a group behind Sentinels, or a Cluster; as whom, and with which certificates.
import { Cluster, Redis, type RedisOptions } from 'ioredis';

export interface RedisAddress {
  readonly host: string;
  readonly port: number;
}

/** As whom, in the names of ioredis. `username`: a user of Redis' ACL. `tls`: options of Node's `tls.connect`. */
type Access = Pick<RedisOptions, 'db' | 'username' | 'password' | 'tls'>;

export type BullmqConnection = Access &
  (
    | (Pick<RedisOptions, 'path' | 'family'> & Partial<RedisAddress>)
    /** `redis://user:password@host:6379/0`, `rediss://…` for TLS; what `Access` says beside it wins. */
    | { readonly url: string }
    /** `name`: of the group that the Sentinels watch. `username` and `password` are those of the Sentinels. */
    | {
        readonly sentinel: {
          readonly nodes: readonly RedisAddress[];
          readonly name: string;
          readonly username?: string;
          readonly password?: string;
        };
      }
    /** Some of its nodes; they tell of the others. A Cluster has no `db`. */
    | { readonly cluster: readonly RedisAddress[] }
  );

/** Who enqueues or asks. */
export type RedisClient = Redis | Cluster;

export interface ClientOptions {
  /** Milliseconds to wait before a lost connection is tried again; null: never again. */
  readonly retry: (times: number) => number | null;
  /** How often a command is repeated when its connection breaks; null: until it is answered. */
  readonly maxRetriesPerRequest: number | null;
  /** True: it connects by itself, and commands wait for that. False: it is to be told, and commands fail at once. */
  readonly waits: boolean;
  /** Milliseconds for a command to be answered. */
  readonly commandTimeout?: number;
}

export function createRedis(connection: BullmqConnection, options: ClientOptions): RedisClient {
  const { retry, maxRetriesPerRequest, waits, commandTimeout } = options;
  const shared = {
    maxRetriesPerRequest,
    ...(commandTimeout === undefined ? {} : { commandTimeout }),
  };
  if ('cluster' in connection) {
    const { cluster, db: _none, ...access } = connection;
    return new Cluster([...cluster], {
      lazyConnect: !waits,
      enableOfflineQueue: waits,
      clusterRetryStrategy: retry,
      redisOptions: { ...shared, ...access },
    });
  }
  return new Redis({
    ...shared,
    ...endpointOf(connection),
    lazyConnect: !waits,
    enableOfflineQueue: waits,
    retryStrategy: retry,
  });
}

/** Every key of a queue must lie on one node of a Cluster: the part in braces decides which. */
export function prefixFor(connection: BullmqConnection, prefix: string): string {
  return 'cluster' in connection && !/\{[^}]+\}/.test(prefix) ? `{${prefix}}` : prefix;
}

/** `replyMapping` is about the shape of answers, and has a type of its own in the constructor. */
type Endpoint = Omit<RedisOptions, 'replyMapping'>;

function endpointOf(connection: Exclude<BullmqConnection, { readonly cluster: unknown }>): Endpoint {
  if ('sentinel' in connection) {
    const { sentinel, ...access } = connection;
    return {
      ...access,
      name: sentinel.name,
      sentinels: sentinel.nodes.map(({ host, port }) => ({ host, port })),
      ...(sentinel.username === undefined ? {} : { sentinelUsername: sentinel.username }),
      ...(sentinel.password === undefined ? {} : { sentinelPassword: sentinel.password }),
      ...(access.tls ? { enableTLSForSentinelMode: true, sentinelTLS: access.tls } : {}),
      // A master that was replaced is left as soon as the Sentinels say so, or when it no longer takes writes.
      failoverDetector: true,
      reconnectOnError: ({ message }) => (message.startsWith('READONLY') ? 2 : false),
    };
  }
  if (!('url' in connection)) return connection;
  const { url: text, ...access } = connection;
  const url = new URL(text);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 6379),
    ...(url.username ? { username: decodeURIComponent(url.username) } : {}),
    ...(url.password ? { password: decodeURIComponent(url.password) } : {}),
    ...(url.pathname.length > 1 ? { db: Number(url.pathname.slice(1)) } : {}),
    ...(url.protocol === 'rediss:' ? { tls: {} } : {}),
    ...access,
  };
}
