// Build logs as readings: cut into pieces that fit into memory, where nothing that might be a secret is cut in two.
import type { Clock } from '../../core/clock.ts';
import { isObject, type Json } from '../../core/json.ts';
import type { IngestReport } from '../host.ts';
import { type LogPart, WHOLE } from '../log/part.ts';
import type { SourceRecord } from '../source.ts';
import type { Surroundings, Turn } from './system.ts';

/** Bytes of a piece. */
const PIECE = 4 * 1024 * 1024;
/** What is longer than this, and still has no place to be cut, is cut anywhere. In bytes; more are not looked at at once. */
export const LONGEST = 4 * PIECE;

/** Whose log it is: all of the record but its text. */
export type LogPlace = Pick<
  SourceRecord,
  'source' | 'repository' | 'run_id' | 'job' | 'organization' | 'pipeline' | 'history'
>;

interface Place {
  /** Bytes that are done. */
  readonly offset: number;
  /** Of a log that still grows: where the piece ends that is being made durable. After a crash it is cut there again. */
  readonly until?: number;
  /** What the system calls a place, and how many bytes behind it the offset is. */
  readonly from: From;
  readonly part: Omit<LogPart, 'last'>;
}

interface From {
  readonly at: number;
  readonly skip: number;
}

/** A log that is complete. `bytes` begin at its beginning; what was done before is passed over. */
export async function* finishedLog(
  bytes: AsyncIterable<Uint8Array>,
  whose: LogPlace,
  cursor: Json | undefined,
  surroundings: Surroundings,
): AsyncGenerator<Turn> {
  let place = placeIn(cursor);
  let skip = place.offset;
  const held = createHeld();
  for await (const piece of bytes) {
    const passed = Math.min(skip, piece.length);
    skip -= passed;
    held.add(piece.subarray(passed));
    while (held.size >= PIECE) {
      const text = held.take(surroundings);
      if (text.length === 0) break;
      yield turn(text, false);
    }
  }
  yield turn(held.rest(), true);

  function turn(text: Uint8Array, last: boolean): Turn {
    return turnOf(text, place, last, whose, surroundings.clock, (next) => {
      place = next;
    });
  }
}

/** What of a log is there now. */
export interface Stretch {
  /** From the place that was asked for; some of it is enough. */
  readonly bytes: Uint8Array;
  /** The log ends with them. */
  readonly complete: boolean;
  /** Of a system that counts its log by anything but these bytes: the places among them that it has a number for, in order. */
  readonly marks?: readonly Mark[];
}

export interface Mark {
  /** From the beginning of the stretch. */
  readonly bytes: number;
  /** The system's own number for the place. */
  readonly at: number;
}

/**
 * A log that is read while it is written. `read`: what begins `skip` bytes behind the place that the system calls `at`;
 * without marks that is an offset in bytes, and nothing is skipped. `every`: milliseconds between two looks, also by how many
 * bytes are done.
 */
export async function* growingLog(
  read: (at: number, skip: number) => Promise<Stretch>,
  whose: LogPlace,
  cursor: Json | undefined,
  surroundings: Surroundings,
  every: number | ((done: number) => number),
  signal: AbortSignal,
): AsyncGenerator<Turn> {
  let place = placeIn(cursor);
  const keep = (next: Place) => {
    place = next;
  };
  for (;;) {
    const { bytes, complete, marks } = await read(place.from.at, place.from.skip);
    const there = bytes.subarray(0, LONGEST);
    const whole = complete && there.length === bytes.length;
    const size =
      place.until === undefined ? (whole ? there.length : cutIn(there, surroundings)) : place.until - place.offset;
    const last = whole && place.until === undefined;
    if (size > 0 || last) {
      // Told first: the same piece, if this process ends before its place is kept.
      if (place.until === undefined && !last)
        yield { records: [], cursor: told({ ...place, until: place.offset + size }) };
      const next = fromBehind(place, size, marks);
      yield turnOf(there.subarray(0, size), { ...place, next }, last, whose, surroundings.clock, keep);
      if (last) return;
    } else await surroundings.clock.sleep(typeof every === 'number' ? every : every(place.offset), signal);
  }
}

