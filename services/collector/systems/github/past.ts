// The past of every repository of an organization, one after the other: a place is a repository, and the time up to which it
// was read.
import { isObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { Instant } from '../../../core/time.ts';
import { number, text } from '../../fields.ts';
import type { IngestReport } from '../../host.ts';
import type { SourceRecord } from '../../source.ts';
import type { Client } from '../client.ts';
import { denial } from '../past.ts';
import type { History, Surroundings, Turn } from '../system.ts';
import { repositoriesOf } from './repositories.ts';

export interface Stretch {
  readonly records: readonly SourceRecord[];
  /** All before is read. */
  readonly from: Instant;
  readonly missing?: readonly string[];
  /** Told when the records are durable. */
  onDurable?(report: IngestReport): void;
}

export type Stretches = AsyncGenerator<Stretch>;

/** By name. */
export function byRepository(
  organization: string,
  api: Client,
  read: (repository: JsonObject, name: string, since: Instant, signal: AbortSignal) => Stretches,
): History['read'] {
  return async function* (since, cursor, signal): AsyncGenerator<Turn> {
    const place = placeIn(cursor);
    for await (const repository of repositoriesOf(organization, api, signal)) {
      const name = text(repository, 'full_name');
      if (!isObject(repository) || name === undefined || isBehind(name, place)) continue;
      const start = place?.name === name ? place.from : since;
      try {
        for await (const stretch of read(repository, name, start, signal)) yield turnOf(stretch, name);
      } catch (error) {
        yield { records: [], cursor: { name, done: true }, missing: [denial(error, name)] };
        continue;
      }
      yield { records: [], cursor: { name, done: true } };
    }
  };
}

function turnOf({ records, from, missing = [], onDurable }: Stretch, name: string): Turn {
  const cursor = { name, from };
  const told = (report: IngestReport): Json => {
    onDurable?.(report);
    return cursor;
  };
  return { records, missing, cursor: onDurable ? told : cursor };
}

interface Place {
  readonly name: string;
  readonly from: Instant;
  readonly done: boolean;
}

function placeIn(cursor: Json | undefined): Place | undefined {
  const name = isObject(cursor) ? text(cursor, 'name') : undefined;
  if (!isObject(cursor) || name === undefined) return undefined;
  return { name, from: number(cursor, 'from') ?? 0, done: cursor.done === true };
}

/** As GitHub sorts names: without regard to case. */
function isBehind(name: string, place: Place | undefined): boolean {
  if (!place) return false;
  const [here, there] = [name.toLowerCase(), place.name.toLowerCase()];
  return here < there || (here === there && place.done);
}

export function past(
  clock: Surroundings['clock'],
  record: Omit<SourceRecord, 'received_at' | 'history'>,
): SourceRecord {
  return { ...record, received_at: clock.now(), history: true };
}
