// Reading native records without trusting them. Their shapes have hundreds of optional fields that differ by version and
// edition of the system, so a mapper asks for the few it needs; what is missing or of another type stays missing.
// A field of another type than the one asked for is noted with its path, so that the host can say so.
import { isObject, type Json, type JsonObject } from '../core/json.ts';
import { type Instant, parseTime } from '../core/time.ts';

export { anyKnown, known } from '../core/known.ts';

/** Notes kept of one record: more say nothing new. */
const MOST_NOTES = 20;

/** Of the record that is being read. Reading is synchronous, so there is one at a time. */
let notes: Set<string> | undefined;

/**
 * Reads a record, and tells which fields were not of the type that was asked for: `actor.id: expected text, found a
 * list`. Paths begin where the reader began; values are never quoted.
 */
export function noting<Read>(read: () => Read): { readonly value: Read; readonly notes: readonly string[] } {
  const around = notes;
  const own = new Set<string>();
  notes = own;
  try {
    return { value: read(), notes: [...own] };
  } finally {
    notes = around;
  }
}

/** Missing and null are no mistakes: systems write both for "none". */
function note(path: readonly string[], expected: string, found: Json | undefined): undefined {
  if (found === undefined || found === null || !notes || notes.size >= MOST_NOTES) return undefined;
  notes.add(`${path.join('.') || 'the value'}: expected ${expected}, found ${nameOf(found)}`);
  return undefined;
}

function nameOf(value: Json): string {
  if (Array.isArray(value)) return 'a list';
  if (isObject(value)) return 'an object';
  return typeof value === 'string' ? 'text' : `a ${typeof value}`;
}

/** The value at a path of object keys. */
export function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  let inner = value;
  // A plain loop: sensors' records come by the thousand, and each is asked for dozens of paths.
  for (let depth = 0; depth < path.length; depth++) {
    const key = path[depth] ?? '';
    if (!isObject(inner)) return note(path.slice(0, depth), 'an object', inner);
    if (!Object.hasOwn(inner, key)) return undefined;
    inner = inner[key];
  }
  return inner;
}

/** Text that says something: an empty string counts as missing. */
export function text(value: Json | undefined, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  if (typeof found !== 'string') return note(path, 'text', found);
  return found === '' ? undefined : found;
}

/** An id: text, or a number as text. Zero counts as missing, as GitHub writes it for "none". */
export function identifier(value: Json | undefined, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  if (typeof found === 'number') return found === 0 ? undefined : String(found);
  if (typeof found !== 'string') return note(path, 'text or a number', found);
  return found === '' ? undefined : found;
}

export function number(value: Json | undefined, ...path: readonly string[]): number | undefined {
  const found = at(value, ...path);
  return typeof found === 'number' ? found : note(path, 'a number', found);
}

export function flag(value: Json | undefined, ...path: readonly string[]): boolean | undefined {
  const found = at(value, ...path);
  return typeof found === 'boolean' ? found : note(path, 'true or false', found);
}

/** True or false, also as exports and older systems write it: as 1 and 0, or in words, in any case. */
export function yesNo(value: Json | undefined, ...path: readonly string[]): boolean | undefined {
  const found = at(value, ...path);
  const word = typeof found === 'string' ? found.toLowerCase() : found;
  if (word === true || word === 1 || word === 'true' || word === '1' || word === 'yes') return true;
  if (word === false || word === 0 || word === 'false' || word === '0' || word === 'no') return false;
  return found === '' ? undefined : note(path, 'true or false', found);
}

/** A value that is shown as it is: text, a number, true or false, as text. */
export function scalar(value: Json | undefined, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  if (typeof found === 'number' || typeof found === 'boolean') return String(found);
  if (typeof found !== 'string') return note(path, 'text, a number, true or false', found);
  return found === '' ? undefined : found;
}

/** A number that some versions write as text. */
export function numeric(value: Json | undefined, ...path: readonly string[]): number | undefined {
  const found = at(value, ...path);
  if (typeof found === 'string' && /^-?\d{1,15}(?:\.\d{1,9})?$/.test(found)) return Number(found);
  return typeof found === 'number' ? found : note(path, 'a number', found);
}

