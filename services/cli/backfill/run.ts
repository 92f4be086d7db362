// One task of a backfill, to its end: what was read before is not read again, and a network that blinks is bridged.
import type { Collector } from '../../collector/host.ts';
import type { Cursors } from '../../collector/polling/cursors.ts';
import { readAll } from '../../collector/polling/read.ts';
import { systemClock } from '../../core/clock.ts';
import { fateOf, messageOf, PipewardenError } from '../../core/errors.ts';
import { SECOND } from '../../core/time.ts';
import type { Progress } from './progress.ts';
import type { Task } from './tasks.ts';

export interface Result {
  readonly name: string;
  readonly records: number;
  /** What could not be had, and why. */
  readonly missing: readonly string[];
  /** It was at its end before this run. */
  readonly before?: true;
  /** Why it did not come to its end. */
  readonly error?: string;
}

export interface RunOptions {
  readonly collector: Collector;
  readonly cursors: Cursors;
  /** From the beginning, whatever was read. */
  readonly again: boolean;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

const ATTEMPTS = 5;
const PAUSE = 3 * SECOND;

/** Rejects with the signal's reason. */
export async function runTask(
  task: Task,
  { collector, cursors, again, signal, progress }: RunOptions,
): Promise<Result> {
  const { name } = task;
  const missing: string[] = [];
  let failures = 0;
  let anew = again;
  for (;;) {
    try {
      const held = await cursors.take(`backfill ${name}`);
      if (!held) throw new PipewardenError('FEED_TAKEN', { name });
      if (held.isDone && !anew) return { name, records: progress.end(), missing, before: true };
      const place = anew ? undefined : held.cursor;
      if (held.isDone) await held.save({ done: false });
      await readAll(held, (until) => task.read(place, until), {
        collector,
        clock: systemClock,
        signal,
        onMissing: (what) => missing.push(what),
        onRecords(count, cursor) {
          failures = 0;
          anew = false;
          progress.add(count, cursor);
        },
      });
      await held.save({ done: true }, 0);
      return { name, records: progress.end(), missing };
    } catch (error) {
      signal.throwIfAborted();
      failures += 1;
      if (failures >= ATTEMPTS || fateOf(error) !== 'retry') {
        return { name, records: progress.end(), missing, error: messageOf(error) };
      }
      await systemClock.sleep(PAUSE * failures, signal);
    }
  }
}
