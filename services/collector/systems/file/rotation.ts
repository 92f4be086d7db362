// Where the text that was being read is now, when the log has been rotated: renamed, copied and truncated, compressed.
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Generation, type Head, NO_HEAD, openGeneration } from './generation.ts';

/** How far a log was read. A type and no interface: it is JSON. */
export type Place = {
  /** Id of the generation; empty: before the first line of the next one. */
  readonly file: string;
  /** Bytes of its text that are done. */
  readonly offset: number;
  readonly head: { readonly length: number; readonly hash: string };
  /** When it was last written to, as far as was seen; milliseconds. */
  readonly changed: number;
};

export const START: Place = { file: '', offset: 0, head: NO_HEAD, changed: 0 };

/** Whether the place is in this text. */
export async function holds(generation: Generation, { file, offset, head }: Place): Promise<boolean> {
  if (!generation.packed && generation.size < offset) return false;
  return head.length === 0 ? generation.id === file : isSame(await generation.head(head.length), head);
}

function isSame(a: Head, b: Head): boolean {
  return a.length === b.length && a.hash === b.hash;
}

/**
 * Paths beside `path` of what was written after the place, in order: the rest of the generation of the place first, where it
 * is still there. Those that the place is not in begin after it.
 */
export async function generationsFrom(
  path: string,
  place: Place,
): Promise<{ readonly own: string | undefined; readonly later: readonly string[] }> {
  const old = await olderOnes(path);
  if (place.head.length === 0) {
    // Nothing was read of it, so a copy cannot be recognized: whatever was written since.
    const later = old.filter(({ id, changed }) => id === place.file || changed > place.changed);
    return { own: undefined, later: later.map((one) => one.path) };
  }
  const own = await firstHolding(old, place);
  const at = own ? old.findIndex((one) => one.path === own) : -1;
  const later = own ? old.slice(at + 1) : old.filter(({ changed }) => changed > place.changed);
  return { own, later: later.map((one) => one.path) };
}

interface Old {
  readonly path: string;
  readonly id: string;
  readonly changed: number;
}

/** By the time at which they were last written to, which packing keeps. */
async function olderOnes(path: string): Promise<readonly Old[]> {
  const name = basename(path);
  const all = await readdir(dirname(path)).catch(() => []);
  const names = new Set(all.filter((each) => each.startsWith(name) && /^[.-]/.test(each.slice(name.length))));
  const found: Old[] = [];
  for (const each of names) {
    // While one is packed, both are there.
    if (each.endsWith('.gz') && names.has(each.slice(0, -'.gz'.length))) continue;
    const generation = await openGeneration(join(dirname(path), each));
    if (!generation) continue;
    found.push({ path: generation.path, id: generation.id, changed: generation.changed });
    await generation.close();
  }
  // Of two of the same time, `.2` is the older one.
  return found.sort((a, b) => a.changed - b.changed || b.path.localeCompare(a.path, 'en', { numeric: true }));
}

/** The file itself before a copy of it; what is not packed before what is. */
async function firstHolding(old: readonly Old[], place: Place): Promise<string | undefined> {
  const rank = ({ id, path }: Old) => (id === place.file ? 0 : path.endsWith('.gz') ? 2 : 1);
  for (const { path } of old.toSorted((a, b) => rank(a) - rank(b))) {
    const generation = await openGeneration(path);
    if (!generation) continue;
    try {
      if (await holds(generation, place)) return path;
    } finally {
      await generation.close();
    }
  }
  return undefined;
}
