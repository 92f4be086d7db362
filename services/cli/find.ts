// What somebody names: a document by its id or an unambiguous beginning of it, an entry of a catalogue by its id.
import { nearest } from '../core/configuration/nearest.ts';
import { PipewardenError } from '../core/errors.ts';
import type { DocumentStore } from '../core/ports/document-store.ts';
import type { CollectionName } from '../core/topics.ts';

/** `field` is where the document itself holds its id. Eight characters are the least. Throws NOT_FOUND. */
export async function findDocument<Body extends object>(
  store: DocumentStore,
  collection: CollectionName,
  field: string,
  id: string,
): Promise<Body> {
  const exact = await store.get<Body>(collection, id);
  if (exact) return exact.body;
  if (/^[0-9a-f]{8,31}$/.test(id)) {
    const { documents } = await store.search<Body>(collection, {
      where: [{ field, from: id, below: `${id}g` }],
      limit: 2,
    });
    const [only, another] = documents;
    if (only && !another) return only.body;
  }
  throw new PipewardenError('NOT_FOUND', { what: collection, id, where: 'this data folder' });
}

/** The entry of a catalogue. Throws NOT_FOUND, with the nearest id that there is. */
export function findEntry<Entry extends { readonly id: string }>(
  catalogue: readonly Entry[],
  what: string,
  id: string,
): Entry {
  const found = catalogue.find((entry) => entry.id === id);
  if (found) return found;
  const ids = catalogue.map((entry) => entry.id);
  const near = nearest(id, ids);
  throw new PipewardenError('NOT_FOUND', { what, id, where: near ? `the list; did you mean ${near}?` : 'the list' });
}
