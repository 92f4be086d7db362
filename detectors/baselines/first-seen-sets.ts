// The sets that baseline "first seen" keeps: per dimension the values met, sorted, and two sums that fade.
import { DAY, HOUR } from '../../services/core/time.ts';
import { fading, rounded } from './fading.ts';
import { isAmount, isCount } from './kept.ts';
import { placeOfNamed } from './sorted.ts';

/** In hours, as everything that says when a value was met last. */
const MEMORY = (180 * DAY) / HOUR;
const LIMIT = 200;
export const LONGEST_VALUE = 200;
export const YEAR = fading(365 * DAY);

/** A value, how often it was met, and in which hour since 1970 last. */
export type Known = readonly [value: string, times: number, last: number];

export type Dimension = {
  /** Sorted by value. */
  readonly values: readonly Known[];
  /** How many values were met, and how many of them once only; weights of the state's epoch. */
  readonly all: number;
  readonly once: number;
};

export const NOTHING: Dimension = { values: [], all: 0, once: 0 };

/** The dimension after values were met in an hour, each of them once. */
export function meet(before: Dimension, met: readonly string[], hour: number, epoch: number): Dimension {
  const values = [...before.values];
  const weight = YEAR.weight(hour * HOUR, epoch);
  let { once } = before;
  for (const value of met) {
    const place = placeOfNamed(values, value);
    const known = values[place];
    if (known?.[0] !== value) {
      values.splice(place, 0, [value, 1, hour]);
      once += weight;
    } else if (!isKept(known, hour)) {
      values[place] = [value, 1, hour];
      once += weight;
    } else {
      const [, times, last] = known;
      if (times === 1) once -= YEAR.weight(last * HOUR, epoch);
      values[place] = [value, times + 1, Math.max(last, hour)];
    }
  }
  return { values: fitting(values), all: rounded(before.all + weight * met.length), once: rounded(once) };
}

/** What one would be that met the values of both. */
export function united(a: Dimension, b: Dimension, epoch: number): Dimension {
  const values = new Map(a.values.map((known) => [known[0], known]));
  let once = a.once + b.once;
  for (const [value, times, last] of b.values) {
    const twin = values.get(value);
    if (!twin) values.set(value, [value, times, last]);
    else {
      if (times === 1) once -= YEAR.weight(last * HOUR, epoch);
      if (twin[1] === 1) once -= YEAR.weight(twin[2] * HOUR, epoch);
      values.set(value, [value, twin[1] + times, Math.max(twin[2], last)]);
    }
  }
  const sorted = [...values.values()].sort((x, y) => (x[0] < y[0] ? -1 : 1));
  return { values: fitting(sorted), all: rounded(a.all + b.all), once: rounded(once) };
}

/** The dimension with weights of a later epoch. */
export function carriedTo({ values, all, once }: Dimension, factor: number): Dimension {
  return { values, all: rounded(all * factor), once: rounded(once * factor) };
}

/** The dimension without a value; of old meetings it takes back too much. */
export function without(dimension: Dimension, known: Known, epoch: number): Dimension {
  const [, times, last] = known;
  const weight = YEAR.weight(last * HOUR, epoch);
  return {
    values: dimension.values.filter((each) => each !== known),
    all: rounded(dimension.all - times * weight),
    once: rounded(dimension.once - (times === 1 ? weight : 0)),
  };
}

export function isKept([, , last]: Known, hour: number): boolean {
  return hour - last <= MEMORY;
}

export function find(values: readonly Known[], value: string): Known | undefined {
  const known = values[placeOfNamed(values, value)];
  return known?.[0] === value ? known : undefined;
}

/** From the flat list `[all, once, value, times, last, value, …]`. */
export function parsedDimension(stored: unknown): Dimension | undefined {
  if (!Array.isArray(stored) || stored.length > 2 + 3 * LIMIT || stored.length % 3 !== 2) return undefined;
  const [all, once]: unknown[] = stored;
  if (!isAmount(all) || !isAmount(once)) return undefined;
  const values: Known[] = [];
  for (let index = 2; index < stored.length; index += 3) {
    const [value, times, last]: unknown[] = stored.slice(index, index + 3);
    if (typeof value !== 'string' || value.length > LONGEST_VALUE || !isCount(times) || times === 0 || !isCount(last)) {
      return undefined;
    }
    if (value <= (values.at(-1)?.[0] ?? '') && values.length > 0) return undefined;
    values.push([value, times, last]);
  }
  return { values, all, once };
}

/** The rarest gives way, of several the oldest. */
function fitting(values: Known[]): readonly Known[] {
  while (values.length > LIMIT) {
    let worst = 0;
    for (const [index, [, times, last]] of values.entries()) {
      const [, least = 0, oldest = 0] = values[worst] ?? [];
      if (times < least || (times === least && last < oldest)) worst = index;
    }
    values.splice(worst, 1);
  }
  return values;
}
