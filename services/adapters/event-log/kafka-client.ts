// What every connection to Kafka has in common: the client's settings, its log, its errors as ours.
import './kafkajs-mends.ts';
import './kafka-compression.ts';
import { Kafka, type LogEntry, logLevel } from 'kafkajs';
import { messageOf, PipewardenError } from '../../core/errors.ts';
import type { Log } from '../../telemetry/log.ts';
import { type KafkaSecurity, securityOf } from './kafka-security.ts';

export interface KafkaAddress extends KafkaSecurity {
  /** `host:port` of some brokers; the others are found through them. */
  readonly brokers: readonly string[];
  /** Shown in the brokers' logs and quotas. */
  readonly clientId: string;
}

export const CONNECTION = {
  connectionTimeout: 3_000,
  authenticationTimeout: 10_000,
  reauthenticationThreshold: 10_000,
  requestTimeout: 30_000,
  enforceRequestTimeout: true,
} as const;
export const RETRY = { retries: 6, initialRetryTime: 50, maxRetryTime: 2_000 } as const;

/**
 * A kafkajs client. One for each role: clients share what they believe to be committed among all they make, and a
 * transactional producer believes it before the commit.
 */
export function createClient(address: KafkaAddress, log: Log): Kafka {
  return new Kafka({
    brokers: [...address.brokers],
    clientId: address.clientId,
    ...securityOf(address),
    ...CONNECTION,
    retry: RETRY,
    logLevel: logLevel.WARN,
    logCreator: () => (entry) => report(log, entry),
  });
}

/** Its warnings are about what it tries again by itself; what it gives up comes to us as an error. */
function report(log: Log, { namespace, label, log: { message } }: LogEntry): void {
  log.debug('the Kafka client reports', { part: namespace, level: label, text: message });
}

/** Error types by which a broker says that a newer owner has taken over the transactional id. */
const FENCED = new Set(['INVALID_PRODUCER_EPOCH', 'INVALID_PRODUCER_ID_MAPPING', 'PRODUCER_FENCED']);

export function isFenced(error: unknown): boolean {
  return causes(error).some((each) => 'type' in each && typeof each.type === 'string' && FENCED.has(each.type));
}

/** Error types by which a broker says that it knows us, and that we may not. */
const FORBIDDEN = /_AUTHORIZATION_FAILED$|^SASL_AUTHENTICATION_FAILED$|^UNSUPPORTED_SASL_MECHANISM$/;

export function isRefusal(error: unknown): boolean {
  return causes(error).some(
    (each) =>
      (each instanceof PipewardenError && each.code === 'LOG_REFUSED') ||
      each.name === 'KafkaJSSASLAuthenticationError' ||
      ('type' in each && typeof each.type === 'string' && FORBIDDEN.test(each.type)),
  );
}

/** The error, what led to it, and what it holds together. */
function causes(error: unknown): readonly Error[] {
  if (!(error instanceof Error)) return [];
  const many = 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  return [error, ...causes(error.cause), ...many.flatMap(causes)];
}

export function unavailable(error: unknown): PipewardenError {
  if (error instanceof PipewardenError) return error;
  const code = isRefusal(error) ? 'LOG_REFUSED' : 'LOG_UNAVAILABLE';
  return new PipewardenError(code, { problem: messageOf(error) }, error);
}

export function closedError(what: string): PipewardenError {
  return new PipewardenError('LOG_UNAVAILABLE', { problem: `${what} is closed` });
}
