// Made-up secrets of every kind, and a search that finds one in any of its usual disguises. Nothing secret-shaped is
// written down here: the examples are drawn from a seed at run time.
import type { Example, Pattern } from '../../services/redactor/pattern.ts';
import { PATTERNS } from '../../services/redactor/patterns.ts';
import { randomFrom } from './random.ts';

const rows: ReadonlyMap<string, Pattern> = new Map(PATTERNS.map((pattern) => [pattern.id, pattern]));

/** Kinds that are recognized by themselves, so that a test may plant them anywhere in a text or a field. */
export const plantable: readonly string[] = PATTERNS.filter((pattern) => {
  const { secret, text } = pattern.example(randomFrom(1));
  return secret === text;
}).map((pattern) => pattern.id);

/** Every kind; those that are not plantable need their context, see `makeExample`. */
export const kinds: readonly string[] = PATTERNS.map((pattern) => pattern.id);

/** A secret of a kind; the same seed gives the same. */
export function makeSecret(kind: string, seed: number): string {
  return makeExample(kind, seed).secret;
}

/** What the prefilter knows a kind by. */
export function keywordsOf(kind: string): readonly string[] {
  return rows.get(kind)?.keywords ?? [];
}

/** Whether its own form tells it, so that it is found in fields that hold identifiers too. */
export function isPrefixed(kind: string): boolean {
  return rows.get(kind)?.prefixed === true;
}

/** A secret with the text around it that makes it recognizable. */
export function makeExample(kind: string, seed: number): Example {
  const pattern = rows.get(kind);
  if (!pattern) throw new Error(`no kind is called ${kind}`);
  return pattern.example(randomFrom(seed));
}

/**
 * Whether the secret stands in the haystack: as it is, reversed, in hexadecimal, URL-encoded, as a JSON string, or in
 * base64 (both alphabets) at each of the three alignments.
 */
export function appearsIn(haystack: Buffer | string, secret: string): boolean {
  const bytes = Buffer.isBuffer(haystack) ? haystack : Buffer.from(haystack);
  return disguises(secret).some((disguise) => bytes.includes(disguise));
}

function disguises(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString('hex');
  const everyByte = hex.replace(/../g, '%$&');
  const aligned = [0, 1, 2].map((shift) => innerBase64(bytes, shift));
  return [
    secret,
    [...secret].reverse().join(''),
    hex,
    hex.toUpperCase(),
    encodeURIComponent(secret),
    everyByte,
    everyByte.toUpperCase(),
    JSON.stringify(secret).slice(1, -1),
    ...aligned,
    ...aligned.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ];
}

/** The base64 characters that depend on the secret alone when `shift` other bytes stand before it. */
function innerBase64(bytes: Buffer, shift: number): string {
  const text = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .replaceAll('=', '');
  const first = Math.ceil((shift * 8) / 6);
  const last = Math.floor(((shift + bytes.length) * 8) / 6);
  return text.slice(first, last);
}
