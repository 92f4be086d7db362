// The `document_store` part of the configuration.
import { z } from 'zod';
import { secretReference } from '../../core/configuration/secret-reference.ts';
import type { NamedReference } from './named-reference.ts';
import { authorities } from './tls.ts';

const node = z
  .url({ protocol: /^https?$/ })
  .refine((url) => {
    const { username, password } = new URL(url);
    return username === '' && password === '';
  }, 'no user or password here: give an API key, as a reference, in api_key')
  .meta({ examples: ['https://es-1.example:9200'] });

const elasticsearch = z
  .strictObject({
    type: z.literal('elasticsearch').describe('Elasticsearch 9.0 or newer.'),
    nodes: z.array(node).min(1).describe('Addresses of its nodes; one is enough, others are asked when it is away.'),
    api_key: secretReference
      .optional()
      .describe(
        'API key, in the form that Elasticsearch calls encoded. The privileges that it needs: docs/operations.md.',
      ),
    ca: authorities.optional(),
    prefix: z
      .string()
      .regex(
        /^[a-z0-9][a-z0-9_-]{0,60}$/,
        'expected lower-case letters, digits, - and _, beginning with a letter or digit',
      )
      .default('pipewarden-')
      .describe('Of every index: two Pipewardens with different ones share a cluster.'),
  })
  .refine(
    ({ nodes, api_key }) => api_key === undefined || nodes.every((url) => url.startsWith('https:')),
    'an API key goes to https:// addresses only: anybody on the way could read it',
  );

export const documentStore = z
  .discriminatedUnion('type', [z.strictObject({ type: z.literal('sqlite') }), elasticsearch])
  .default({ type: 'sqlite' })
  .describe('What keeps findings, incidents, playbook runs and the audit trail.');

type DocumentStoreConfiguration = z.output<typeof documentStore>;
export type ElasticsearchConfiguration = Extract<DocumentStoreConfiguration, { readonly type: 'elasticsearch' }>;

/** The secrets that it may refer to, with what each is for. */
export function documentStoreSecrets(store: DocumentStoreConfiguration): readonly NamedReference[] {
  return store.type === 'elasticsearch' ? [['elasticsearch key', store.api_key]] : [];
}
