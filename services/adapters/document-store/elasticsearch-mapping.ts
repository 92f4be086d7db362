// How documents lie in Elasticsearch: the mapping of every index, and a document in its terms.
import type { estypes } from '@elastic/elasticsearch';
import type { Instant } from '../../core/time.ts';
import type { CollectionName } from '../../core/topics.ts';
import { ECS_FIELDS, ecsOf } from './elasticsearch-ecs.ts';
import { factsOf } from './elasticsearch-facts.ts';
import { refused, textsOf, wordsOf } from './terms.ts';

/** Grows when an index made before can no longer be written to. */
export const SCHEMA = 1;

export const ID = 'pipewarden.id';
export const BODY = 'pipewarden.body';
export const FACTS = 'pipewarden.facts';
export const WORDS = 'pipewarden.words';
export const WRITTEN = 'pipewarden.written';
export const DATASET = 'event.dataset';

/** A document's `_id` may have 512 bytes, one that sorts 32,766. */
const LONGEST_ID = 8_000;

/**
 * Strict: no document can add a field, whatever names are in it. Its JSON lies in `body` as text that nothing looks
 * into, so nothing of it is lost; queries look at `facts` and `words`. All else is for people, in the names of ECS.
 */
export const MAPPING: estypes.MappingTypeMapping = {
  dynamic: 'strict',
  _meta: { pipewarden: SCHEMA },
  properties: {
    ...ECS_FIELDS,
    pipewarden: {
      properties: {
        id: { type: 'keyword' },
        written: { type: 'date', format: 'epoch_millis' },
        severity: { type: 'keyword', ignore_above: 1024 },
        status: { type: 'keyword', ignore_above: 1024 },
        facts: { type: 'flattened' },
        words: { type: 'text', analyzer: 'whitespace', norms: false, index_options: 'docs' },
        body: { type: 'keyword', index: false, doc_values: false },
      },
    },
  },
};

/** One shard keeps counts exact; incidents and findings are few. A set of replicas appears when there is a second node. */
export const SETTINGS: estypes.IndicesIndexSettings = {
  number_of_shards: 1,
  auto_expand_replicas: '0-1',
  refresh_interval: '1s',
  codec: 'best_compression',
  translog: { durability: 'request' },
};

export function datasetOf(collection: CollectionName): string {
  return `pipewarden.${collection}`;
}

/** The JSON to be sent. Throws STORE_REFUSED for what cannot be a document. */
export function documentText(collection: CollectionName, id: string, body: object, written: Instant): string {
  if (Buffer.byteLength(id) > LONGEST_ID) throw refused(`an id has at most ${LONGEST_ID} bytes`);
  try {
    const text = JSON.stringify(body);
    const plain: unknown = JSON.parse(text);
    const { own, ...ecs } = ecsOf(collection, plain);
    const words = searchable(textsOf(text).flatMap(wordsOf));
    return JSON.stringify({
      ...ecs,
      pipewarden: { id, written, ...own, facts: factsOf(plain), words, body: text },
    });
  } catch (error) {
    // The stack of calls is used up.
    if (error instanceof RangeError) throw refused('a document is nested too deeply', error);
    throw error;
  }
}

/** Words as they are indexed and looked for: each once, without case and accents, as FTS5's `unicode61` has them. */
export function searchable(words: readonly string[]): string {
  return [...new Set(words.map(fold))].join(' ');
}

function fold(word: string): string {
  return word
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase();
}
