// A member of a consumer group: kafkajs joins, fetches and keeps the membership alive; what is done with a partition is
// in `kafka-partition.ts`.
import type { EachBatchPayload, Kafka, Consumer as KafkaMember, KafkaMessage } from 'kafkajs';
import type { Clock } from '../../core/clock.ts';
import { messageOf, PipewardenError } from '../../core/errors.ts';
import type { Consumer, Entry } from '../../core/ports/event-log.ts';
import { closedError, RETRY, unavailable } from './kafka-client.ts';
import { OwnedPartition, type PartitionContext } from './kafka-partition.ts';
import { type GroupPlace, lagOf, untilCommitted, untilVisible } from './kafka-progress.ts';
import { TOPIC_NAMES } from './kafka-topics.ts';

const DEFAULT_BATCH = 500;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 30_000;
/** A broker that comes back is waited for by all; nobody asks it much by asking often. */
const LONGEST_OUTAGE_PAUSE_MS = 3_000;
/**
 * How long a fetch waits for something new, as a share of the session and at most: so long a member takes to notice that it
 * shall leave or share, and so often an idle one asks.
 */
const FETCH_WAIT = 1 / 10;
const LONGEST_FETCH_WAIT_MS = 3_000;

export interface ConsumerContext extends PartitionContext {
  /** Of the group's member alone; see `createClient`. */
  readonly memberClient: Kafka;
  readonly sessionTimeoutMs: number;
  readonly clock: Clock;
}

export class KafkaConsumer implements Consumer {
  readonly #context: ConsumerContext;
  readonly #place: GroupPlace;
  readonly #heartbeatMs: number;
  readonly #fetchWaitMs: number;
  readonly #member: KafkaMember;
  readonly #owned = new Map<number, OwnedPartition>();
  /** Partitions on their way out; one that comes back waits for its old processor's end. */
  readonly #leaving = new Map<number, Promise<void>>();
  /** Failures in a row. */
  readonly #failures = new Map<number, number>();
  readonly #ending = new AbortController();
  #closed: Promise<void> | undefined;

