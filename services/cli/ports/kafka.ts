// Kafka as the configuration wants it: secrets resolved, certificates read.
import type { KafkaEventLogOptions } from '../../adapters/event-log/kafka.ts';
import { clientCredentials } from '../../adapters/event-log/kafka-oauth.ts';
import type { KafkaSasl, KafkaTls } from '../../adapters/event-log/kafka-security.ts';
import { systemClock } from '../../core/clock.ts';
import { resolveSecret } from '../../core/configuration/secret-reference.ts';
import { PipewardenError } from '../../core/errors.ts';
import { known } from '../../core/known.ts';
import type { Log } from '../../telemetry/log.ts';
import type { KafkaConfiguration } from '../configuration/event-log.ts';
import { readPem } from '../configuration/tls.ts';
import type { Io } from '../io.ts';

/** Throws CONFIG_INVALID for a secret or a file that is not there. */
export function kafkaOptions(configuration: KafkaConfiguration, env: Io['env'], log: Log): KafkaEventLogOptions {
  const { brokers, prefix, partitions, replication, session_seconds, compression, tls, sasl } = configuration;
  return known({
    brokers,
    prefix,
    partitions,
    sessionTimeoutMs: session_seconds * 1000,
    compression,
    clientId: 'pipewarden',
    replication,
    tls: tls && tlsOf(tls, env),
    sasl: sasl && saslOf(sasl, env),
    clock: systemClock,
    log,
  });
}

function tlsOf(tls: NonNullable<KafkaConfiguration['tls']>, env: Io['env']): KafkaTls {
  const { ca, certificate, key, server_name } = tls;
  return known({
    ca: ca === undefined ? undefined : readPem('event_log.tls.ca', ca),
    certificate:
      certificate === undefined || key === undefined
        ? undefined
        : { chain: readPem('event_log.tls.certificate', certificate), key: resolveSecret(key, env) },
    serverName: server_name,
  });
}

function saslOf(sasl: NonNullable<KafkaConfiguration['sasl']>, env: Io['env']): KafkaSasl {
  if (sasl.mechanism !== 'oauthbearer') {
    return { ...sasl, password: resolveSecret(sasl.password, env) };
  }
  const { mechanism, token, token_url: url, client_id: clientId, client_secret, scope } = sasl;
  if (token !== undefined) return { mechanism, token: async () => resolveSecret(token, env) };
  if (url === undefined || clientId === undefined || client_secret === undefined) {
    throw new PipewardenError('CONFIG_INVALID', {
      problems: 'event_log.sasl has neither a token nor a token endpoint',
    });
  }
  const endpoint = {
    url,
    clientId,
    clientSecret: resolveSecret(client_secret, env),
    fetch: globalThis.fetch,
    clock: systemClock,
  };
  return { mechanism, token: clientCredentials({ ...endpoint, ...(scope !== undefined && { scope }) }) };
}
