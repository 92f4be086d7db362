// Single documents: many at once in one request, each with its own answer
// (https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-bulk and …/operation-mget).
import { hash } from 'node:crypto';
import type { Client, estypes } from '@elastic/elasticsearch';
import { z } from 'zod';
import { PipewardenError } from '../../core/errors.ts';
import type { Stored } from '../../core/ports/document-store.ts';
import type { CollectionName } from '../../core/topics.ts';
import { Batcher, type Outcome } from './batcher.ts';
import { answering, Cause, fromStatus, unavailable } from './elasticsearch-client.ts';
import type { ElasticsearchIndices } from './elasticsearch-index.ts';
import { BODY, ID } from './elasticsearch-mapping.ts';

/** Elastic advises bulks of a few megabytes. */
const BULK_BYTES = 5_000_000;
const BULK_ITEMS = 500;

const Place = z.object({ _seq_no: z.int(), _primary_term: z.int() });
type Place = z.infer<typeof Place>;
/** A document, of a search or of a get. */
export const Hit = Place.extend({ _source: z.object({ pipewarden: z.object({ id: z.string(), body: z.string() }) }) });
type Hit = z.infer<typeof Hit>;

const Answer = z.object({
  status: z.int(),
  result: z.string().optional(),
  error: Cause.optional(),
  _seq_no: z.int().default(-1),
  _primary_term: z.int().default(-1),
});
type Answer = z.infer<typeof Answer>;
/** Each item under the name of what was to be done. */
const Items = z.object({ items: z.array(z.record(z.string(), Answer)) });
const Docs = z.object({
  docs: z.array(z.union([Hit, z.object({ error: Cause }), z.object({ found: z.literal(false) })])),
});

interface Key {
  readonly collection: CollectionName;
  readonly id: string;
}

interface Write extends Key {
  /** What is written; absent: the document goes. */
  readonly text?: string;
  readonly expected: 'absent' | 'any' | Place;
}

/** The version that was written; whether it was there before, for one that goes. */
interface Done {
  readonly version: string;
  readonly found: boolean;
}

export class ElasticsearchDocuments {
  readonly #client: Client;
  readonly #indices: ElasticsearchIndices;
  readonly #gets: Batcher<Key, Hit | undefined>;
  readonly #writes: Batcher<Write, Done>;

  constructor(client: Client, indices: ElasticsearchIndices) {
    this.#client = client;
    this.#indices = indices;
    const bounds = { mostItems: BULK_ITEMS, mostBytes: BULK_BYTES };
    this.#gets = new Batcher({ ...bounds, send: (keys) => this.#getAll(keys), weigh: ({ id }) => id.length });
    this.#writes = new Batcher({ ...bounds, send: (writes) => this.#writeAll(writes), weigh });
  }

  async get<Body extends object>(key: Key): Promise<Stored<Body> | undefined> {
    const hit = await this.#gets.add(key);
    return hit && stored<Body>(hit);
  }

  async put(key: Key, text: string, expected: string): Promise<string> {
    const place = expected === 'absent' || expected === 'any' ? expected : placeOf(expected);
    if (!place) throw conflict(key);
    await this.#indices.ensure(key.collection);
    const { version } = await this.#writes.add({ ...key, text, expected: place });
    return version;
  }

  async remove(key: Key): Promise<boolean> {
    return (await this.#writes.add({ ...key, expected: 'any' })).found;
  }

  async idle(): Promise<void> {
    await Promise.all([this.#gets.idle(), this.#writes.idle()]);
  }

  async #getAll(keys: readonly Key[]): Promise<Outcome<Hit | undefined>[]> {
    const { docs } = Docs.parse(
      await answering(() =>
        this.#client.mget({
          docs: keys.map(({ collection, id }) => ({ _index: this.#indices.alias(collection), _id: idInIndex(id) })),
          _source_includes: [ID, BODY],
        }),
      ),
    );
    return docs.map((doc) => {
      if ('_source' in doc) return { result: doc };
      if ('error' in doc && doc.error.type !== 'index_not_found_exception')
        return { error: unavailable(doc.error.type) };
      return { result: undefined };
    });
  }

  async #writeAll(writes: readonly Write[]): Promise<Outcome<Done>[]> {
    const { items } = Items.parse(
      await answering(() =>
        this.#client.bulk<string>({
          operations: writes.flatMap((write) => this.#operation(write)),
          // Never an index that is not made from our template.
          require_alias: true,
        }),
      ),
    );
    return writes.map((write, index) => {
      const answer = Object.values(items[index] ?? {})[0];
      return answer ? this.#outcome(write, answer) : { error: unavailable('a bulk was answered in part') };
    });
  }

  #operation({ collection, id, text, expected }: Write): (estypes.BulkOperationContainer | string)[] {
    const target: estypes.BulkWriteOperation = { _index: this.#indices.alias(collection), _id: idInIndex(id) };
    const at =
      typeof expected === 'object' ? { if_seq_no: expected._seq_no, if_primary_term: expected._primary_term } : {};
    if (text === undefined) return [{ delete: { ...target, ...at } }];
    return [expected === 'absent' ? { create: target } : { index: { ...target, ...at } }, text];
  }

  #outcome(write: Write, answer: Answer): Outcome<Done> {
    const { status, result, error } = answer;
    if (status === 409) return { error: conflict(write) };
    if (error?.type === 'index_not_found_exception') {
      if (write.text === undefined) return { result: { version: '', found: false } };
      this.#indices.forget(write.collection);
    }
    if (error) return { error: fromStatus(status, error) };
    return { result: { version: versionOf(answer), found: result !== 'not_found' } };
  }
}

function conflict({ collection, id }: Key): PipewardenError {
  return new PipewardenError('DOCUMENT_CONFLICT', { collection, id });
}

function weigh({ id, text }: Write): number {
  return id.length + (text?.length ?? 0);
}

/**
 * A version is where the write stands in the index's history, which comes but once
 * (https://www.elastic.co/docs/reference/elasticsearch/rest-apis/optimistic-concurrency-control).
 */
function versionOf({ _seq_no, _primary_term }: Place): string {
  return `${_seq_no}.${_primary_term}`;
}

function placeOf(version: string): Place | undefined {
  const [, number, term] = /^(\d{1,16})\.(\d{1,16})$/.exec(version) ?? [];
  return number === undefined ? undefined : { _seq_no: Number(number), _primary_term: Number(term) };
}

export function stored<Body extends object>(hit: Hit): Stored<Body> {
  const { id, body } = hit._source.pipewarden;
  return { id, version: versionOf(hit), body: JSON.parse(body) };
}

/** An `_id` has 1 to 512 bytes and is part of addresses; what is no plain word becomes a hash, which no plain word is. */
export function idInIndex(id: string): string {
  return /^[\w.-]{1,200}$/.test(id) ? id : `~${hash('sha256', id)}`;
}