export function object(value: Json | undefined, ...path: readonly string[]): JsonObject | undefined {
  const found = at(value, ...path);
  return isObject(found) ? found : note(path, 'an object', found);
}

/** A value of any plain type, as text: `true`, `3`; of a list, its elements, one after the other. */
export function told(value: Json | undefined, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  if (typeof found === 'number' || typeof found === 'boolean') return String(found);
  if (Array.isArray(found)) return found.flatMap((element) => told(element) ?? []).join(', ') || undefined;
  if (typeof found !== 'string') return note(path, 'text, a number, true or false', found);
  return found === '' ? undefined : found;
}

/** The elements of an array; empty where there is none. */
export function list(value: Json | undefined, ...path: readonly string[]): readonly Json[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : (note(path, 'a list', found) ?? []);
}

/** The strings of an array; undefined where there is no array. */
export function texts(value: Json | undefined, ...path: readonly string[]): readonly string[] | undefined {
  const found = at(value, ...path);
  if (!Array.isArray(found)) return note(path, 'a list', found);
  return found.filter((element) => typeof element === 'string');
}

/** Text, or the first text of a list: some name several where others name one. */
export function firstText(value: Json | undefined, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  const first = Array.isArray(found) ? found.find((element) => typeof element === 'string') : found;
  if (first !== undefined && typeof first !== 'string') return note(path, 'text or a list', first);
  return first === '' ? undefined : first;
}

/** The strings of an array, or of one text that holds them with commas between, as exports write lists. */
export function words(value: Json | undefined, ...path: readonly string[]): readonly string[] | undefined {
  const found = at(value, ...path);
  if (Array.isArray(found)) return found.filter((element) => typeof element === 'string');
  if (typeof found !== 'string') return note(path, 'a list or text', found);
  const parts = found.split(',').map((part) => part.trim());
  return parts.filter((part) => part !== '');
}

const UNZONED = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(\.\d{1,9})?\d*$/;
/** Ruby's way: a blank before the zone, which may be `UTC`. */
const ZONE_APART = / (?:UTC|([+-]\d{2}:?\d{2}))$/;
const END_OF_TIME = Date.parse('9999-12-31T00:00:00Z');

/**
 * A time stamped by a server: RFC 3339 text, the same with its zone apart (`2023-01-10 13:50:02 UTC`, `… +0200`), text
 * without a zone (UTC, as exports write it), or a number of seconds, milliseconds, microseconds or nanoseconds since
 * 1970, told apart by size.
 */
export function instant(value: Json | undefined, ...path: readonly string[]): Instant | undefined {
  const found = at(value, ...path);
  const milliseconds = typeof found === 'number' ? fromNumber(found) : fromText(found);
  if (milliseconds === undefined) return note(path, 'a time', found);
  if (!(milliseconds > 0 && milliseconds < END_OF_TIME)) return undefined;
  return Math.trunc(milliseconds);
}

/** The newest of several times; undefined where there is none. */
export function latest(times: readonly (Instant | undefined)[]): Instant | undefined {
  const found = times.filter((time) => time !== undefined);
  return found.length === 0 ? undefined : found.reduce((last, time) => Math.max(last, time));
}

function fromNumber(found: number): number {
  if (found < 1e11) return found * 1_000;
  if (found < 1e14) return found;
  return found < 1e17 ? found / 1e3 : found / 1e6;
}

function fromText(found: Json | undefined): Instant | undefined {
  if (typeof found !== 'string') return undefined;
  if (/^\d{9,19}$/.test(found)) return fromNumber(Number(found));
  const joined = found.replace(ZONE_APART, (_apart, offset = 'Z') => offset);
  const [, date, time, fraction = ''] = UNZONED.exec(joined) ?? [];
  return parseTime(date ? `${date}T${time}${fraction}Z` : joined)?.at;
}
