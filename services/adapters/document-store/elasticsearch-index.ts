// The indices: one a collection, `pipewarden-finding-000001` behind the alias `pipewarden-finding`, made from an index
// template when the first document comes (https://www.elastic.co/docs/manage-data/data-store/templates).
//
// Not a data stream, and not rolled over: compare-and-set names one document, by its id, in one index, and so does the
// promise that what was put as absent is there once. A data stream takes new documents only, and an alias of several
// indices has no such promise. What is past its retention goes by `expire`.
import type { Client } from '@elastic/elasticsearch';
import { z } from 'zod';
import { COLLECTIONS, type CollectionName } from '../../core/topics.ts';
import { answering, causeOf, unusable } from './elasticsearch-client.ts';
import { MAPPING, SCHEMA, SETTINGS } from './elasticsearch-mapping.ts';

/** Above what Elastic's own integrations use (100 to 200). */
const PRIORITY = 500;

const Mappings = z.record(
  z.string(),
  z.object({
    mappings: z.object({ dynamic: z.string().optional(), _meta: z.object({ pipewarden: z.int() }).optional() }),
  }),
);

export class ElasticsearchIndices {
  readonly #client: Client;
  readonly #prefix: string;
  readonly #made = new Map<CollectionName, Promise<void>>();

  constructor(client: Client, prefix: string) {
    this.#client = client;
    this.#prefix = prefix;
  }

  alias(collection: CollectionName): string {
    return `${this.#prefix}${collection}`;
  }

  /** Rejects with STORE_UNUSABLE when an index that is there is not one of ours. */
  async check(): Promise<void> {
    await this.#found(Object.keys(COLLECTIONS).map((name) => `${this.#prefix}${name}`));
  }

  /** Resolves when the collection's index is there. */
  async ensure(collection: CollectionName): Promise<void> {
    const making = this.#made.get(collection) ?? answering(() => this.#make(collection));
    this.#made.set(collection, making);
    try {
      await making;
    } catch (error) {
      this.forget(collection);
      throw error;
    }
  }

  /** Its index has gone: the next write makes it anew. */
  forget(collection: CollectionName): void {
    this.#made.delete(collection);
  }

  async #make(collection: CollectionName): Promise<void> {
    const alias = this.alias(collection);
    if (await this.#found([alias])) return;
    await this.#client.indices.putIndexTemplate({
      name: alias,
      index_patterns: [`${alias}-*`],
      priority: PRIORITY,
      template: { mappings: MAPPING, settings: SETTINGS },
    });
    try {
      await this.#client.indices.create({ index: `${alias}-000001`, aliases: { [alias]: { is_write_index: true } } });
    } catch (error) {
      // Another process was faster.
      if (causeOf(error).type !== 'resource_already_exists_exception') throw error;
    }
    if (!(await this.#found([alias]))) {
      throw unusable(`the index ${alias}-000001 is there without its alias ${alias}: delete one, or add the other`);
    }
  }

  /** Whether there is one. What a template of a higher priority made has another mapping, and would take in any name. */
  async #found(aliases: readonly string[]): Promise<boolean> {
    const found = Mappings.parse(
      await this.#client.indices.getMapping({ index: [...aliases], ignore_unavailable: true, allow_no_indices: true }),
    );
    for (const [index, { mappings }] of Object.entries(found)) {
      if (mappings._meta?.pipewarden === SCHEMA && mappings.dynamic === 'strict') continue;
      throw unusable(
        `the index ${index} was not made by this version's template: another template may stand above ours, or another Pipewarden uses the name; see document_store.prefix`,
      );
    }
    return Object.keys(found).length > 0;
  }
}
