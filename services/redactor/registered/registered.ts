// Values that somebody says are secret, whatever they look like. Kept are, for each form of each, where in it a window of
// eight bytes lies, its length, and three keyed hashes: of the window, to find candidates with, of the last eight bytes, to
// drop most of them, and of the whole.
//
// Whoever holds the installation's key and this memory can test guesses, eight bytes at a time: a value that can be
// guessed is not protected by this. Without the key, nothing but lengths is to be had.
import { createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import type { FindRegistered } from '../scan/search.ts';
import { latin1 } from '../scan/view.ts';
import { type Form, formsOf } from './forms.ts';
import { textsOf } from './texts.ts';

export interface NamedValue {
  /** For people: of a variable, a file's line. */
  readonly name: string;
  readonly value: string;
}

export interface Refused {
  readonly name: string;
  readonly reason: string;
}

export interface Registered {
  /** Undefined when nothing is registered. */
  readonly find: FindRegistered | undefined;
  readonly size: number;
  readonly refused: readonly Refused[];
}

interface Entry {
  readonly form: Form;
  /** Where its window begins. */
  readonly offset: number;
  readonly length: number;
  /** Hash of the last window: a window that recurs in a text, and the value with it, costs no digest. */
  readonly last: number;
  readonly digest: Buffer;
}

/** Bytes of the window that is looked for; no value is shorter. */
export const WINDOW = 8;
/** Bits of the first filter for each entry: about one place in a hundred passes by chance. */
const BITS_PER_ENTRY = 64;
const LEAST_BITS = 16;
const MOST_BITS = 24;

/** `key`: of the installation. A value that cannot be registered is refused by name, with the reason. */
export function register(key: Uint8Array, values: Iterable<NamedValue>): Registered {
  const secrets = Buffer.from(hkdfSync('sha256', key, '', 'pipewarden registered values', 40));
  const hash = windowHash(secrets.readUInt32LE(32), secrets.readUInt32LE(36));
  const digest = digestWith(secrets.subarray(0, 32));
  const refused: Refused[] = [];
  const entries = new Map<number, Entry[]>();
  const known = new Set<string>();
  let size = 0;
  for (const { name, value } of values) {
    const texts = textsOf(value);
    if (typeof texts === 'string') {
      refused.push({ name, reason: texts });
      continue;
    }
    size++;
    for (const [form, bytes] of texts.flatMap((text) => [...formsOf(Buffer.from(text))])) {
      const own = digest(bytes);
      if (known.has(own.toString('latin1'))) continue;
      known.add(own.toString('latin1'));
      const { offset, window } = windowIn(bytes, hash, entries);
      const entry = { form, offset, length: bytes.length, last: hash.of(bytes, bytes.length - WINDOW), digest: own };
      const same = entries.get(window);
      if (same) same.push(entry);
      else entries.set(window, [entry]);
    }
  }
  return { find: size === 0 ? undefined : finder(entries, hash, digest), size, refused };
}

function finder(
  entries: ReadonlyMap<number, readonly Entry[]>,
  hash: WindowHash,
  digest: (bytes: Uint8Array) => Buffer,
): FindRegistered {
  const bits = Math.min(MOST_BITS, Math.max(LEAST_BITS, Math.ceil(Math.log2(entries.size * BITS_PER_ENTRY))));
  const shift = 32 - bits;
  const filter = new Uint8Array(2 ** bits / 8);
  for (const window of entries.keys()) {
    const bit = Math.imul(window, hash.multiplier) >>> shift;
    filter[bit >>> 3] = (filter[bit >>> 3] ?? 0) | (1 << (bit & 7));
  }

  function confirm(
    bytes: Uint8Array,
    from: number,
    to: number,
    at: number,
    window: number,
  ): readonly [Entry, number][] {
    return (entries.get(window) ?? []).flatMap((entry): [Entry, number][] => {
      const start = at - entry.offset;
      const end = start + entry.length;
      if (start < from || end > to || hash.of(bytes, end - WINDOW) !== entry.last) return [];
      return digest(bytes.subarray(start, end)).equals(entry.digest) ? [[entry, start]] : [];
    });
  }

  return (bytes, from, to, into) => {
    for (
      let at = hash.next(filter, shift, bytes, from, to);
      at >= 0;
      at = hash.next(filter, shift, bytes, at + 1, to)
    ) {
      for (const [{ form, length }, start] of confirm(bytes, from, to, at, hash.of(bytes, at))) {
        const secret = latin1(form.read(Buffer.from(bytes.subarray(start, start + length))));
        into(start, start + length, secret, form.encodings);
      }
    }
  };
}

interface WindowHash {
  readonly multiplier: number;
  /** Of the window that begins at `at`; unsigned. */
  of(bytes: Uint8Array, at: number): number;
  /** Where the first window at or after `from` begins that the filter lets through; -1: none. */
  next(filter: Uint8Array, shift: number, bytes: Uint8Array, from: number, to: number): number;
}

/**
 * A polynomial in a secret base, modulo 2^32, which can be rolled on by a byte (Karp and Rabin, "Efficient randomized
 * pattern-matching algorithms", IBM J. Res. Dev. 31(2), 1987). The product with a secret multiplier spreads it into high bits.
 */
function windowHash(one: number, other: number): WindowHash {
  const base = one | 1;
  const multiplier = other | 1;
  let first = 1;
  for (let times = 1; times < WINDOW; times++) first = Math.imul(first, base);

  function of(bytes: Uint8Array, at: number): number {
    let hash = 0;
    for (let index = 0; index < WINDOW; index++) hash = (Math.imul(hash, base) + (bytes[at + index] ?? 0)) | 0;
    return hash >>> 0;
  }

  function next(filter: Uint8Array, shift: number, bytes: Uint8Array, from: number, to: number): number {
    if (to - from < WINDOW) return -1;
    let hash = of(bytes, from) | 0;
    for (let at = from; ; at++) {
      const bit = Math.imul(hash, multiplier) >>> shift;
      if (((filter[bit >>> 3] ?? 0) >>> (bit & 7)) & 1) return at;
      if (at + WINDOW >= to) return -1;
      hash = (Math.imul(hash - Math.imul(bytes[at] ?? 0, first), base) + (bytes[at + WINDOW] ?? 0)) | 0;
    }
  }

  return { multiplier, of, next };
}

function digestWith(key: Uint8Array): (bytes: Uint8Array) => Buffer {
  const secret = createSecretKey(key);
  return (bytes) => createHmac('sha256', secret).update(bytes).digest();
}

/** The window with the most different bytes, the first of them, if it can be none that another value has as well. */
function windowIn(
  bytes: Uint8Array,
  hash: WindowHash,
  taken: ReadonlyMap<number, unknown>,
): { readonly offset: number; readonly window: number } {
  let best = { offset: 0, window: hash.of(bytes, 0), worth: 0 };
  for (let offset = 0; offset + WINDOW <= bytes.length && best.worth < WINDOW + OWN; offset++) {
    const window = hash.of(bytes, offset);
    const worth = new Set(bytes.subarray(offset, offset + WINDOW)).size + (taken.has(window) ? 0 : OWN);
    if (worth > best.worth) best = { offset, window, worth };
  }
  return best;
}

/** More than any number of different bytes. */
const OWN = WINDOW + 1;