  private constructor(context: ConsumerContext) {
    const { names, subscription, sessionTimeoutMs, reader } = context;
    this.#context = context;
    this.#place = {
      reader,
      groupId: names.group(subscription.group, subscription.topic),
      topic: names.topic(subscription.topic),
    };
    this.#heartbeatMs = Math.ceil(sessionTimeoutMs / 10);
    this.#fetchWaitMs = Math.min(Math.ceil(sessionTimeoutMs * FETCH_WAIT), LONGEST_FETCH_WAIT_MS);
    this.#member = context.memberClient.consumer({
      groupId: this.#place.groupId,
      sessionTimeout: sessionTimeoutMs,
      // A member that hangs while others wait for it is taken for dead as soon as one that is silent.
      rebalanceTimeout: sessionTimeoutMs,
      heartbeatInterval: this.#heartbeatMs,
      maxWaitTimeInMs: this.#fetchWaitMs,
      allowAutoTopicCreation: false,
      readUncommitted: false,
      retry: { ...RETRY, restartOnFailure: async () => !this.#ending.signal.aborted },
    });
  }

  /** Resolves when it has joined the group. */
  static async start(context: ConsumerContext): Promise<KafkaConsumer> {
    const consumer = new KafkaConsumer(context);
    try {
      await consumer.#start();
    } catch (error) {
      await consumer.close();
      throw unavailable(error);
    }
    return consumer;
  }

  async caughtUp(signal?: AbortSignal): Promise<void> {
    const { reader, names, clock } = this.#context;
    const either = AbortSignal.any(signal ? [signal, this.#ending.signal] : [this.#ending.signal]);
    try {
      await untilCommitted(this.#place, clock, either);
      const topics = TOPIC_NAMES.map((topic) => names.topic(topic));
      await untilVisible(reader, topics, clock, either);
    } catch (error) {
      // A sleep wraps the reason in an error of its own.
      either.throwIfAborted();
      throw error;
    }
  }

  lag(): Promise<number> {
    return lagOf(this.#place);
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #start(): Promise<void> {
    const { GROUP_JOIN, CRASH } = this.#member.events;
    const { topic, groupId } = this.#place;
    this.#member.on(GROUP_JOIN, ({ payload }) => this.#joined(payload.memberAssignment[topic] ?? []));
    this.#member.on(CRASH, ({ payload }) => {
      if (!payload.restart) return this.#revive(payload.error);
      const problem = messageOf(payload.error);
      this.#context.log.warn('the consumer has lost its group and joins it again', { group: groupId, problem });
    });
    await this.#member.connect();
    await this.#member.subscribe({ topics: [topic], fromBeginning: true });
    await this.#run();
  }

  #run(): Promise<void> {
    return this.#member.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: this.#context.metadata(this.#context.subscription.topic).length,
      eachBatch: (payload) => this.#handle(payload),
    });
  }

  /** kafkajs ends a consumer for good on errors that it does not know; for us there is always a later. */
  async #revive(error: unknown): Promise<void> {
    const { clock, log } = this.#context;
    while (!this.#ending.signal.aborted) {
      log.error('the consumer has stopped and is started again', {
        group: this.#place.groupId,
        problem: messageOf(error),
      });
      try {
        await clock.sleep(FIRST_PAUSE_MS * 10, this.#ending.signal);
        await this.#member.connect();
        return await this.#run();
      } catch (next) {
        error = next;
      }
    }
  }

  #joined(assigned: readonly number[]): void {
    for (const partition of this.#owned.keys()) {
      if (!assigned.includes(partition)) void this.#drop(partition);
    }
    // It was still joining when it was closed.
    if (this.#ending.signal.aborted) void this.#member.disconnect();
  }

  /** Everything that goes wrong with a partition ends here: thrown to kafkajs it would stop the others too. */
  async #handle(payload: EachBatchPayload): Promise<void> {
    const { batch, heartbeat, pause } = payload;
    let wanted = true;
    // A failing heartbeat is one that kafkajs sends and meets again after this batch; then it joins the group anew.
    const beat = () =>
      heartbeat().catch(() => {
        wanted = false;
      });
    const beats = setInterval(beat, this.#heartbeatMs);
    try {
      await this.#process(payload, () => wanted && payload.isRunning() && !this.#ending.signal.aborted);
      this.#failures.delete(batch.partition);
    } catch (error) {
      this.#failed(batch.partition, error, pause());
      await this.#drop(batch.partition);
    } finally {
      clearInterval(beats);
    }
  }

  async #process({ batch, resolveOffset }: EachBatchPayload, goOn: () => boolean): Promise<void> {
    const { partition } = batch;
    if (!goOn()) return;
    const owned = await this.#own(partition);
    // The offset that kafkajs begins at was read when it joined, perhaps before a commit had reached it.
    const entries = batch.messages.filter(({ offset }) => Number(offset) >= owned.next);
    const size = this.#context.subscription.batchSize ?? DEFAULT_BATCH;
    for (let at = 0; at < entries.length; at += size) {
      if (!goOn()) return;
      const slice = entries.slice(at, at + size);
      await owned.run(slice.map((one) => entryOf(partition, one)));
      resolveOffset(slice.at(-1)?.offset ?? batch.lastOffset());
    }
    if (entries.length === 0) resolveOffset(batch.lastOffset());
  }

  async #own(partition: number): Promise<OwnedPartition> {
    const known = this.#owned.get(partition);
    if (known) return known;
    await this.#leaving.get(partition);
    const owned = await OwnedPartition.open(this.#context, partition);
    this.#owned.set(partition, owned);
    return owned;
  }

  /** The batch comes again when the pause is over: nothing of it was resolved. */
  #failed(partition: number, error: unknown, resume: () => void): void {
    const { clock, subscription } = this.#context;
    if (this.#ending.signal.aborted) return;
    const failures = (this.#failures.get(partition) ?? 0) + 1;
    this.#failures.set(partition, failures);
    const code = error instanceof PipewardenError ? error.code : undefined;
    const longest = code === 'LOG_UNAVAILABLE' ? LONGEST_OUTAGE_PAUSE_MS : LONGEST_PAUSE_MS;
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), longest);
    // Long enough for a heartbeat to tell whether the group still counts on this member.
    const patience = code === 'LOG_FENCED' ? this.#heartbeatMs + 2 * this.#fetchWaitMs : 0;
    clock.sleep(Math.max(pause, patience), this.#ending.signal).then(resume, () => {}); // Closed meanwhile.
    subscription.onError?.(error, partition);
  }

  #drop(partition: number): Promise<void> {
    const owned = this.#owned.get(partition);
    if (!owned) return Promise.resolve();
    this.#owned.delete(partition);
    const gone = owned.close().finally(() => this.#leaving.delete(partition));
    this.#leaving.set(partition, gone);
    return gone;
  }

  async #close(): Promise<void> {
    this.#ending.abort(closedError('the consumer'));
    for (const owned of this.#owned.values()) owned.abort();
    try {
      await this.#member.disconnect();
    } catch (error) {
      this.#context.log.warn('a consumer was not closed in order', { problem: messageOf(error) });
    }
    for (const partition of this.#owned.keys()) void this.#drop(partition);
    await Promise.all(this.#leaving.values());
  }
}

function entryOf(partition: number, { offset, key, value }: KafkaMessage): Entry {
  return { partition, offset: Number(offset), key: key?.toString() ?? '', value: value?.toString() ?? '' };
}
