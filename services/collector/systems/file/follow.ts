// A log file that is read while it is written, line by line, across rotations: each line once, none left out. It is looked
// at every second; what the system could tell of changes does not reach every kind of file system.
import { PipewardenError } from '../../../core/errors.ts';
import { isObject, type Json } from '../../../core/json.ts';
import { MINUTE, SECOND } from '../../../core/time.ts';
import type { Condition, Poll, Surroundings, Turn } from '../system.ts';
import { type Generation, MOST_HEAD, NO_HEAD, openGeneration } from './generation.ts';
import { blocksOf } from './lines.ts';
import { generationsFrom, holds, type Place, START } from './rotation.ts';

/** A reading looks again and again for so long: keeping the place costs more than a look. */
const READING = MINUTE;
/** A writer goes on with the file that was renamed until it is told; quiet for so long, it has been. */
const GRACE = 10 * SECOND;

export interface FollowedFile {
  /** Of the poll. */
  readonly name: string;
  readonly source: string;
  readonly path: string;
}

/** Rejects with FILE_UNREADABLE, also where the file has never been there. */
export function filePoll({ name, source, path }: FollowedFile, { clock }: Pick<Surroundings, 'clock'>): Poll {
  async function* read(cursor: Json | undefined, signal: AbortSignal): AsyncGenerator<Turn> {
    let place = placeIn(cursor) ?? START;
    let known = place !== START;
    let quietSince: number | undefined;

    /** What is there behind the place. */
    async function* rest(generation: Generation, ended: boolean): AsyncGenerator<Turn> {
      const { id: file, changed } = generation;
      for await (const { lines, size } of blocksOf(generation.pieces(place.offset), place.offset, ended)) {
        const offset = place.offset + size;
        const head = place.head.length < MOST_HEAD ? await generation.head(offset) : place.head;
        place = { file, offset, changed, head };
        const received_at = clock.now();
        yield { records: lines.map(({ text, at }) => ({ source, received_at, body: text, at })), cursor: place };
      }
    }

    /** The rest of what was rotated away. Afterwards the place is at the start of the file, unless the old one may still grow. */
    async function* older(live: Generation | undefined): AsyncGenerator<Turn> {
      const { own, later } = await generationsFrom(path, place);
      // Its device has another number now, or it was put back from a copy.
      if (own === undefined && live && place.head.length > 0 && (await holds(live, place))) return;
      const was = place.file;
      const all = own === undefined ? later : [own, ...later];
      for (const each of all) {
        const generation = await openGeneration(each);
        if (!generation) continue;
        try {
          const grows = each === all.at(-1) && generation.id === was;
          if (each !== own) place = startOf(generation);
          const before = place.offset;
          yield* rest(generation, !grows);
          if (!grows) continue;
          if (place.offset > before || !live || quietSince === undefined) quietSince = clock.now();
          if (clock.now() - quietSince < GRACE) return;
          yield* rest(generation, true);
        } finally {
          await generation.close();
        }
      }
      place = START;
    }

    for (const end = clock.now() + READING; clock.now() < end; await clock.sleep(SECOND, signal)) {
      const live = await openGeneration(path);
      try {
        if (!live && !known) throw new PipewardenError('FILE_UNREADABLE', { path, problem: 'there is no such file' });
        known = true;
        // Of a file of which nothing was read, all may have been copied and truncated.
        const isHere =
          live?.id === place.file && (place.offset > 0 || live.changed === place.changed) && (await holds(live, place));
        if (place.file !== '' && !isHere) yield* older(live);
        else quietSince = undefined;
        if (!live || (place.file !== '' && !(await holds(live, place)))) continue;
        if (place.file === '') {
          place = startOf(live);
          yield { records: [], cursor: place };
        }
        yield* rest(live, false);
      } finally {
        await live?.close();
      }
    }
  }
  return { name, source, every: SECOND, read };
}

export function fileCondition(path: string): Condition {
  return {
    name: `file ${path}`,
    async problem() {
      const live = await openGeneration(path);
      await live?.close();
      return live ? undefined : 'there is no such file: mend its path, or let this process see it';
    },
  };
}

function startOf({ id, changed }: Generation): Place {
  return { file: id, offset: 0, head: NO_HEAD, changed };
}

function placeIn(cursor: Json | undefined): Place | undefined {
  if (!isObject(cursor) || !isObject(cursor.head)) return undefined;
  const { file, offset, changed } = cursor;
  const { length, hash } = cursor.head;
  if (typeof file !== 'string' || typeof offset !== 'number' || typeof changed !== 'number') return undefined;
  if (typeof length !== 'number' || typeof hash !== 'string') return undefined;
  return { file, offset, changed, head: { length, hash } };
}
