// Places in sorted lists.

/** How many of so many items stand before a place, by halving. */
export function placeIn(length: number, isBefore: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where an item stands in a sorted list, or would. */
export function placeOf<Item extends string | number>(items: readonly Item[], item: Item): number {
  return placeIn(items.length, (index) => (items[index] ?? item) < item);
}

/** The same in a list of what begins with its name. */
export function placeOfNamed(items: readonly (readonly [name: string, ...rest: unknown[]])[], name: string): number {
  return placeIn(items.length, (index) => (items[index]?.[0] ?? name) < name);
}
