// Records and texts that are nearly right: what fast-check draws, applied to real ones. It shrinks to the fewest changes.
import fc from 'fast-check';
import { isObject, type Json } from '../../services/core/json.ts';

/** `place`: which of the values, counted as they are met; `what`: see `changed`. */
interface Change {
  readonly place: number;
  readonly what: number;
  readonly value: Json;
}

const scalar = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 0, -1, 1e300, 2 ** 53, '', ' ', '__proto__', 'constructor', '\u0000', '…'),
  fc.string({ maxLength: 40, unit: 'binary' }),
  fc.double(),
  fc.constantFrom('a'.repeat(20_000), '/'.repeat(5_000), '@'.repeat(5_000), '2026-13-45T99:99:99Z', '::ffff:1.2.3.4'),
);
const value = fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }), fc.dictionary(fc.string(), scalar, { maxKeys: 3 }));

/** One of the records with up to eight changes. */
export function mutatedRecord(seeds: readonly Json[]): fc.Arbitrary<Json> {
  const change = fc.record({ place: fc.nat(), what: fc.nat(5), value });
  return fc
    .tuple(fc.constantFrom(...seeds), fc.array(change, { maxLength: 8 }))
    .map(([seed, changes]) => changes.reduce((json, one) => changed(json, one), seed));
}

/** One of the texts, cut, repeated, spliced or with other bytes in it. */
export function mutatedText(seeds: readonly string[]): fc.Arbitrary<string> {
  const change = fc.record({
    place: fc.nat(),
    length: fc.nat(200),
    what: fc.nat(4),
    text: fc.string({ unit: 'binary', maxLength: 30 }),
    seed: fc.constantFrom(...seeds),
  });
  return fc.tuple(fc.constantFrom(...seeds), fc.array(change, { maxLength: 6 })).map(([start, changes]) =>
    changes.reduce((text, { place, length, what, text: other, seed }) => {
      const at = text.length === 0 ? 0 : place % text.length;
      const before = text.slice(0, at);
      const behind = text.slice(at);
      if (what === 0) return before;
      if (what === 1) return before + other + behind;
      if (what === 2) return before + text.slice(at, at + length).repeat(20) + behind;
      if (what === 3) return before + behind.slice(length);
      return before + seed;
    }, start),
  );
}

/** One of the texts of bytes, cut, repeated, spliced or with other bytes in it. */
export function mutatedBytes(seeds: readonly Buffer[]): fc.Arbitrary<Buffer> {
  const change = fc.record({
    place: fc.nat(),
    length: fc.nat(40),
    what: fc.nat(4),
    bytes: fc.uint8Array({ maxLength: 12 }),
    seed: fc.constantFrom(...seeds),
  });
  return fc.tuple(fc.constantFrom(...seeds), fc.array(change, { maxLength: 6 })).map(([start, changes]) =>
    changes.reduce((bytes, { place, length, what, bytes: other, seed }) => {
      const at = bytes.length === 0 ? 0 : place % bytes.length;
      const before = bytes.subarray(0, at);
      const repeated = Array.from({ length: 20 }, () => bytes.subarray(at, at + length));
      if (what === 0) return before;
      if (what === 1) return Buffer.concat([before, other, bytes.subarray(at)]);
      if (what === 2) return Buffer.concat([before, other, bytes.subarray(at + other.length)]);
      if (what === 3) return Buffer.concat([before, ...repeated, bytes.subarray(at)]);
      return Buffer.concat([before, seed.subarray(place % seed.length)]);
    }, start),
  );
}

function changed(json: Json, { place, what, value }: Change): Json {
  let left = place % Math.max(1, count(json));
  function walk(inner: Json): Json {
    if (left-- === 0) return replaced(inner, what, value);
    if (Array.isArray(inner)) return inner.map(walk);
    if (!isObject(inner)) return inner;
    return Object.fromEntries(
      Object.entries(inner).flatMap(([key, one = null]): [string, Json][] => {
        if (left === 0 && what === 5) {
          left = -1;
          return [];
        }
        return [[key, walk(one)]];
      }),
    );
  }
  return walk(json);
}

function replaced(inner: Json, what: number, value: Json): Json {
  switch (what) {
    case 0:
      return value;
    case 1:
      return [inner, inner];
    case 2:
      return { value: inner };
    case 3:
      return JSON.stringify(inner);
    case 4:
      if (Array.isArray(inner)) return inner.flatMap((one) => [one, one, one]);
      return isObject(inner) ? null : String(inner);
    default:
      return null;
  }
}

function count(json: Json): number {
  const inner = Array.isArray(json) ? json : isObject(json) ? Object.values(json) : [];
  return inner.reduce<number>((sum, one) => sum + count(one), 1);
}
