// The windows that baseline "rate" still counts in: one for each member and window, with a count or the keys met in it.
//
// Distinct keys are kept as the least of their hashes: exact up to 64, and then the k-minimum-values estimate (Bar-Yossef et
// al. 2002, RANDOM; off by 13 % in two of three cases), which knows no order and unites exactly.

const HASHES = 64;
const SPACE = 2 ** 32;
/** More than anything counted here; a sum of many is still a number. */
const MOST = 1e12;

/** Windows since 1970, the member's hash (0: nobody's), a count, and the least hashes of keys, sorted. */
export type Window = readonly [index: number, member: number, count: number, hashes: readonly number[]];

/** One adds `count` (one, where it is absent), or a key of which each counts once a window. */
export interface Counted {
  readonly count?: number;
  readonly key?: string;
  /** Whose count it is: the profile of a group then learns what is usual for one of its members. */
  readonly member?: string;
}

export function sizeOf([, , count, hashes]: Window): number {
  const largest = hashes[HASHES - 1];
  return count + (largest === undefined ? hashes.length : ((HASHES - 1) * SPACE) / Math.max(largest, 1));
}

export function windowOf(windows: readonly Window[], index: number, member: number): Window {
  for (const window of windows) if (window[0] === index && window[1] === member) return window;
  return [index, member, 0, []];
}

/** The window after the observation; the same one where that changes nothing. */
export function countedIn(window: Window, { count, key }: Counted): Window {
  const [index, member, before, hashes] = window;
  if (key === undefined) {
    const more = amount(count ?? 1);
    return more > 0 ? [index, member, Math.min(before + more, MOST), hashes] : window;
  }
  const next = withHash(hashes, hashOf(key));
  return next === hashes ? window : [index, member, before, next];
}

/** Of two sorted lists one, in which a member's window stands once. */
export function unitedWindows(one: readonly Window[], other: readonly Window[]): Window[] {
  const united = [...one];
  for (const window of other) {
    const [index, member, count, hashes] = window;
    const place = united.findIndex((each) => each[0] === index && each[1] === member);
    const twin = united[place];
    if (twin) united[place] = [index, member, Math.min(twin[2] + count, MOST), hashes.reduce(withHash, twin[3])];
    else united.push(window);
  }
  return united.sort(inOrder);
}

export function inOrder(a: Window, b: Window): number {
  return a[0] - b[0] || a[1] - b[1];
}

/** FNV-1a over the text's 16-bit units (http://www.isthe.com/chongo/tech/comp/fnv/), mixed as MurmurHash3 does at its end. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

export function isWindow(value: unknown): value is Window {
  if (!Array.isArray(value) || value.length !== 4) return false;
  const [index, member, count, hashes]: unknown[] = value;
  if (!isWhole(index) || !isWhole(member) || typeof count !== 'number' || !(count >= 0 && count <= MOST)) return false;
  if (!Array.isArray(hashes) || hashes.length > HASHES) return false;
  return hashes.every((hash, place) => isWhole(hash) && hash < SPACE && (place === 0 || hash > hashes[place - 1]));
}

function isWhole(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function amount(count: number): number {
  return count > 0 ? Math.min(count, MOST) : 0;
}

function withHash(hashes: readonly number[], hash: number): readonly number[] {
  const place = hashes.findIndex((each) => each >= hash);
  if (place < 0) return hashes.length < HASHES ? [...hashes, hash] : hashes;
  return hashes[place] === hash ? hashes : [...hashes.slice(0, place), hash, ...hashes.slice(place, HASHES - 1)];
}
