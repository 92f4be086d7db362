// The three ports as the configuration wants them.
import { openSqliteDocumentStore } from '../adapters/document-store/sqlite.ts';
import { openSqliteEventLog } from '../adapters/event-log/sqlite.ts';
import { openSqliteJobQueue } from '../adapters/job-queue/sqlite.ts';
import { systemClock } from '../core/clock.ts';
import type { Resolve } from '../core/configuration/secret-reference.ts';
import type { DocumentStore } from '../core/ports/document-store.ts';
import type { EventLog } from '../core/ports/event-log.ts';
import type { JobQueue } from '../core/ports/job-queue.ts';
import { type Log, silentLog } from '../telemetry/log.ts';
import type { Settings } from './common.ts';
import { documentStoreSecrets } from './configuration/document-store.ts';
import { eventLogSecrets } from './configuration/event-log.ts';
import { jobQueueSecrets } from './configuration/job-queue.ts';
import type { NamedReference } from './configuration/named-reference.ts';
import { named } from './configuration/secrets.ts';
import { existingDataFolder, makeDataFolder } from './data-folder.ts';
import type { Io } from './io.ts';
import { elasticsearchOptions } from './ports/elasticsearch.ts';
import { kafkaOptions } from './ports/kafka.ts';
import { redisConnection } from './ports/redis.ts';
import { openNamed } from './secrets.ts';

export interface Ports {
  readonly log: EventLog;
  readonly queue: JobQueue;
  readonly store: DocumentStore;
  close(): Promise<void>;
}

/** Opens all three; what was opened is closed again when one of them fails. */
export async function openPorts(settings: Settings, secret: Resolve, log: Log): Promise<Ports> {
  const opened: { close(): Promise<void> }[] = [];
  const close = async () => {
    for (const port of opened.toReversed()) await port.close();
  };
  const keep = <Port extends { close(): Promise<void> }>(port: Port): Port => {
    opened.push(port);
    return port;
  };
  try {
    const paths = makeDataFolder(settings.data);
    const store = keep(await openStore(settings, () => paths.documents, secret));
    const queue = keep(await openQueue(settings, () => paths.jobs, secret, log));
    const events = keep(await openEventLog(settings, () => paths.log, secret, log));
    return { log: events, queue, store, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Scale-out clients are loaded when they are configured: a start without servers does not pay for them. */
async function openEventLog(
  { configuration }: Settings,
  path: () => string,
  secret: Resolve,
  log: Log,
): Promise<EventLog> {
  const { event_log } = configuration;
  if (event_log.type === 'sqlite') return openSqliteEventLog({ path: path(), clock: systemClock, single: true });
  const { openKafkaEventLog } = await import('../adapters/event-log/kafka.ts');
  return await openKafkaEventLog(kafkaOptions(event_log, secret, log));
}

async function openQueue(
  { configuration }: Settings,
  path: () => string,
  secret: Resolve,
  log: Log,
): Promise<JobQueue> {
  const { job_queue } = configuration;
  if (job_queue.type === 'sqlite') return openSqliteJobQueue({ path: path(), clock: systemClock });
  const { openBullmqJobQueue } = await import('../adapters/job-queue/bullmq.ts');
  const connection = redisConnection(job_queue, secret);
  return await openBullmqJobQueue({ connection, prefix: job_queue.prefix, clock: systemClock, log });
}

async function openStore({ configuration }: Settings, path: () => string, secret: Resolve): Promise<DocumentStore> {
  const { document_store } = configuration;
  if (document_store.type === 'sqlite') return openSqliteDocumentStore({ path: path(), clock: systemClock });
  const { openElasticsearchDocumentStore } = await import('../adapters/document-store/elasticsearch.ts');
  return await openElasticsearchDocumentStore(elasticsearchOptions(document_store, secret));
}

/**
 * For commands that read or change what a Pipewarden has kept, running or not. Throws NOT_FOUND where it would be in the
 * data folder and none has run there.
 */
export async function withStore<Result>(
  settings: Settings,
  env: Io['env'],
  work: (store: DocumentStore) => Promise<Result>,
): Promise<Result> {
  const references = documentStoreSecrets(settings.configuration.document_store);
  const open = (secret: Resolve) => openStore(settings, () => existingDataFolder(settings.data).documents, secret);
  return await withPort(references, env, open, work);
}

/** As `withStore`, for the job queue. */
export async function withQueue<Result>(
  settings: Settings,
  env: Io['env'],
  work: (queue: JobQueue) => Promise<Result>,
): Promise<Result> {
  const references = jobQueueSecrets(settings.configuration.job_queue);
  const open = (secret: Resolve) =>
    openQueue(settings, () => existingDataFolder(settings.data).jobs, secret, silentLog);
  return await withPort(references, env, open, work);
}

export async function withEventLog<Result>(
  settings: Settings,
  env: Io['env'],
  work: (log: EventLog) => Promise<Result>,
): Promise<Result> {
  const references = eventLogSecrets(settings.configuration.event_log);
  const open = (secret: Resolve) =>
    openEventLog(settings, () => existingDataFolder(settings.data).log, secret, silentLog);
  return await withPort(references, env, open, work);
}

/** One port, with its own secrets and no others: who looks at findings need not be able to read every token. */
async function withPort<Port extends { close(): Promise<void> }, Result>(
  references: readonly NamedReference[],
  env: Io['env'],
  open: (secret: Resolve) => Promise<Port>,
  work: (port: Port) => Promise<Result>,
): Promise<Result> {
  const secrets = await openNamed({ secrets: named(references) }, env);
  try {
    const port = await open(secrets.of);
    try {
      return await work(port);
    } finally {
      await port.close();
    }
  } finally {
    await secrets.close();
  }
}