/** Whether `growingLog` has begun: what it has cut is not cut elsewhere. */
export function isGrowing(cursor: Json | undefined): boolean {
  const { offset, until, from } = placeIn(cursor);
  return until !== undefined || (offset > 0 && from.at + from.skip > 0);
}

function fromBehind({ offset, from }: Place, size: number, marks: readonly Mark[] | undefined): From {
  if (!marks) return { at: offset + size, skip: 0 };
  const mark = marks.findLast(({ bytes }) => bytes <= size);
  return mark ? { at: mark.at, skip: size - mark.bytes } : { at: from.at, skip: from.skip + size };
}

function turnOf(
  text: Uint8Array,
  { offset, part, from, next: behind = from }: Place & { readonly next?: From },
  last: boolean,
  whose: LogPlace,
  clock: Clock,
  keep: (next: Place) => void,
): Turn {
  const body = Buffer.from(text.buffer, text.byteOffset, text.length).toString('utf8');
  const isWhole = last && offset === 0;
  const record = { ...whose, received_at: clock.now(), body, ...(!isWhole && { part: { ...part, last } }) };
  return {
    records: [record],
    cursor({ parts }: IngestReport) {
      const next = { offset: offset + text.length, from: behind, part: parts[0] ?? part };
      keep(next);
      return told(next);
    },
  };
}

function cutIn(bytes: Uint8Array, { safeCut }: Surroundings): number {
  return safeCut(bytes) || (bytes.length >= LONGEST ? LONGEST : 0);
}

interface HeldBytes {
  readonly size: number;
  add(piece: Uint8Array): void;
  /** A piece, the same however the bytes came; empty where more have to come first. */
  take(surroundings: Surroundings): Uint8Array;
  rest(): Uint8Array;
}

function createHeld(): HeldBytes {
  let pieces: Uint8Array[] = [];
  let size = 0;
  let enough = PIECE;
  const joined = () => {
    const bytes = pieces.length === 1 ? (pieces[0] ?? new Uint8Array()) : Buffer.concat(pieces);
    pieces = [bytes];
    return bytes;
  };
  return {
    get size() {
      return size;
    },
    add(piece) {
      pieces.push(piece);
      size += piece.length;
    },
    take(surroundings) {
      if (size < enough) return new Uint8Array();
      const bytes = joined();
      const cut =
        surroundings.safeCut(bytes.subarray(0, PIECE)) ||
        (size < LONGEST ? 0 : cutIn(bytes.subarray(0, LONGEST), surroundings));
      // A second look is worth it when there is enough to cut anywhere.
      enough = cut === 0 ? LONGEST : PIECE;
      pieces = [bytes.subarray(cut)];
      size -= cut;
      return bytes.subarray(0, cut);
    },
    rest: joined,
  };
}

function told({ offset, until, from, part }: Place): Json {
  return { offset, ...(until !== undefined && { until }), from: { ...from }, part: { ...part } };
}

const NOTHING: Place = { offset: 0, from: { at: 0, skip: 0 }, part: WHOLE };

function placeIn(cursor: Json | undefined): Place {
  if (!isObject(cursor)) return NOTHING;
  const { offset, until, from, part } = cursor;
  if (typeof offset !== 'number' || !isFrom(from) || !isPart(part)) return NOTHING;
  return { offset, from, part, ...(typeof until === 'number' && { until }) };
}

function isFrom(value: unknown): value is From {
  return isObject(value) && typeof value.at === 'number' && typeof value.skip === 'number';
}

function isPart(value: unknown): value is LogPart {
  if (!isObject(value) || typeof value.head !== 'string') return false;
  return [value.lines, value.chunks, value.steps].every((count) => typeof count === 'number');
}
