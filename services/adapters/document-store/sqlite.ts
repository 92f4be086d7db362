// The embedded document store: JSON documents in an SQLite file. Several processes may have the file open.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../core/clock.ts';
import { messageOf, PipewardenError } from '../../core/errors.ts';
import type { DocumentStore } from '../../core/ports/document-store.ts';
import { opening } from '../sqlite.ts';
import { DocumentTable } from './sqlite-table.ts';

/** Documents that `expire` removes in one go, between two turns of the event loop. */
const EXPIRE_BATCH = 500;

/** `path`: the database file, made where it is missing. Throws STORE_UNAVAILABLE when it cannot be used. */
export function openSqliteDocumentStore(options: { readonly path: string; readonly clock: Clock }): DocumentStore {
  const { path, clock } = options;
  const table = opening(path, 'STORE_UNAVAILABLE', () => new DocumentTable(path));
  let closed = false;

  function asked<Result>(work: () => Result): Result {
    if (closed) throw new PipewardenError('STORE_UNAVAILABLE', { problem: 'it is closed' });
    return answering(work);
  }

  return {
    get: async (collection, id) => asked(() => table.get(collection, id)),
    put: async (collection, id, body, expected) => asked(() => table.put(collection, id, body, expected, clock.now())),
    remove: async (collection, id) => asked(() => table.remove(collection, id)),
    search: async (collection, query) => asked(() => table.search(collection, query)),
    count: async (collection, by, where, limit) => asked(() => table.count(collection, by, where, limit)),
    async expire(collection, before) {
      let removed = 0;
      for (;;) {
        const batch = asked(() => table.removeBefore(collection, before, EXPIRE_BATCH));
        removed += batch;
        if (batch < EXPIRE_BATCH) return removed;
        await nextTurn();
      }
    },
    async close() {
      if (closed) return;
      closed = true;
      table.close();
    },
  };
}

function answering<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof PipewardenError) throw error;
    throw new PipewardenError('STORE_UNAVAILABLE', { problem: messageOf(error) }, error);
  }
}
