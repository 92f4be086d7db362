// Where each reading is, in the document store. One collector at a time reads a thing: it holds the document for a while,
// and every change is compared with what it last saw, so one that was replaced cannot move the place back.
import type { Clock } from '../../core/clock.ts';
import { PipewardenError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import type { DocumentStore } from '../../core/ports/document-store.ts';
import { formatInstant, MINUTE } from '../../core/time.ts';
import { packed, unpacked } from './packed.ts';

/** A collector that says nothing for so long has lost what it held. */
export const HOLD = 2 * MINUTE;

/** A document of the collection `cursor`, or `errand`. */
export interface CursorDocument {
  readonly name: string;
  /** Packed; where nothing was read yet, none. */
  readonly place?: string;
  readonly owner: string;
  /** RFC 3339; free from then on. */
  readonly held_until: string;
  /** When all that there was had been read. */
  readonly read_at?: string;
  /** There is nothing more to come. */
  readonly done?: boolean;
  /** Since when it cannot be read, and why. */
  readonly failing?: { readonly since: string; readonly error: string } | null;
}

export interface Changes extends Partial<Pick<CursorDocument, 'read_at' | 'done' | 'failing'>> {
  readonly cursor?: Json;
}

export interface Held {
  readonly cursor: Json | undefined;
  readonly isDone: boolean;
  /** Rejects with FEED_TAKEN when another collector holds it now; with STORE_UNAVAILABLE. */
  save(changes: Changes, holdMs?: number): Promise<void>;
}

export interface Cursors {
  /** Undefined: another collector holds it. */
  take(name: string): Promise<Held | undefined>;
}

/** `owner`: unlike that of any other process, and the same when this one is started again: it goes on at once. */
export function createCursors(
  store: DocumentStore,
  owner: string,
  clock: Clock,
  collection: 'cursor' | 'errand' = 'cursor',
): Cursors {
  return {
    async take(name) {
      const found = await store.get<CursorDocument>(collection, name);
      const isTaken = found && found.body.owner !== owner && Date.parse(found.body.held_until) > clock.now();
      if (isTaken) return undefined;
      let document: CursorDocument = { name, ...found?.body, owner, held_until: until(HOLD) };
      let version = found?.version ?? 'absent';
      /** One write after the other: a renewal and a step forward may meet. */
      let last: Promise<unknown> = Promise.resolve();

      function write(changes: Partial<CursorDocument>): Promise<void> {
        const written = last.then(async () => {
          const next = { ...document, ...changes };
          version = await store.put(collection, name, next, version);
          document = next;
        });
        last = written.catch(() => undefined);
        return written.catch((error: unknown) => {
          const isLost = error instanceof PipewardenError && error.code === 'DOCUMENT_CONFLICT';
          throw isLost ? new PipewardenError('FEED_TAKEN', { name }, error) : error;
        });
      }

      try {
        await write({});
      } catch (error) {
        if (error instanceof PipewardenError && error.code === 'FEED_TAKEN') return undefined;
        throw error;
      }
      return {
        get cursor() {
          return document.place === undefined ? undefined : unpacked(document.place);
        },
        get isDone() {
          return document.done === true;
        },
        save: ({ cursor, ...changes }, holdMs = HOLD) =>
          write({ ...changes, ...(cursor !== undefined && { place: packed(cursor) }), held_until: until(holdMs) }),
      };
    },
  };

  function until(ms: number): string {
    return formatInstant(clock.now() + ms);
  }
}
