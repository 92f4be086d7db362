// What baseline "rate" keeps: windows that are open, and sums of those that are closed.
import { DAY, type Instant, MINUTE } from '../../services/core/time.ts';
import { earlier, fading, rounded } from './fading.ts';
import { isAmount, isCount, isListOf } from './kept.ts';
import { CELLS, cellAt } from './rate-season.ts';
import { inOrder, isWindow, sizeOf, unitedWindows, type Window } from './rate-windows.ts';

export const HALF_LIFE = 90 * DAY;
export const FADING = fading(HALF_LIFE);
const OPEN = 32;
const LATE = 15 * MINUTE;
const GROWTH = 3;

export type RateState = {
  /** Sorted by index and member. */
  readonly open: readonly Window[];
  readonly epoch: number;
  readonly since: Instant;
  /** Of closed windows with anything in them, in weights of the epoch: how many, and their Σ c(c−1). */
  readonly active: number;
  readonly pairs: number;
  /** Σ c by hour of the day, those of weekends from 24 on; none yet: no entries. */
  readonly cells: readonly number[];
  /** The largest count, and its window: where it is less than another by its age, that is the one. */
  readonly most: readonly [count: number, index: number];
};

/** With the windows before an index closed; windows last so many ms. */
export function closed(state: RateState, before: number, window: number): RateState {
  const spare = state.open.length - OPEN;
  if (spare <= 0 && !(state.open[0] && state.open[0][0] < before)) return state;
  const open: Window[] = [];
  const cells = state.cells.length > 0 ? state.cells.slice() : new Array<number>(CELLS).fill(0);
  let { active, pairs, most } = state;
  for (const [place, each] of state.open.entries()) {
    const [index] = each;
    if (index >= before && place >= spare) {
      open.push(each);
      continue;
    }
    const count = active > 0 ? Math.min(sizeOf(each), GROWTH * (most[0] + 1)) : sizeOf(each);
    const weight = FADING.weight(index * window, state.epoch);
    active = short(active + weight);
    pairs = short(pairs + weight * count * Math.max(count - 1, 0));
    const cell = cellAt(index * window);
    cells[cell] = short((cells[cell] ?? 0) + weight * count);
    most = larger(most, [count, index], window);
  }
  return { ...state, open, active, pairs, cells, most };
}

/** All that is closed now: of the windows since the newest, as many as can still get something stay. */
export function settled(state: RateState, window: number): RateState {
  const kept = Math.ceil(LATE / window) + 1;
  return closed(state, (state.open.at(-1)?.[0] ?? 0) - kept + 1, window);
}

/** With weights of a later epoch. */
export function carried(state: RateState, epoch: number): RateState {
  if (epoch <= state.epoch) return state;
  const factor = FADING.carry(state.epoch, epoch);
  const [active, pairs] = [rounded(state.active * factor), rounded(state.pairs * factor)];
  return { ...state, epoch, active, pairs, cells: state.cells.map((each) => rounded(each * factor)) };
}

/** What one would be that learned what both did. */
export function merged(one: RateState, other: RateState, window: number): RateState {
  const epoch = Math.max(one.epoch, other.epoch);
  const [a, b] = [carried(one, epoch), carried(other, epoch)];
  const [long, less] = a.cells.length > 0 ? [a.cells, b.cells] : [b.cells, a.cells];
  const all = {
    open: unitedWindows(a.open, b.open),
    epoch,
    since: earlier(a.since, b.since),
    active: rounded(a.active + b.active),
    pairs: rounded(a.pairs + b.pairs),
    cells: long.map((each, cell) => rounded(each + (less[cell] ?? 0))),
    most: larger(a.most, b.most, window),
  };
  return settled(all, window);
}

/** From what was stored; undefined for what was not written here. */
export function stateOf(parts: unknown[]): RateState | undefined {
  if (parts.length !== 7) return undefined;
  const [epoch, since, active, pairs, most, cells, open] = parts;
  if (!isCount(epoch) || !isAmount(since) || !isAmount(active) || !isAmount(pairs)) return undefined;
  if (!isListOf(cells, isAmount, CELLS) || (cells.length > 0 && cells.length < CELLS)) return undefined;
  if (!isListOf(open, isWindow, OPEN) || !isListOf(most, isAmount, 2)) return undefined;
  const [count, index] = most;
  if (count === undefined || !isCount(index)) return undefined;
  if (open.some((each, place) => place > 0 && inOrder(open[place - 1] ?? each, each) >= 0)) return undefined;
  if (active > 0 && (cells.length === 0 || count === 0)) return undefined;
  return { open, epoch, since, active, pairs, cells, most: [count, index] };
}

function larger(a: RateState['most'], b: RateState['most'], window: number): RateState['most'] {
  const standing = ([count, index]: RateState['most']) => Math.log2(count) + (index * window) / HALF_LIFE;
  if (a[0] === 0 || b[0] === 0) return a[0] === 0 ? b : a;
  return standing(a) > standing(b) || (standing(a) === standing(b) && a[0] > b[0]) ? a : b;
}

/** To store shortly what is added to often. */
function short(sum: number): number {
  return Math.round(sum * 1_000) / 1_000;
}
