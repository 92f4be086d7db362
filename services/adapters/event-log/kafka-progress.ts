// How far a group has come: its lag, and waiting until it has caught up.
import type { Clock } from '../../core/clock.ts';
import { fateOf } from '../../core/errors.ts';
import type { KafkaReader } from './kafka-reader.ts';

const LOOK_BYTES = 64 * 1024;
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 200;

export interface GroupPlace {
  readonly reader: KafkaReader;
  readonly groupId: string;
  readonly topic: string;
}

/**
 * Entries not yet committed. Exact where few are left; beyond `LOOK_BYTES` of a partition offsets are counted, which
 * have gaps, and entries of a transaction that is still open are counted too.
 */
export async function lagOf({ reader, groupId, topic }: GroupPlace): Promise<number> {
  const [committed, ends] = await Promise.all([reader.committed(groupId, topic), reader.ends(topic)]);
  const lags = [...ends].map(async ([partition, end]) => {
    const from = committed.get(partition) ?? 0;
    if (from >= end) return 0;
    const { messages, next } = await reader.piece(topic, partition, from, LOOK_BYTES);
    return messages.length + Math.max(end - next, 0);
  });
  return (await Promise.all(lags)).reduce((sum, lag) => sum + lag, 0);
}

/**
 * Resolves when the group has committed every entry below the ends that each partition had at the call. An offset
 * below the end may belong to a transaction's marker, which no group ever commits: so the entries decide.
 */
export async function untilCommitted(place: GroupPlace, clock: Clock, signal: AbortSignal): Promise<void> {
  const { reader, groupId, topic } = place;
  const targets = await answered(() => reader.ends(topic), clock, signal);
  /** Where an entry was seen, or up to where there is none. */
  const looked = new Map<number, { readonly at: number; readonly entry: boolean }>();
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    signal.throwIfAborted();
    const committed = await answered(() => reader.committed(groupId, topic), clock, signal);
    for (const [partition, target] of targets) {
      const before = looked.get(partition);
      const from = Math.max(committed.get(partition) ?? 0, before?.at ?? 0);
      if (before?.entry && before.at === from) continue;
      if (from >= target) {
        targets.delete(partition);
        continue;
      }
      const { messages, next } = await answered(() => reader.piece(topic, partition, from, LOOK_BYTES), clock, signal);
      const first = messages[0];
      looked.set(partition, { at: first?.offset ?? next, entry: first !== undefined });
      if ((first?.offset ?? next) >= target) targets.delete(partition);
    }
    if (targets.size === 0) return;
    await clock.sleep(pause, signal);
  }
}

/**
 * Resolves when no transaction is open any more that had written to these topics at the call. A commit is decided at
 * one moment, but its markers reach the partitions one after the other: the group's offset may show it before a reader
 * sees the entries.
 */
export async function untilVisible(
  reader: KafkaReader,
  topics: readonly string[],
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  for (const topic of topics) {
    const ends = await answered(() => reader.ends(topic), clock, signal);
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      const stable = await answered(() => reader.stableEnds(topic), clock, signal);
      if ([...ends].every(([partition, end]) => (stable.get(partition) ?? 0) >= end)) break;
      await clock.sleep(pause, signal);
    }
  }
}

/** Who waits for a group to come along waits for a broker to come back too. */
async function answered<Result>(ask: () => Promise<Result>, clock: Clock, signal: AbortSignal): Promise<Result> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (signal.aborted || fateOf(error) !== 'retry') throw error;
    }
    await clock.sleep(LONGEST_PAUSE_MS, signal);
  }
}
