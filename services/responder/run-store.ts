// Runs in the document store: every change is a compare-and-set that starts again from what somebody else has written.
import { PipewardenError } from '../core/errors.ts';
import type { DocumentStore, Stored } from '../core/ports/document-store.ts';
import type { RunDocument } from './run.ts';

/** More conflicts in a row than writers can cause: the store itself is at odds. */
const TRIES = 50;

export async function getRun(store: DocumentStore, id: string): Promise<Stored<RunDocument> | undefined> {
  return await store.get<RunDocument>('run', id);
}

/** False when the run is there already. */
export async function createRunDocument(store: DocumentStore, run: RunDocument): Promise<boolean> {
  return (await put(store, run, 'absent')) !== undefined;
}

/**
 * Changes a run to what `next` makes of it and gives it as it then is; undefined when there is no such run. `next` may be
 * called again with a newer state, and gives undefined to leave it as it is.
 */
export async function changeRun(
  store: DocumentStore,
  id: string,
  next: (run: RunDocument) => RunDocument | undefined,
): Promise<RunDocument | undefined> {
  for (let tries = 0; tries < TRIES; tries++) {
    const stored = await getRun(store, id);
    const changed = stored && next(stored.body);
    if (!changed) return stored?.body;
    if ((await put(store, changed, stored.version)) !== undefined) return changed;
  }
  throw new PipewardenError('DOCUMENT_CONFLICT', { id, collection: 'run' });
}

async function put(store: DocumentStore, run: RunDocument, expected: string): Promise<string | undefined> {
  try {
    return await store.put('run', run.id, run, expected);
  } catch (error) {
    if (error instanceof PipewardenError && error.code === 'DOCUMENT_CONFLICT') return undefined;
    throw error;
  }
}
