// How a connection to Kafka is encrypted and who we say we are: TLS, and the SASL mechanisms that brokers know
// (https://kafka.apache.org/documentation/#security).
import type { ConnectionOptions } from 'node:tls';
import type { Mechanism, SASLOptions } from 'kafkajs';
import { bearerMechanism } from './kafka-bearer.ts';

export interface KafkaTls {
  /** PEM of the authorities that may have signed the brokers' certificates; left out: those that Node.js trusts. */
  readonly ca?: string;
  /** PEM of our own certificate, its chain included, and its key: for brokers that ask for one. */
  readonly certificate?: { readonly chain: string; readonly key: string };
  /** The name in the brokers' certificates, where it is not the one in their addresses. */
  readonly serverName?: string;
}

interface Password {
  readonly username: string;
  readonly password: string;
}

export type KafkaSasl =
  | ({ readonly mechanism: 'plain' } & Password)
  | ({ readonly mechanism: 'scram-sha-256' } & Password)
  | ({ readonly mechanism: 'scram-sha-512' } & Password)
  | {
      readonly mechanism: 'oauthbearer';
      /** Asked at each authentication. */
      readonly token: () => Promise<string>;
    };

export interface KafkaSecurity {
  /** Left out: nothing is encrypted. */
  readonly tls?: KafkaTls;
  readonly sasl?: KafkaSasl;
}

export interface ClientSecurity {
  ssl?: ConnectionOptions;
  sasl?: SASLOptions | Mechanism;
}

/** The same in kafkajs's words. */
export function securityOf({ tls, sasl }: KafkaSecurity): ClientSecurity {
  return { ...(tls && { ssl: sslOf(tls) }), ...(sasl && { sasl: saslOf(sasl) }) };
}

function sslOf({ ca, certificate, serverName }: KafkaTls): ConnectionOptions {
  return {
    ...(ca !== undefined && { ca }),
    ...(certificate && { cert: certificate.chain, key: certificate.key }),
    ...(serverName !== undefined && { servername: serverName }),
    minVersion: 'TLSv1.2',
  };
}

function saslOf(sasl: KafkaSasl): SASLOptions | Mechanism {
  return sasl.mechanism === 'oauthbearer' ? bearerMechanism(sasl.token) : sasl;
}
