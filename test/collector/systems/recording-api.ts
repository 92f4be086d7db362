// A server that keeps state and writes down what it is asked, for the APIs of systems that cannot run here: pages, ETags,
// rate limits and outages as those systems document them. Each system's own answers stand beside its test.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or bytes as they are. */
  readonly body?: unknown;
}

/** Undefined: 404. */
export type Handler = (call: Call) => Reply | undefined | Promise<Reply | undefined>;

export interface RecordingApi {
  readonly url: string;
  readonly calls: readonly Call[];
  /** Asked before the handler; what it gives is answered instead, `cut` breaks the connection off. */
  trouble: (call: Call) => Reply | 'cut' | undefined;
  /** `METHOD path?query` of each. */
  lines(): readonly string[];
  close(): Promise<void>;
}

/** `handle` is looked at anew for each request, so a test may change it. */
export async function startRecordingApi(handle: Handler): Promise<RecordingApi> {
  const calls: Call[] = [];
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://api');
    const body = await buffer(request);
    const { method = 'GET', headers } = request;
    const call = { method, path: decodeURIComponent(pathname), query: searchParams, headers, body };
    calls.push(call);
    const trouble = api.trouble(call);
    if (trouble === 'cut') return response.destroy();
    answer(
      response,
      headers['if-none-match'],
      trouble ?? (await handle(call)) ?? { status: 404, body: { message: 'Not Found' } },
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the API has no port');
  const api: RecordingApi = {
    url: `http://127.0.0.1:${address.port}`,
    calls,
    trouble: () => undefined,
    lines: () => calls.map(({ method, path, query }) => `${method} ${path}${query.size > 0 ? `?${query}` : ''}`),
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return api;
}

function answer(
  response: ServerResponse,
  known: string | undefined,
  { status = 200, headers = {}, body }: Reply,
): void {
  if (headers.etag !== undefined && headers.etag === known) return void response.writeHead(304, headers).end();
  const bytes =
    typeof body === 'string' || Buffer.isBuffer(body) ? body : body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, headers).end(bytes);
}

/** One page of a list, with the header that leads to the next one (RFC 8288). `after`: the query's name for a place. */
export function pageOf(
  list: readonly unknown[],
  { path, query }: Call,
  url: string,
  { size = Number(query.get('per_page') ?? 30), after = 'page' } = {},
): Reply {
  const from =
    Number(query.get(after) ?? (after === 'page' ? 1 : 0)) * (after === 'page' ? size : 1) -
    (after === 'page' ? size : 0);
  const next = new URLSearchParams(query);
  next.set(after, String(after === 'page' ? Math.floor(from / size) + 2 : from + size));
  const more = from + size < list.length;
  return {
    body: list.slice(from, from + size),
    headers: more ? { link: `<${url}${path}?${next}>; rel="next"` } : {},
  };
}
