// What one turn takes: so many records, bytes or objects, whichever comes first.
import type { Json } from '../../../core/json.ts';
import type { SourceRecord } from '../../source.ts';
import type { Turn } from '../system.ts';

const MOST_RECORDS = 500;
const MOST_BYTES = 4 * 1024 * 1024;
/** Of objects that hold few records. */
const MOST_OBJECTS = 200;

export interface Batch {
  readonly isFull: boolean;
  readonly isEmpty: boolean;
  /** `size`: in bytes, of the record. */
  add(record: SourceRecord, size: number): void;
  /** Told as a sentence. */
  miss(problem: string): void;
  /** All records of an object have been added. */
  end(): void;
  /** Empties it. `onRefused`: told how many of its records are none of their source. */
  turn(cursor: Json, onRefused?: (count: number) => void): Turn;
}

export function createBatch(): Batch {
  let records: SourceRecord[] = [];
  let missing: string[] = [];
  let bytes = 0;
  let objects = 0;
  return {
    get isFull() {
      return records.length >= MOST_RECORDS || bytes >= MOST_BYTES || objects >= MOST_OBJECTS;
    },
    get isEmpty() {
      return records.length === 0 && objects === 0;
    },
    add(record, size) {
      records.push(record);
      bytes += size;
    },
    miss(problem) {
      missing.push(problem);
    },
    end() {
      objects += 1;
    },
    turn(cursor, onRefused) {
      const made = { records, ...(missing.length > 0 && { missing }) };
      records = [];
      missing = [];
      bytes = 0;
      objects = 0;
      return {
        ...made,
        cursor(report) {
          onRefused?.(report.refused.length);
          return cursor;
        },
      };
    },
  };
}
