// Silences of baseline "rate": how probable it is that nothing happened for so long.
import { DAY, HOUR, type Instant } from '../../services/core/time.ts';
import { atMost, logNone } from './count-model.ts';
import { cellAt } from './rate-season.ts';
import { sizeOf, type Window } from './rate-windows.ts';

const WEEK = 7 * DAY;
/** A silence is not counted for longer. */
const LONGEST = 26 * WEEK;

/** Mean and shape of a window's count, by its hour of the day. */
export type CountModel = (cell: number) => readonly [mean: number, shape: number];

export interface Silence {
  /** Windows without anything since the last with something; where there are none, 1: the one before this. */
  readonly windows: number;
  readonly probability: number;
}

/** Before the window of an index; windows last so many ms. */
export function silenceBefore(index: number, open: readonly Window[], window: number, model: CountModel): Silence {
  const last = open.findLast(([each]) => each < index)?.[0];
  if (last === undefined) return { windows: 0, probability: 1 };
  const windows = index - last - 1;
  if (windows === 0) {
    const size = open.filter(([each]) => each === last).reduce((sum, each) => sum + sizeOf(each), 0);
    return { windows: 1, probability: atMost(size, ...model(cellAt(last * window))) };
  }
  const begun = (last + 1) * window;
  const over = Math.min(index * window, begun + LONGEST);
  const step = Math.max(window, HOUR);
  const none = (at: Instant) => (logNone(...model(cellAt(at))) * step) / window;
  const rest = begun + Math.floor((over - begun) / WEEK) * WEEK;
  let log = 0;
  if (rest > begun) for (let at = begun; at < begun + WEEK; at += step) log += (none(at) * (rest - begun)) / WEEK;
  for (let at = rest; at < over; at += step) log += none(at) * Math.min((over - at) / step, 1);
  return { windows, probability: Math.max(Math.exp(log), Number.MIN_VALUE) };
}
