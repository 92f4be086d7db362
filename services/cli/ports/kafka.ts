// Kafka as the configuration wants it: secrets resolved, certificates read.
import type { KafkaEventLogOptions } from '../../adapters/event-log/kafka.ts';
import { clientCredentials } from '../../adapters/event-log/kafka-oauth.ts';
import type { KafkaSasl, KafkaTls } from '../../adapters/event-log/kafka-security.ts';
import { systemClock } from '../../core/clock.ts';
import type { Resolve } from '../../core/configuration/secret-reference.ts';
import { PipewardenError } from '../../core/errors.ts';
import { known } from '../../core/known.ts';
import type { Log } from '../../telemetry/log.ts';
import type { KafkaConfiguration } from '../configuration/event-log.ts';
import { readPem } from '../configuration/tls.ts';

/** Throws CONFIG_INVALID for a secret or a file that is not there. */
export function kafkaOptions(configuration: KafkaConfiguration, secret: Resolve, log: Log): KafkaEventLogOptions {
  const { brokers, prefix, partitions, replication, session_seconds, compression, tls, sasl } = configuration;
  return known({
    brokers,
    prefix,
    partitions,
    sessionTimeoutMs: session_seconds * 1000,
    compression,
    clientId: 'pipewarden',
    replication,
    tls: tls && tlsOf(tls, secret),
    sasl: sasl && saslOf(sasl, secret),
    clock: systemClock,
    log,
  });
}

function tlsOf(tls: NonNullable<KafkaConfiguration['tls']>, secret: Resolve): KafkaTls {
  const { ca, certificate, key, server_name } = tls;
  return known({
    ca: ca === undefined ? undefined : readPem('event_log.tls.ca', ca),
    certificate:
      certificate === undefined || key === undefined
        ? undefined
        : { chain: readPem('event_log.tls.certificate', certificate), key: secret(key) },
    serverName: server_name,
  });
}

function saslOf(sasl: NonNullable<KafkaConfiguration['sasl']>, secret: Resolve): KafkaSasl {
  if (sasl.mechanism !== 'oauthbearer') {
    return { ...sasl, password: secret(sasl.password) };
  }
  const { mechanism, token, token_url: url, client_id: clientId, client_secret, scope } = sasl;
  if (token !== undefined) return { mechanism, token: async () => secret(token) };
  if (url === undefined || clientId === undefined || client_secret === undefined) {
    throw new PipewardenError('CONFIG_INVALID', {
      problems: 'event_log.sasl has neither a token nor a token endpoint',
    });
  }
  const endpoint = {
    url,
    clientId,
    clientSecret: secret(client_secret),
    fetch: globalThis.fetch,
    clock: systemClock,
  };
  return { mechanism, token: clientCredentials({ ...endpoint, ...(scope !== undefined && { scope }) }) };
}
