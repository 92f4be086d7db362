// One member of a consumer group on the SQLite log: its share of the partitions, and the loop that works on them.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../core/clock.ts';
import { PipewardenError } from '../../core/errors.ts';
import type { Consumer, PartitionProcessor, Subscription } from '../../core/ports/event-log.ts';
import type { Instant } from '../../core/time.ts';
import type { Bell } from './bell.ts';
import type { Cursor, LogFile, Member } from './sqlite-file.ts';
import { partitionOf } from './sqlite-partition.ts';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;

/** What all consumers of one client share. */
export interface ConsumerTools {
  readonly file: LogFile;
  readonly clock: Clock;
  readonly pollMs: number;
  /** Rings when entries were appended. */
  readonly appended: Bell;
  /** Rings when a position has moved. */
  readonly committed: Bell;
}

/** A partition that this member owns. */
interface Held {
  readonly cursor: Cursor;
  position: number;
  processor?: PartitionProcessor;
  /** Failures in a row; the partition rests for `pauseMs` from `failedAt` on. */
  failures: number;
  failedAt: Instant;
  pauseMs: number;
}

export class SqliteConsumer implements Consumer {
  readonly member: Member;
  readonly #subscription: Subscription;
  readonly #tools: ConsumerTools;
  readonly #held = new Map<number, Held>();
  #hand: { readonly held: Held; readonly abort: AbortController } | undefined;
  #closing: Promise<void> | undefined;
  readonly #running: Promise<void>;

  constructor(subscription: Subscription, member: Member, tools: ConsumerTools) {
    this.#subscription = subscription;
    this.member = member;
    this.#tools = tools;
    tools.file.join(member, tools.clock.now());
    this.#running = this.#run();
  }

