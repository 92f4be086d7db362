// Objects as readings: the oldest first, each once, in turns of so many records whatever the objects' sizes are.
import type { Json } from '../../../core/json.ts';
import { DAY, type Instant } from '../../../core/time.ts';
import type { SourceRecord } from '../../source.ts';
import type { History, Poll, Surroundings, Turn } from '../system.ts';
import { createBatch } from './batch.ts';
import { DamagedObject } from './damaged.ts';
import { isLog, type ObjectList } from './listing.ts';
import { createPlace, inOrder, type Place, type Point, pointOf } from './place.ts';
import { recordsOf } from './records.ts';
import type { BucketSettings } from './settings.ts';
import type { ObjectStore, StoredObject } from './store.ts';

/** There is one reading of a bucket. */
const OBJECTS = 'objects';
/** What is read when nothing was read before. */
const AT_FIRST = DAY;
/** Bytes, as it is stored. */
const LARGEST_OBJECT = 256 * 1024 * 1024;
/** Objects that are known of at once. */
const MOST_OBJECTS = 10_000;

/** Of one object's records: what is no log of its source must not fill the dead letters. */
const MOST_REFUSED = 2_000;

export interface Bucket {
  readonly settings: BucketSettings;
  readonly store: ObjectStore;
  readonly objects: ObjectList;
}

export function bucketPoll(bucket: Bucket, { clock }: Pick<Surroundings, 'clock'>): Poll {
  const { source, every } = bucket.settings;
  return {
    name: OBJECTS,
    source,
    every: every * 1_000,
    read: (cursor, signal) => objectReading(bucket, cursor, clock.now() - AT_FIRST, recordOf, signal),
  };

  function recordOf(body: unknown): SourceRecord {
    return { source, received_at: clock.now(), body };
  }
}

export function bucketHistory(bucket: Bucket, { clock }: Pick<Surroundings, 'clock'>): History {
  const { source } = bucket.settings;
  return {
    name: OBJECTS,
    source,
    read: (since, cursor, signal) => objectReading(bucket, cursor, since, recordOf, signal),
  };

  function recordOf(body: unknown): SourceRecord {
    return { source, received_at: clock.now(), body, history: true };
  }
}

async function* objectReading(
  { settings, store, objects }: Bucket,
  cursor: Json | undefined,
  first: Instant,
  recordOf: (body: unknown) => SourceRecord,
  signal: AbortSignal,
): AsyncGenerator<Turn> {
  const place = createPlace(cursor, first);
  const batch = createBatch();
  for (let more = true; more; ) {
    const oldest = await oldestNew(objects, place, signal);
    ({ more } = oldest);
    for (const object of oldest.found) {
      const before = place.begun(object);
      let records = 0;
      let refused = 0;
      const count = (some: number) => {
        refused += some;
      };
      for await (const { body, size, problem } of readable(store, settings, object, signal)) {
        records += 1;
        if (records <= before) continue;
        batch.add(recordOf(body), size);
        if (problem !== undefined) batch.miss(`${object.key}: ${problem}`);
        if (batch.isFull) yield batch.turn(place.cursor({ object, records }), count);
        if (refused <= MOST_REFUSED) continue;
        batch.miss(`${object.key}: more than ${MOST_REFUSED} of its records are none of ${settings.source}`);
        break;
      }
      place.done(object);
      batch.end();
      if (batch.isFull) yield batch.turn(place.cursor());
    }
    if (!batch.isEmpty) yield batch.turn(place.cursor());
  }
}

/** The oldest ones that were not read, in order. */
async function oldestNew(objects: ObjectList, place: Place, signal: AbortSignal) {
  let found: { readonly object: StoredObject; readonly point: Point }[] = [];
  let more = false;
  const cut = () => {
    found.sort((a, b) => inOrder(a.point, b.point));
    // A list that is made while it changes may name one twice.
    found = found.filter(({ point }, index) => point[1] !== found[index - 1]?.point[1]);
    more ||= found.length > MOST_OBJECTS;
    found.length = Math.min(found.length, MOST_OBJECTS);
  };
  for await (const object of objects.since(place.from(), signal)) {
    if (object.size === 0 || !isLog(object.key) || !place.isNew(object)) continue;
    found.push({ object, point: pointOf(object) });
    if (found.length >= 2 * MOST_OBJECTS) cut();
  }
  cut();
  return { found: found.map(({ object }) => object), more };
}

/** With what cannot be read as a last record, which its source refuses: so it is counted, and lies with the dead letters. */
async function* readable(
  store: ObjectStore,
  { source }: BucketSettings,
  object: StoredObject,
  signal: AbortSignal,
): AsyncGenerator<{ readonly body: unknown; readonly size: number; readonly problem?: string }> {
  try {
    if (object.size > LARGEST_OBJECT) throw new DamagedObject(`it has more than ${LARGEST_OBJECT} bytes`);
    const bytes = await store.read(object.key, signal);
    if (!bytes) throw new DamagedObject('it is not there any more, or in an archive');
    yield* recordsOf(bytes, object.size, source);
  } catch (error) {
    if (!(error instanceof DamagedObject)) throw error;
    const problem = error.message;
    yield { body: { object: object.key, problem }, size: 0, problem };
  }
}
