// How far a backfill is: one line that is written again and again, on a terminal alone.
import type { Clock } from '../../core/clock.ts';
import { isObject, type Json } from '../../core/json.ts';
import { parseTime } from '../../core/time.ts';
import { cut, visible } from '../../core/visible.ts';
import type { Io } from '../io.ts';

export interface Progress {
  /** `cursor`: of the task, after them. */
  add(records: number, cursor: Json): void;
  /** Takes the line away; gives how many there were. */
  end(): number;
}

/** Milliseconds between two words. */
const STEP = 200;
const WIDTH = 20;
const LONGEST_PLACE = 40;

export function createProgress(name: string, io: Io, { now }: Pick<Clock, 'now'>): Progress {
  let count = 0;
  let last = Number.NEGATIVE_INFINITY;
  return {
    add(records, cursor) {
      count += records;
      const at = performance.now();
      if (!io.errIsTerminal || at - last < STEP) return;
      last = at;
      const words = [name, ...reached(cursor, now()), `${count.toLocaleString('en-US')} records …`];
      io.err(`\r\u001B[K${words.join('  ')}`);
    },
    end() {
      if (io.errIsTerminal) io.err('\r\u001B[K');
      return count;
    },
  };
}

/**
 * A bar of the time that was gone through, and whose: a task goes on from `{ since, place }`, and a place is a time, or a
 * project, repository or job and how far it was read there. How many of these there are nobody knows before the end.
 */
function reached(cursor: Json, now: number): readonly string[] {
  if (!isObject(cursor)) return [];
  const { since, place } = cursor;
  const begun = parseTime(since)?.at;
  const from = isObject(place) ? place.from : place;
  const whose = isObject(place) ? (place.name ?? place.id) : undefined;
  const isTime = typeof from === 'number' && begun !== undefined && from >= begun;
  return [
    ...(typeof whose === 'string' ? [cut(visible(whose), LONGEST_PLACE)] : []),
    ...(isTime ? [bar(Math.min(1, (from - begun) / Math.max(1, now - begun)))] : []),
  ];
}

function bar(share: number): string {
  const full = Math.round(share * WIDTH);
  return `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${String(Math.floor(share * 100)).padStart(3)} %`;
}
