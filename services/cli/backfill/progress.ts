// How far a backfill is: one line that is written again and again, on a terminal alone.
import type { Io } from '../io.ts';

export interface Progress {
  add(records: number): void;
  /** Takes the line away; gives how many there were. */
  end(): number;
}

/** Milliseconds between two words. */
const STEP = 200;

export function createProgress(name: string, io: Io): Progress {
  let count = 0;
  let last = 0;
  return {
    add(records) {
      count += records;
      const now = performance.now();
      if (!io.errIsTerminal || now - last < STEP) return;
      last = now;
      io.err(`\r\u001B[K${name}: ${count.toLocaleString('en-US')} records …`);
    },
    end() {
      if (io.errIsTerminal) io.err('\r\u001B[K');
      return count;
    },
  };
}
