// Chance from a name: the sample comes out the same on every machine, and a change in one place does not stir another.
import { createHash } from 'node:crypto';
import { PipewardenError } from '../../services/core/errors.ts';

export interface Random {
  /** A whole number, both ends included. */
  int(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** `count` different items (fewer when there are not as many), in random order. */
  some<Item>(items: readonly Item[], count: number): Item[];
}

/** Mulberry32, a 32-bit generator in the public domain, seeded by the hash of a name. */
export function createRandom(name: string): Random {
  let state = createHash('sha256').update(name).digest().readInt32LE();
  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    int,
    chance: (probability) => next() < probability,
    pick(items) {
      const item = items[int(0, items.length - 1)];
      if (item === undefined) throw new PipewardenError('INTERNAL', { problem: 'nothing to pick from' });
      return item;
    },
    some(items, count) {
      const rest = [...items];
      return Array.from({ length: Math.min(count, rest.length) }, () => rest.splice(int(0, rest.length - 1), 1)).flat();
    },
  };
}
