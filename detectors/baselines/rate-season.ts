// Hours of the day as baseline "rate" tells them apart: 24 of working days and 24 of Saturdays and Sundays, in UTC.
import { DAY, HOUR, type Instant } from '../../services/core/time.ts';

export const CELLS = 48;

/** Hour of the day; from 24 on for Saturday and Sunday. */
export function cellAt(at: Instant): number {
  return (Math.floor(at / HOUR) % 24) + (isWeekend(Math.floor(at / DAY)) ? 24 : 0);
}

/** How many windows begin in each hour of a day; fewer than one in all, where they are longer than it. */
export function windowsByHour(window: number): readonly number[] {
  const begun = new Array<number>(24).fill(0);
  for (let at = 0; at < DAY; at += window) begun[Math.floor(at / HOUR)] = (begun[Math.floor(at / HOUR)] ?? 0) + 1;
  return begun.map((count) => count * Math.min(DAY / window, 1));
}

/** Writes how many windows of each cell there were in a stretch of time. */
export function windowsByCell(byHour: readonly number[], from: Instant, to: Instant, windows: Float64Array): void {
  const [first, last] = [Math.floor(from / DAY), Math.floor(to / DAY)];
  const [begun, over] = [Math.floor(from / HOUR) % 24, Math.floor(to / HOUR) % 24];
  const weeks = Math.floor((last - first + 1) / 7);
  const days = [weeks * 5, weeks * 2];
  for (let day = first + weeks * 7; day <= last; day++) days[kindOf(day)] = (days[kindOf(day)] ?? 0) + 1;
  const [firstKind, lastKind] = [kindOf(first), kindOf(last)];
  for (let kind = 0; kind < 2; kind++) {
    for (let hour = 0; hour < 24; hour++) {
      const before = firstKind === kind && hour < begun ? 1 : 0;
      const after = lastKind === kind && hour >= over ? 1 : 0;
      windows[kind * 24 + hour] = ((days[kind] ?? 0) - before - after) * (byHour[hour] ?? 0);
    }
  }
}

/** Writes of each hour what is in it, and half of what is in those beside it. */
export function blur(cells: ArrayLike<number>, blurry: Float64Array): void {
  for (let day = 0; day < CELLS; day += 24) {
    let before = cells[day + 23] ?? 0;
    let now = cells[day] ?? 0;
    for (let hour = 0; hour < 24; hour++) {
      const after = cells[day + (hour === 23 ? 0 : hour + 1)] ?? 0;
      blurry[day + hour] = now + (before + after) / 2;
      before = now;
      now = after;
    }
  }
}

/** Over all windows of a week. */
export function average(means: readonly number[], byHour: readonly number[]): number {
  let [sum, windows] = [0, 0];
  for (let hour = 0; hour < 24; hour++) {
    const count = byHour[hour] ?? 0;
    if (count === 0) continue;
    sum += count * (5 * (means[hour] ?? 0) + 2 * (means[hour + 24] ?? 0));
    windows += 7 * count;
  }
  return sum / windows;
}

/** 1970-01-01 was a Thursday. */
function isWeekend(day: number): boolean {
  return (day + 3) % 7 >= 5;
}

function kindOf(day: number): number {
  return isWeekend(day) ? 1 : 0;
}
