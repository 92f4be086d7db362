// Who or what a system knows, by short names, with the first and the last time each was met: a bounded, sorted list. A list and
// not an object: so many names copy slowly as fields.
import { placeOfNamed } from '../baselines/sorted.ts';

export type Acquaintance = readonly [name: string, first: number, lastDay: number, ...more: number[]];

export type Acquaintances<Known extends Acquaintance> = {
  readonly known: readonly Known[];
  /** The day on which somebody found no room because all others had been met of late: from then on, who is new cannot be told. */
  readonly crowded: number;
};

/** Who was not met for so many days gives way; and for so long a crowd is one. */
const OF_LATE = 60;

export function nobody<Known extends Acquaintance>(): Acquaintances<Known> {
  return { known: [], crowded: -OF_LATE };
}

export function met<Known extends Acquaintance>({ known }: Acquaintances<Known>, name: string): Known | undefined {
  const found = known[placeOfNamed(known, name)];
  return found?.[0] === name ? found : undefined;
}

export function isCrowded({ crowded }: { readonly crowded: number }, day: number): boolean {
  return day - crowded < OF_LATE;
}

/** With it as it is now; at most so many. */
export function acquainted<Known extends Acquaintance>(
  all: Acquaintances<Known>,
  now: Known,
  most: number,
): Acquaintances<Known> {
  const { known, crowded } = all;
  const [name, , day] = now;
  const place = placeOfNamed(known, name);
  if (known[place]?.[0] === name) return { known: known.with(place, now), crowded };
  if (known.length < most) return { known: known.toSpliced(place, 0, now), crowded };
  if (crowded >= day) return all;
  const oldest = known.reduce((a, b) => (b[2] < a[2] ? b : a));
  if (day - oldest[2] < OF_LATE) return { known, crowded: day };
  return acquainted({ known: known.filter((each) => each !== oldest), crowded }, now, most);
}
