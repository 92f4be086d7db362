// The embedded event log: a SQLite file that several processes may have open. Leases say who owns a partition, their
// generations keep a late owner from committing.
import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../core/clock.ts';
import { PipewardenError } from '../../core/errors.ts';
import type { EventLog } from '../../core/ports/event-log.ts';
import { HOUR } from '../../core/time.ts';
import { TOPICS, type TopicName } from '../../core/topics.ts';
import { Bell } from './bell.ts';
import { type ConsumerTools, SqliteConsumer } from './sqlite-consumer.ts';
import { LogFile } from './sqlite-file.ts';
import { createTogether } from './together.ts';

export interface SqliteEventLogOptions {
  /** The file; made where it is missing. */
  readonly path: string;
  readonly clock: Clock;
  /** How long a consumer may be silent before another takes its partitions; default 3000. */
  readonly leaseMs?: number;
  /** How often consumers look for what other processes have appended; default 250. */
  readonly pollMs?: number;
  /**
   * One partition a topic, for one process: all is taken in the order in which it came, so that the same records give the same
   * findings whatever interrupts it. A file that has more partitions keeps them.
   */
  readonly single?: boolean;
}

/**
 * Opens the log; throws LOG_UNAVAILABLE when the file cannot be used. Entries past their topic's retention are removed
 * now and every hour, as soon as every group that ever subscribed has committed them.
 */
export function openSqliteEventLog(options: SqliteEventLogOptions): EventLog {
  const { path, clock, leaseMs = 3_000, pollMs = 250, single = false } = options;
  const file = new LogFile(path, single);
  const tools: ConsumerTools = { file, clock, pollMs, appended: new Bell(clock), committed: new Bell(clock) };
  const together = createTogether((appends) => {
    file.append(appends, clock.now());
    tools.appended.ring();
  });
  const consumers = new Set<SqliteConsumer>();
  const ending = new AbortController();
  let closed: Promise<void> | undefined;

  function beat(): void {
    if (consumers.size === 0) return;
    const members = [...consumers].map(({ member }) => member);
    file.beat(members, clock.now());
    for (const consumer of consumers) consumer.checkHand();
  }

  async function prune(): Promise<void> {
    for (const topic of Object.keys(TOPICS).filter(isTopic)) {
      const { retention_ms } = TOPICS[topic];
      for (let partition = 0; partition < file.partitions(topic) && !ending.signal.aborted; ) {
        if (!file.prune(topic, partition, clock.now() - retention_ms)) partition++;
        await nextTurn();
      }
    }
  }

  async function rest(milliseconds: number): Promise<void> {
    try {
      await clock.sleep(milliseconds, ending.signal);
    } catch (error) {
      if (!ending.signal.aborted) throw error;
    }
  }

  /** Does `work` again and again until the log closes; a failure is told to the consumers. */
  async function repeat(pauseMs: number, work: () => void | Promise<void>): Promise<void> {
    while (!ending.signal.aborted) {
      try {
        await work();
      } catch (error) {
        for (const consumer of consumers) consumer.report(error);
      }
      await rest(pauseMs);
    }
  }

  const chores = [repeat(leaseMs / 3, beat), repeat(HOUR, prune)];

  /** A consumer that has left beats no more, or it would seem to be back. */
  async function leave(consumer: SqliteConsumer): Promise<void> {
    await consumer.close();
    consumers.delete(consumer);
  }

  async function end(): Promise<void> {
    await together.settled();
    await Promise.all([...consumers].map(leave));
    ending.abort();
    await Promise.all(chores);
    file.close();
  }

  function assertOpen(): void {
    if (closed) throw new PipewardenError('LOG_UNAVAILABLE', { problem: 'it is closed' });
  }

  return {
    async append(topic, entries) {
      assertOpen();
      if (entries.length === 0) return;
      await together.add({ topic, entries });
    },
    async subscribe(subscription) {
      assertOpen();
      const { group, topic } = subscription;
      const consumer = new SqliteConsumer(subscription, { id: randomUUID(), group, topic, leaseMs }, tools);
      consumers.add(consumer);
      return {
        caughtUp: (signal) => consumer.caughtUp(signal),
        lag: () => consumer.lag(),
        close: () => leave(consumer),
      };
    },
    async read(topic, partition, from, limit) {
      assertOpen();
      return file.read(topic, partition, from, limit);
    },
    async end(topic, partition) {
      assertOpen();
      return file.ends(topic).get(partition) ?? 0;
    },
    async *state(group, topic, partition) {
      assertOpen();
      const cursor = file.cursors({ group, topic }).find((each) => each.partition === partition);
      if (cursor) yield* file.state(cursor);
    },
    partitions: (topic) => file.partitions(topic),
    close() {
      closed ??= end();
      return closed;
    },
  };
}

function isTopic(name: string): name is TopicName {
  return name in TOPICS;
}
