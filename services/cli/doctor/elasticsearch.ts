// What the doctor says of Elasticsearch: whether it answers, and lets us keep documents.
import type { Resolve } from '../../core/configuration/secret-reference.ts';
import { messageOf } from '../../core/errors.ts';
import type { Configuration } from '../configuration.ts';
import { elasticsearchOptions } from '../ports/elasticsearch.ts';
import type { Check } from './check.ts';

/** Nothing where the embedded document store is used. */
export async function elasticsearchChecks(
  { document_store }: Configuration,
  secret: Resolve,
): Promise<readonly Check[]> {
  if (document_store.type !== 'elasticsearch') return [];
  const name = 'elasticsearch';
  try {
    const { openElasticsearchDocumentStore } = await import('../../adapters/document-store/elasticsearch.ts');
    const store = await openElasticsearchDocumentStore(elasticsearchOptions(document_store, secret));
    await store.close();
    return [{ name, ok: true, note: 'answers, and its indices are as they should be' }];
  } catch (error) {
    return [{ name, ok: false, note: messageOf(error) }];
  }
}
