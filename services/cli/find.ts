// A document by its id, or by an unambiguous beginning of it.
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
