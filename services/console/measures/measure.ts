// One measure of security work: a few numbers, with what they mean and how much they rest on beside them.
import { mean as meanOf, median as medianOf } from 'simple-statistics';

/** A number, a word, or null where it is not known: nothing is filled in. */
export type Cell = number | string | null;

export interface Measure {
  readonly id: string;
  readonly title: string;
  /** What exactly is counted. */
  readonly definition: string;
  /** The practice that asks for it, with its page. */
  readonly practice: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Where the numbers rest on less than all there is. */
  readonly notes: readonly string[];
}

export interface Measures {
  /** RFC 3339, UTC; `from` belongs to the window, `to` does not. */
  readonly from: string;
  readonly to: string;
  readonly measures: readonly Measure[];
}

/** The window as RFC 3339, and as days. */
export interface Window {
  readonly from: string;
  readonly to: string;
}

/** In percent, to the tenth; null of nothing. */
export function share(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 1_000) / 10;
}

/** Null of nothing, as of `mean`. */
export function median(values: readonly number[]): number | null {
  return values.length === 0 ? null : medianOf([...values]);
}

export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : meanOf([...values]);
}

export function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10) / 10;
}
