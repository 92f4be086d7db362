// What every connection to Kafka has in common: the client's settings, its log, its errors as ours.
import './kafkajs-mends.ts';
import { Kafka, type LogEntry, logLevel } from 'kafkajs';
import { messageOf, PipewardenError } from '../../core/errors.ts';
import type { Log } from '../../telemetry/log.ts';

export interface KafkaAddress {
  /** `host:port` of some brokers; the others are found through them. */
  readonly brokers: readonly string[];
  /** Shown in the brokers' logs and quotas. */
  readonly clientId: string;
}

export const CONNECTION = { connectionTimeout: 3_000, requestTimeout: 30_000, enforceRequestTimeout: true } as const;
export const RETRY = { retries: 6, initialRetryTime: 50, maxRetryTime: 2_000 } as const;

/**
 * A kafkajs client. One for each role: clients share what they believe to be committed among all they make, and a
 * transactional producer believes it before the commit.
 */
export function createClient({ brokers, clientId }: KafkaAddress, log: Log): Kafka {
  return new Kafka({
    brokers: [...brokers],
    clientId,
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
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('type' in at && typeof at.type === 'string' && FENCED.has(at.type)) return true;
  }
  return false;
}

export function unavailable(error: unknown): PipewardenError {
  if (error instanceof PipewardenError) return error;
  return new PipewardenError('LOG_UNAVAILABLE', { problem: messageOf(error) }, error);
}

export function closedError(what: string): PipewardenError {
  return new PipewardenError('LOG_UNAVAILABLE', { problem: `${what} is closed` });
}
