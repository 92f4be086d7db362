// The three ports as the configuration wants them.
import { openSqliteDocumentStore } from '../adapters/document-store/sqlite.ts';
import { openSqliteEventLog } from '../adapters/event-log/sqlite.ts';
import { openSqliteJobQueue } from '../adapters/job-queue/sqlite.ts';
import { systemClock } from '../core/clock.ts';
import type { DocumentStore } from '../core/ports/document-store.ts';
import type { EventLog } from '../core/ports/event-log.ts';
import type { JobQueue } from '../core/ports/job-queue.ts';
import { type Log, silentLog } from '../telemetry/log.ts';
import type { Settings } from './common.ts';
import { existingDataFolder, makeDataFolder } from './data-folder.ts';
import type { Io } from './io.ts';
import { elasticsearchOptions } from './ports/elasticsearch.ts';
import { kafkaOptions } from './ports/kafka.ts';
import { redisConnection } from './ports/redis.ts';

export interface Ports {
  readonly log: EventLog;
  readonly queue: JobQueue;
  readonly store: DocumentStore;
  close(): Promise<void>;
}

/** Opens all three; what was opened is closed again when one of them fails. */
export async function openPorts(settings: Settings, env: Io['env'], log: Log): Promise<Ports> {
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
    const store = keep(await openStore(settings, () => paths.documents, env));
    const queue = keep(await openQueue(settings, () => paths.jobs, env, log));
    const events = keep(await openEventLog(settings, () => paths.log, env, log));
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
  env: Io['env'],
  log: Log,
): Promise<EventLog> {
  const { event_log } = configuration;
  if (event_log.type === 'sqlite') return openSqliteEventLog({ path: path(), clock: systemClock });
  const { openKafkaEventLog } = await import('../adapters/event-log/kafka.ts');
  return await openKafkaEventLog(kafkaOptions(event_log, env, log));
}

async function openQueue({ configuration }: Settings, path: () => string, env: Io['env'], log: Log): Promise<JobQueue> {
  const { job_queue } = configuration;
  if (job_queue.type === 'sqlite') return openSqliteJobQueue({ path: path(), clock: systemClock });
  const { openBullmqJobQueue } = await import('../adapters/job-queue/bullmq.ts');
  const connection = redisConnection(job_queue, env);
  return await openBullmqJobQueue({ connection, prefix: job_queue.prefix, clock: systemClock, log });
}

async function openStore({ configuration }: Settings, path: () => string, env: Io['env']): Promise<DocumentStore> {
  const { document_store } = configuration;
  if (document_store.type === 'sqlite') return openSqliteDocumentStore({ path: path(), clock: systemClock });
  const { openElasticsearchDocumentStore } = await import('../adapters/document-store/elasticsearch.ts');
  return await openElasticsearchDocumentStore(elasticsearchOptions(document_store, env));
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
  const store = await openStore(settings, () => existingDataFolder(settings.data).documents, env);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** As `withStore`, for the job queue. */
export async function withQueue<Result>(
  settings: Settings,
  env: Io['env'],
  work: (queue: JobQueue) => Promise<Result>,
): Promise<Result> {
  const queue = await openQueue(settings, () => existingDataFolder(settings.data).jobs, env, silentLog);
  try {
    return await work(queue);
  } finally {
    await queue.close();
  }
}

export async function withEventLog<Result>(
  settings: Settings,
  env: Io['env'],
  work: (log: EventLog) => Promise<Result>,
): Promise<Result> {
  const log = await openEventLog(settings, () => existingDataFolder(settings.data).log, env, silentLog);
  try {
    return await work(log);
  } finally {
    await log.close();
  }
}
