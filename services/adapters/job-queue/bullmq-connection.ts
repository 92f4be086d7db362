// How Redis is reached: an address or ioredis' own options, as the configuration has them.
import type { RedisOptions } from 'ioredis';

/** Where and as whom, in the names of ioredis. */
type Endpoint = Pick<RedisOptions, 'host' | 'port' | 'path' | 'family' | 'db' | 'username' | 'password' | 'tls'>;

export type BullmqConnection = Endpoint | { readonly url: string };

/** Takes `redis://user:password@host:6379/0`, and `rediss://…` for TLS. */
export function endpointOf(connection: BullmqConnection): Endpoint {
  if (!('url' in connection)) return connection;
  const url = new URL(connection.url);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 6379),
    ...(url.username ? { username: decodeURIComponent(url.username) } : {}),
    ...(url.password ? { password: decodeURIComponent(url.password) } : {}),
    ...(url.pathname.length > 1 ? { db: Number(url.pathname.slice(1)) } : {}),
    ...(url.protocol === 'rediss:' ? { tls: { servername: url.hostname } } : {}),
  };
}
