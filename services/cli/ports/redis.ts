// Redis as the configuration wants it: secrets resolved, certificates read.
import type { BullmqConnection, RedisAddress } from '../../adapters/job-queue/bullmq-connection.ts';
import type { Resolve } from '../../core/configuration/secret-reference.ts';
import { known } from '../../core/known.ts';
import type { BullmqSetting } from '../configuration/job-queue.ts';
import { readPem } from '../configuration/tls.ts';

/** Throws CONFIG_INVALID when a reference leads nowhere. */
export function redisConnection(setting: BullmqSetting, resolve: Resolve): BullmqConnection {
  const secret = (reference: string | undefined) => (reference === undefined ? undefined : resolve(reference));
  const { url, sentinel, cluster, username } = setting;
  const password = secret(setting.password);
  const access = known({ username, password, tls: setting.tls && tlsOptions(setting.tls, secret(setting.tls.key)) });
  if (sentinel) {
    const { name } = sentinel;
    const asked = known({ username: sentinel.username, password: secret(sentinel.password) });
    return { ...access, sentinel: { nodes: sentinel.nodes.map(addressOf), name, ...asked } };
  }
  if (cluster) return { ...access, cluster: cluster.map(addressOf) };
  return { ...access, url: secret(url) ?? '' };
}

function tlsOptions({ ca, certificate, server_name }: NonNullable<BullmqSetting['tls']>, key: string | undefined) {
  return known({
    ca: ca === undefined ? undefined : readPem('job_queue.tls.ca', ca),
    cert: certificate === undefined ? undefined : readPem('job_queue.tls.certificate', certificate),
    key,
    servername: server_name,
  });
}

function addressOf(node: string): RedisAddress {
  const colon = node.lastIndexOf(':');
  return { host: node.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(node.slice(colon + 1)) };
}
