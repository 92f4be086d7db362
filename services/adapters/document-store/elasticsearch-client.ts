// How Elasticsearch is reached, whether it can be used, and what its refusals mean.
import { Client, errors, HttpConnection } from '@elastic/elasticsearch';
import { z } from 'zod';
import { messageOf, PipewardenError } from '../../core/errors.ts';
import { SECOND } from '../../core/time.ts';
import { refused } from './terms.ts';

export interface ElasticsearchConnection {
  /** Addresses of nodes, `https://host:9200`; one is enough, more are tried in turn. */
  readonly nodes: readonly string[];
  /** As Elasticsearch shows it under `encoded`: base64 of id and key. */
  readonly apiKey?: string;
  /** Certificate of the authority that signed the nodes', in PEM; default: those that Node.js knows. */
  readonly ca?: string;
}

const REQUEST_TIMEOUT_MS = 30 * SECOND;
const OLDEST_MAJOR = 9;

/**
 * Nothing is sent twice by the client itself: a write whose answer was lost would come back as a conflict with itself.
 * Who reads may ask another node.
 */
export function createClient({ nodes, apiKey, ca }: ElasticsearchConnection): Client {
  return new Client({
    nodes: [...nodes],
    ...(apiKey === undefined ? {} : { auth: { apiKey } }),
    ...(ca === undefined ? {} : { tls: { ca } }),
    Connection: HttpConnection,
    maxRetries: 0,
    requestTimeout: REQUEST_TIMEOUT_MS,
    enableMetaHeader: false,
  });
}

const Nodes = z.object({ nodes: z.record(z.string(), z.object({ version: z.string() })) });

/** Rejects with STORE_UNUSABLE where a node is older than we know, with STORE_UNAVAILABLE where none answers. */
export async function checkVersion(client: Client): Promise<void> {
  const { nodes } = Nodes.parse(
    await client.nodes.info({ node_id: '_all', metric: '_none', filter_path: ['nodes.*.version'] }),
  );
  const old = Object.values(nodes).find(({ version }) => Number.parseInt(version, 10) < OLDEST_MAJOR);
  if (old) throw unusable(`a node is Elasticsearch ${old.version}, needed is ${OLDEST_MAJOR}.0 or newer`);
}

export function unusable(problem: string, cause?: unknown): PipewardenError {
  return new PipewardenError('STORE_UNUSABLE', { problem }, cause);
}

export function unavailable(problem: string, cause?: unknown): PipewardenError {
  return new PipewardenError('STORE_UNAVAILABLE', { problem }, cause);
}

/** What `work` gives; whatever it fails with as one of our errors. */
export async function answering<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof PipewardenError ? error : fromClient(error);
  }
}

function fromClient(error: unknown): PipewardenError {
  if (error instanceof errors.ResponseError) return fromStatus(error.statusCode ?? 0, causeOf(error), error);
  if (error instanceof errors.ProductNotSupportedError) return unusable('what answers is not Elasticsearch', error);
  const problem = messageOf(error);
  if (/certificate|altname/i.test(problem)) {
    return unusable(`${problem}: name the authority that signed its certificate in document_store.ca`, error);
  }
  return unavailable(problem || 'no node can be reached: is it running, and are document_store.nodes right?', error);
}

export const Cause = z.object({ type: z.string(), reason: z.string().nullish() });
export type Cause = z.infer<typeof Cause>;
const Failure = z.object({ error: Cause.extend({ root_cause: z.array(Cause).default([]) }) });

/** What went wrong innermost, by its name (`search_context_missing_exception`) and in words. */
export function causeOf(error: unknown): Cause {
  const body = error instanceof errors.ResponseError ? Failure.safeParse(error.body).data : undefined;
  return body?.error.root_cause[0] ?? body?.error ?? { type: '', reason: messageOf(error) };
}

/** An index that somebody deleted is made anew, a point in time that has expired is opened anew. */
const GONE: ReadonlySet<string> = new Set(['index_not_found_exception', 'search_context_missing_exception']);

/** A refusal, of a request or of one of its items, by its HTTP status. */
export function fromStatus(status: number, { type, reason }: Cause, error?: unknown): PipewardenError {
  const problem = `${status} ${reason ?? type}`.slice(0, 1_000);
  if (type === 'media_type_header_exception') {
    return unusable(`it is older than Elasticsearch ${OLDEST_MAJOR}.0, which is needed`, error);
  }
  // A full disk or somebody's write block: it passes.
  if (type === 'cluster_block_exception') return unavailable(problem, error);
  if (status === 401) return unusable(`it does not let us in (${problem}): see document_store.api_key`, error);
  if (status === 403) return unusable(`the API key lacks a privilege (${problem})`, error);
  if (status === 413) return refused('a document is larger than its http.max_content_length', error);
  const passes = status === 408 || status === 429 || status >= 500 || GONE.has(type);
  return passes ? unavailable(problem, error) : refused(problem, error);
}
