// Searches: a page, counts by value, what is past its time.
import type { Client, estypes } from '@elastic/elasticsearch';
import { z } from 'zod';
import { PipewardenError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import type { Condition, Page, Query } from '../../core/ports/document-store.ts';
import type { Instant } from '../../core/time.ts';
import type { CollectionName } from '../../core/topics.ts';
import { answering } from './elasticsearch-client.ts';
import { Hit, stored } from './elasticsearch-documents.ts';
import { COMPOUND, decode } from './elasticsearch-facts.ts';
import { BODY, DATASET, datasetOf, ID } from './elasticsearch-mapping.ts';
import { factsAt, matching, orderOf, readCursor, writeCursor, writtenBefore } from './elasticsearch-query.ts';
import { checkedLimit } from './terms.ts';

/** How long the pages of a search stay as they were, after the last one that was asked for. */
const KEEP_ALIVE = '2m';

const Sorted = Hit.extend({ sort: z.array(z.union([z.string(), z.number(), z.null()])) });
const Found = z.object({
  hits: z.object({ total: z.object({ value: z.int() }), hits: z.array(Sorted) }),
  pit_id: z.string().optional(),
});
type Found = z.infer<typeof Found>;
const Counts = z.object({
  aggregations: z
    .object({ values: z.object({ buckets: z.array(z.object({ key: z.string(), doc_count: z.int() })) }) })
    .optional(),
});
const Old = z.object({
  hits: z.object({ hits: z.array(z.object({ _id: z.string(), _seq_no: z.int(), _primary_term: z.int() })) }),
});

export class ElasticsearchSearch {
  readonly #client: Client;
  readonly #alias: (collection: CollectionName) => string;
  readonly #retries: number;

  constructor(client: Client, alias: (collection: CollectionName) => string, nodes: number) {
    this.#client = client;
    this.#alias = alias;
    this.#retries = nodes - 1;
  }

  /**
   * The first page is that of a point in time when more follow; later ones are of the same one, as long as it is kept,
   * then of a new one, from the same place in the order on
   * (https://www.elastic.co/docs/reference/elasticsearch/rest-apis/paginate-search-results).
   */
  async page<Body extends object>(collection: CollectionName, query: Query): Promise<Page<Body>> {
    const limit = checkedLimit(query.limit);
    const request: estypes.SearchRequest = {
      query: {
        bool: { filter: [{ term: { [DATASET]: datasetOf(collection) } }, matching(query.where ?? [], query.text)] },
      },
      sort: orderOf(query.sort),
      // One more says whether there are more; of nothing there is no next page.
      size: limit === 0 ? 0 : limit + 1,
      track_total_hits: true,
      seq_no_primary_term: true,
      _source: [ID, BODY],
    };
    const found = await this.#found(collection, request, query.after);
    const hits = found.hits.hits.slice(0, limit);
    const last = hits.at(-1);
    return {
      documents: hits.map((hit) => stored<Body>(hit)),
      total: found.hits.total.value,
      ...(last && found.pit_id !== undefined && found.hits.hits.length > limit
        ? { next: writeCursor([found.pit_id, last.sort.slice(0, query.sort ? 2 : 1)]) }
        : {}),
    };
  }

  async #found(collection: CollectionName, request: estypes.SearchRequest, after: string | undefined): Promise<Found> {
    if (after === undefined) {
      const found = await this.#search({ ...request, index: this.#alias(collection), ignore_unavailable: true });
      return found.hits.hits.length < (request.size ?? 0) || request.size === 0
        ? found
        : await this.#anew(collection, request);
    }
    const [id, search_after] = readCursor(after);
    const rest = { ...request, search_after };
    try {
      return await this.#search({ ...rest, pit: { id, keep_alive: KEEP_ALIVE } });
    } catch (error) {
      // It has expired, or the node that held it is gone.
      if (error instanceof PipewardenError && error.code === 'STORE_UNAVAILABLE')
        return await this.#anew(collection, rest);
      throw error;
    }
  }

  async #anew(collection: CollectionName, request: estypes.SearchRequest): Promise<Found> {
    const { id } = await answering(() =>
      this.#client.openPointInTime({ index: this.#alias(collection), keep_alive: KEEP_ALIVE }),
    );
    return await this.#search({ ...request, pit: { id, keep_alive: KEEP_ALIVE } });
  }

  async #search(request: estypes.SearchRequest): Promise<Found> {
    return Found.parse(await this.#ask(request));
  }

  /** A page with holes would be taken for the whole. */
  async #ask(request: estypes.SearchRequest): Promise<unknown> {
    return await answering(() =>
      this.#client.search({ ...request, allow_partial_search_results: false }, { maxRetries: this.#retries }),
    );
  }

  async count(
    collection: CollectionName,
    by: string,
    where: readonly Condition[] = [],
    limit?: number,
  ): Promise<{ readonly value: Json; readonly count: number }[]> {
    const size = checkedLimit(limit);
    const field = factsAt(by);
    const query = matching(where);
    if (size === 0) return [];
    const { aggregations } = Counts.parse(
      await this.#ask({
        index: this.#alias(collection),
        ignore_unavailable: true,
        size: 0,
        query,
        aggs: { values: { terms: { field, size, exclude: [COMPOUND] } } },
      }),
    );
    return (aggregations?.values.buckets ?? []).map(({ key, doc_count }) => ({ value: decode(key), count: doc_count }));
  }

  /** Removes at most `limit`; gives how many there were, and how many of them were not written to meanwhile. */
  async removeBefore(
    collection: CollectionName,
    before: Instant,
    limit: number,
  ): Promise<{ readonly found: number; readonly removed: number }> {
    const index = this.#alias(collection);
    const request = { index, ignore_unavailable: true, query: writtenBefore(before), size: limit };
    const { hits } = Old.parse(await this.#ask({ ...request, _source: false, seq_no_primary_term: true })).hits;
    if (hits.length === 0) return { found: 0, removed: 0 };
    const { items } = Removed.parse(
      await answering(() =>
        this.#client.bulk({
          operations: hits.map(({ _id, _seq_no, _primary_term }) => ({
            delete: { _index: index, _id, if_seq_no: _seq_no, if_primary_term: _primary_term },
          })),
          require_alias: true,
          // The next search must not find them again.
          refresh: true,
        }),
      ),
    );
    return { found: hits.length, removed: items.filter((item) => item.delete.result === 'deleted').length };
  }
}

const Removed = z.object({ items: z.array(z.object({ delete: z.object({ result: z.string().optional() }) })) });
