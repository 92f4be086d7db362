// Elasticsearch as the configuration wants it: secrets resolved, certificates read.
import type { ElasticsearchOptions } from '../../adapters/document-store/elasticsearch.ts';
import { systemClock } from '../../core/clock.ts';
import type { Resolve } from '../../core/configuration/secret-reference.ts';
import { known } from '../../core/known.ts';
import type { ElasticsearchConfiguration } from '../configuration/document-store.ts';
import { readPem } from '../configuration/tls.ts';

/** Throws CONFIG_INVALID for a secret or a file that is not there. */
export function elasticsearchOptions(
  { nodes, prefix, api_key, ca }: ElasticsearchConfiguration,
  secret: Resolve,
): ElasticsearchOptions {
  return known({
    nodes,
    prefix,
    apiKey: api_key === undefined ? undefined : secret(api_key),
    ca: ca === undefined ? undefined : readPem('document_store.ca', ca),
    clock: systemClock,
  });
}
