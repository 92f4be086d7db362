// Several logs under one errand, one behind the other: those of the jobs of a run that has ended.
import { isObject, type Json } from '../../core/json.ts';
import type { Reading, Turn } from './system.ts';

export interface OneLog {
  /** Unlike the others', and the same when they are listed again. */
  readonly id: string;
  read(cursor: Json | undefined): Reading;
}

/** The cursor says which of them are done, and where the one that is being read goes on. */
export async function* severalLogs(logs: readonly OneLog[], cursor: Json | undefined): AsyncGenerator<Turn> {
  const { done, log, place } = placeIn(cursor);
  for (const { id, read } of logs) {
    if (done.includes(id)) continue;
    const before = [...done];
    done.push(id);
    for await (const turn of read(id === log ? place : undefined)) {
      const isOver = turn.records.every(({ part }) => part?.last ?? true);
      yield {
        ...turn,
        cursor(report) {
          if (isOver) return { done: [...before, id] };
          return {
            done: before,
            log: id,
            place: typeof turn.cursor === 'function' ? turn.cursor(report) : turn.cursor,
          };
        },
      };
    }
  }
}

interface Place {
  readonly done: string[];
  readonly log?: string;
  readonly place?: Json;
}

function placeIn(cursor: Json | undefined): Place {
  if (!isObject(cursor) || !Array.isArray(cursor.done)) return { done: [] };
  const { log, place } = cursor;
  const done = cursor.done.filter((id) => typeof id === 'string');
  return { done, ...(typeof log === 'string' && { log }), ...(place !== undefined && { place }) };
}
