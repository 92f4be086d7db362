// The past of many places (projects, jobs), one after the other: where a backfill is, is a place and how far it was read.
import { PipewardenError } from '../../core/errors.ts';
import { isObject, type Json } from '../../core/json.ts';
import type { Instant } from '../../core/time.ts';
import { number, text } from '../fields.ts';
import type { IngestReport } from '../host.ts';
import type { SourceRecord } from '../source.ts';
import type { History, Turn } from './system.ts';

/** Some of a place's past. */
export interface PastStep {
  readonly records: readonly SourceRecord[];
  /** All before is read: a time, or a number, as the place counts. */
  readonly from: number;
  /** As of a turn. */
  readonly missing?: readonly string[];
  /** Told when the records are durable. */
  onDurable?(report: IngestReport): void;
}

export interface PastPlaces<Place> {
  /** In the order of their ids. */
  places(signal: AbortSignal, since: Instant): AsyncIterable<Place> | Iterable<Place>;
  idOf(place: Place): string;
  /** As places are ordered. */
  compare(a: string, b: string): number;
  /** As people call what is missing, where it is refused. */
  nameOf(place: Place): string;
  /** Oldest first. `from`: of the last step, where the place is gone on with. */
  read(place: Place, since: Instant, from: number | undefined, signal: AbortSignal): AsyncIterable<PastStep>;
}

/** What a place refuses is told, and the others are read. */
export function placeByPlace<Place>({ places, idOf, compare, nameOf, read }: PastPlaces<Place>): History['read'] {
  return async function* (since, cursor, signal): AsyncGenerator<Turn> {
    const reached = reachedIn(cursor);
    for await (const place of places(signal, since)) {
      const id = idOf(place);
      const order = reached ? compare(id, reached.id) : 1;
      if (order < 0 || (order === 0 && reached?.from === undefined)) continue;
      const missing: string[] = [];
      try {
        const steps = read(place, since, order === 0 ? reached?.from : undefined, signal);
        for await (const step of steps) yield turnOf(step, id);
      } catch (error) {
        missing.push(denial(error, nameOf(place)));
      }
      yield { records: [], cursor: { id }, missing };
    }
  };
}

function turnOf({ records, from, missing = [], onDurable }: PastStep, id: string): Turn {
  const told = (report: IngestReport): Json => {
    onDurable?.(report);
    return { id, from };
  };
  return { records: records.map(past), missing, cursor: told };
}

/** Without `from`: all of that place was read. */
function reachedIn(cursor: Json | undefined): { readonly id: string; readonly from: number | undefined } | undefined {
  const id = isObject(cursor) ? text(cursor, 'id') : undefined;
  return id === undefined ? undefined : { id, from: number(cursor, 'from') };
}

export function byNumber(a: string, b: string): number {
  return Number(a) - Number(b);
}

export function past(record: SourceRecord): SourceRecord {
  return { ...record, history: true };
}

/** Why it could not be had, where trying again cannot help; throws any other error, also that the credential is none. */
export function denial(error: unknown, what: string): string {
  const isOurs = error instanceof PipewardenError && (error.code === 'API_REFUSED' || error.code === 'API_UNEXPECTED');
  if (!isOurs || error.data.status === 401) throw error;
  return `${what}: ${error.message}`;
}
