// The time that a CI system's server puts before a line: `2026-03-04T09:53:58.8338772Z text`.
import { type Instant, parseTime } from '../../core/time.ts';

const [DASH, T, Z, SPACE] = ['-', 'T', 'Z', ' '].map((character) => character.charCodeAt(0));
/** Of the shortest such time, and of the longest (nanoseconds). */
const [SHORTEST, LONGEST] = ['2026-03-04T09:53:58'.length, '2026-03-04T09:53:58.123456789'.length];

/** Where the text behind the time begins; `start` where there is none. */
export function afterStamp(log: string, start: number, to: number): number {
  if (log.charCodeAt(start + 10) !== T || log.charCodeAt(start + 4) !== DASH) return start;
  for (let at = start + SHORTEST; at <= start + LONGEST && at < to; at++) {
    if (log.charCodeAt(at) !== Z) continue;
    if (at + 1 === to) return to;
    return log.charCodeAt(at + 1) === SPACE ? at + 2 : start;
  }
  return start;
}

export function lineTime(line: string): Instant | undefined {
  return parseTime(/^\uFEFF?(\d{4}-\d{2}-\d{2}T[\d:.]{8,18}Z)(?: |$)/.exec(line)?.[1])?.at;
}

/** The first time among lines, in their order. */
export function firstTime(lines: Iterable<string>, timeOf = lineTime): Instant | undefined {
  for (const line of lines) {
    const time = timeOf(line);
    if (time !== undefined) return time;
  }
  return undefined;
}

const TAIL = 64 * 1024;

/** A log comes when its job has ended, so its last line is the nearest to its arrival. */
export function lastTime(log: string, timeOf = lineTime): Instant | undefined {
  return firstTime(log.slice(-TAIL).split('\n').reverse(), timeOf);
}
