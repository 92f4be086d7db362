// The scale-out document store: Elasticsearch 9.
//
// Every field whose path the port takes can be filtered, counted and sorted by, whatever its name and type, and without
// a mapping of its own: numbers, booleans, texts, lists of them. Of a text of more than 1,000 characters order and
// counts see the beginning. Fields more than 16 steps deep, and those with other characters than A–Z, a–z, 0–9, _ and -
// in their names, are kept and searched by words, but cannot be asked for; so it is with every adapter.
import type { Clock } from '../../core/clock.ts';
import type { DocumentStore } from '../../core/ports/document-store.ts';
import {
  answering,
  checkVersion,
  createClient,
  type ElasticsearchConnection,
  unavailable,
} from './elasticsearch-client.ts';
import { ElasticsearchDocuments } from './elasticsearch-documents.ts';
import { ElasticsearchIndices } from './elasticsearch-index.ts';
import { documentText } from './elasticsearch-mapping.ts';
import { ElasticsearchSearch } from './elasticsearch-search.ts';

/** Documents that `expire` removes in one request. */
const EXPIRE_BATCH = 500;

export interface ElasticsearchOptions extends ElasticsearchConnection {
  /** Of every index and template: two Pipewardens with different ones share a cluster. Default `pipewarden-`. */
  readonly prefix?: string;
  readonly clock: Clock;
}

/**
 * Rejects with STORE_UNAVAILABLE when no node answers, with STORE_UNUSABLE when it is too old, is no Elasticsearch, does
 * not let us in, or has something else under our names.
 */
export async function openElasticsearchDocumentStore(options: ElasticsearchOptions): Promise<DocumentStore> {
  const { prefix = 'pipewarden-', clock } = options;
  const client = createClient(options);
  const indices = new ElasticsearchIndices(client, prefix);
  const documents = new ElasticsearchDocuments(client, indices);
  const search = new ElasticsearchSearch(client, (collection) => indices.alias(collection), options.nodes.length);
  let closing: Promise<void> | undefined;

  async function asked<Result>(work: () => Promise<Result>): Promise<Result> {
    if (closing) throw unavailable('it is closed');
    return await answering(work);
  }

  async function close(): Promise<void> {
    await documents.idle();
    await client.close();
  }

  try {
    await answering(async () => {
      await checkVersion(client);
      await indices.check();
    });
  } catch (error) {
    await client.close();
    throw error;
  }
  return {
    get: (collection, id) => asked(() => documents.get({ collection, id })),
    put: (collection, id, body, expected) =>
      asked(async () => {
        const text = documentText(collection, id, body, clock.now());
        return await documents.put({ collection, id }, text, expected);
      }),
    remove: (collection, id) => asked(() => documents.remove({ collection, id })),
    search: (collection, query) => asked(() => search.page(collection, query)),
    count: (collection, by, where, limit) => asked(() => search.count(collection, by, where, limit)),
    async expire(collection, before) {
      for (let removed = 0; ; ) {
        const batch = await asked(() => search.removeBefore(collection, before, EXPIRE_BATCH));
        removed += batch.removed;
        if (batch.found < EXPIRE_BATCH || batch.removed === 0) return removed;
      }
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}