  async caughtUp(signal?: AbortSignal): Promise<void> {
    const { file, committed, pollMs } = this.#tools;
    const goal = file.ends(this.member.topic);
    while (true) {
      signal?.throwIfAborted();
      if (this.#closing) throw new PipewardenError('LOG_UNAVAILABLE', { problem: 'the consumer is closed' });
      const heard = committed.rung;
      if (file.cursors(this.member).every(({ partition, position }) => position >= (goal.get(partition) ?? 0))) return;
      await committed.wait(heard, pollMs, signal);
    }
  }

  async lag(): Promise<number> {
    const ends = this.#tools.file.ends(this.member.topic);
    const behind = this.#tools.file.cursors(this.member).map(({ partition, position }) => {
      return (ends.get(partition) ?? position) - position;
    });
    return behind.reduce((sum, count) => sum + count, 0);
  }

  close(): Promise<void> {
    this.#closing ??= this.#running;
    this.#hand?.abort.abort();
    this.#tools.appended.ring();
    this.#tools.committed.ring();
    return this.#closing;
  }

  /** Tells a batch in hand whose partition has gone to somebody else that its work is in vain. */
  checkHand(): void {
    if (this.#hand && this.#lost(this.#hand.held)) this.#hand.abort.abort();
  }

  /** Partition −1: a failure of the whole consumer. */
  report(error: unknown, partition = -1): void {
    this.#subscription.onError?.(error, partition);
  }

  /** Rounds: each owned partition in ascending order, one batch each. */
  async #run(): Promise<void> {
    // The caller gets its consumer before anything happens.
    await nextTurn();
    const { appended, pollMs } = this.#tools;
    while (!this.#closing) {
      const heard = appended.rung;
      let worked = false;
      try {
        await this.#share();
        for (const held of [...this.#held.values()].sort((a, b) => a.cursor.partition - b.cursor.partition)) {
          if (this.#closing) break;
          if (this.#resting(held)) continue;
          worked = (await this.#work(held)) || worked;
          await nextTurn();
        }
      } catch (error) {
        this.report(error);
      }
      if (!worked && !this.#closing) await appended.wait(heard, this.#nextLook(pollMs));
    }
    await this.#leave();
  }

  async #leave(): Promise<void> {
    for (const held of this.#held.values()) await this.#drop(held);
    this.#held.clear();
    try {
      this.#tools.file.leave(this.member);
    } catch (error) {
      this.report(error);
    }
  }

  /** Gives up what is not (or no longer) this member's share, takes what is and has no living owner. */
  async #share(): Promise<void> {
    const { file, clock } = this.#tools;
    let living = file.living(this.member, clock.now());
    if (!living.includes(this.member.id)) {
      file.beat([this.member], clock.now());
      living = file.living(this.member, clock.now());
    }
    const rank = living.indexOf(this.member.id);
    const free: Cursor[] = [];
    for (const cursor of file.cursors(this.member)) {
      const held = this.#held.get(cursor.partition);
      const ours = cursor.partition % living.length === rank;
      if (held && (!ours || held.cursor.generation !== cursor.generation)) {
        this.#held.delete(cursor.partition);
        await this.#drop(held);
        file.release(held.cursor);
      } else if (!held && ours && (cursor.owner === undefined || !living.includes(cursor.owner))) {
        free.push(cursor);
      }
    }
    if (free.length === 0) return;
    for (const cursor of file.take(this.member, free)) {
      const fresh = { cursor, position: cursor.position, failures: 0, failedAt: 0, pauseMs: 0 };
      this.#held.set(cursor.partition, fresh);
    }
  }

  /** One batch of one partition; false when there is none or it failed. */
  async #work(held: Held): Promise<boolean> {
    const { file, clock, appended, committed } = this.#tools;
    const { topic, batchSize = 500 } = this.#subscription;
    const { cursor } = held;
    const { partition } = cursor;
    const hand = { held, abort: new AbortController() };
    try {
      held.processor ??= await this.#subscription.open({
        partition,
        state: file.state(cursor),
        owns: (key) => partitionOf(key, file.partitions(topic)) === partition,
      });
      const batch = file.batch(topic, partition, held.position, batchSize);
      const last = batch.at(-1);
      if (!last || this.#closing) return false;
      this.#hand = hand;
      const outcome = await held.processor.process(batch, hand.abort.signal);
      file.commit(topic, cursor, last.offset + 1, outcome, clock.now());
      held.position = last.offset + 1;
      held.failures = 0;
      committed.ring();
      if (outcome.produce?.length) appended.ring();
      return true;
    } catch (error) {
      await this.#fail(held, error, hand.abort.signal.aborted);
      return false;
    } finally {
      this.#hand = undefined;
    }
  }

  async #fail(held: Held, error: unknown, aborted: boolean): Promise<void> {
    const { partition } = held.cursor;
    // Giving up when told to close is no failure: the batch comes again to the next owner.
    if (!(aborted && this.#closing)) {
      // A processor that gave up because its partition was lost did so for that reason, whatever it threw.
      const fenced = aborted && !(error instanceof PipewardenError && error.code === 'LOG_FENCED');
      const { topic } = this.member;
      this.report(fenced ? new PipewardenError('LOG_FENCED', { topic, partition }, error) : error, partition);
    }
    held.failures++;
    held.failedAt = this.#tools.clock.now();
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** (held.failures - 1), LONGEST_PAUSE_MS);
    held.pauseMs = pause * (0.75 + Math.random() / 2);
    await this.#drop(held);
  }

  async #drop(held: Held): Promise<void> {
    const { processor } = held;
    delete held.processor;
    try {
      await processor?.close?.();
    } catch (error) {
      this.report(error, held.cursor.partition);
    }
  }

  #lost({ cursor }: Held): boolean {
    const now = this.#tools.file.cursors(this.member).find(({ id }) => id === cursor.id);
    return now?.generation !== cursor.generation;
  }

  /** A clock that is set back does not prolong the pause by more than the pause. */
  #resting({ failures, failedAt, pauseMs }: Held): boolean {
    return failures > 0 && Math.abs(this.#tools.clock.now() - failedAt) < pauseMs;
  }

  /** Milliseconds until there may be something to do of which no bell tells. */
  #nextLook(pollMs: number): number {
    const now = this.#tools.clock.now();
    const resting = [...this.#held.values()].filter((held) => this.#resting(held));
    return Math.max(1, Math.min(pollMs, ...resting.map(({ failedAt, pauseMs }) => failedAt + pauseMs - now)));
  }
}
