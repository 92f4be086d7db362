// Appends that come within one turn of the event loop, as one commit: a commit waits for the disk, whatever is in it.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { NewEntry } from '../../core/ports/event-log.ts';
import type { TopicName } from '../../core/topics.ts';

export interface Append {
  readonly topic: TopicName;
  readonly entries: readonly NewEntry[];
}

interface Waiting extends Append {
  readonly done: PromiseWithResolvers<void>;
}

export interface Together {
  /** Resolves when `write` has returned, in the order of the calls; rejects with what it threw. */
  add(append: Append): Promise<void>;
  /** Resolves when all that was added has been written, or has failed. */
  settled(): Promise<void>;
}

/** `write`: all of it or nothing. */
export function createTogether(write: (appends: readonly Append[]) => void): Together {
  let waiting: Waiting[] = [];
  let turn: Promise<void> = Promise.resolve();

  function writeAll(group: readonly Waiting[]): void {
    try {
      write(group);
      for (const { done } of group) done.resolve();
    } catch (error) {
      const [only] = group;
      // One that cannot be written must not take the others with it.
      if (group.length === 1) only?.done.reject(error);
      else for (const each of group) writeAll([each]);
    }
  }

  return {
    add(append) {
      const done = Promise.withResolvers<void>();
      waiting.push({ ...append, done });
      if (waiting.length === 1) {
        turn = nextTurn().then(() => {
          const group = waiting;
          waiting = [];
          writeAll(group);
        });
      }
      return done.promise;
    },
    async settled() {
      while (waiting.length > 0) await turn;
    },
  };
}
