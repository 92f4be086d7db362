// An HTTP server in front of another: writes down who asked for what, answers in its stead where a test wants it to,
// and passes everything else on.
import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, request as httpsRequest } from 'node:https';
import { buffer } from 'node:stream/consumers';

/** In PEM. */
export interface Tls {
  /** The certificate of who signed it. */
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

export interface Asked {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

export interface Reply {
  readonly status: number;
  readonly body: object;
}

export interface FrontOptions {
  /** Speaks TLS, and trusts who it stands before if the same authority signed it. */
  readonly tls?: Tls;
  /** Instead of what a client sent. */
  readonly authorization?: (sent: string | undefined) => string | undefined;
}

export interface Front {
  readonly url: string;
  readonly asked: readonly Asked[];
  /** How many answers of the server itself were, or held, a 429 or an error of its own. */
  failures: number;
  /** What is answered instead of the server; undefined: the server's own answer. */
  reply: (asked: Asked) => Reply | 'hang up after' | undefined;
  close(): Promise<void>;
}

/** Of a bulk request, which is answered 200. */
const FAILED_ITEM = /"status":(?:429|5\d\d)/;

export async function startFront(target: string, options: FrontOptions = {}): Promise<Front> {
  const { tls, authorization = (sent) => sent } = options;
  const asked: Asked[] = [];

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const { method = 'GET', url: path = '/', headers } = incoming;
    const one = { method, path, authorization: headers.authorization, body: body.toString() };
    asked.push(one);
    const reply = front.reply(one);
    if (reply !== undefined && reply !== 'hang up after') {
      const headers = { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' };
      outgoing.writeHead(reply.status, headers).end(JSON.stringify(reply.body));
      return;
    }
    const send = target.startsWith('https:') ? httpsRequest : httpRequest;
    const { host: _host, authorization: _sent, ...rest } = headers;
    const known = authorization(headers.authorization);
    const passed = send(new URL(path, target), {
      method,
      headers: { ...rest, ...(known === undefined ? {} : { authorization: known }) },
      ...(tls ? { ca: tls.ca } : {}),
    });
    passed.end(body);
    const [answer] = await once(passed, 'response');
    if (reply === 'hang up after') {
      answer.resume();
      await once(answer, 'end');
      incoming.socket.destroy();
      return;
    }
    const text = await buffer(answer);
    if (answer.statusCode === 429 || answer.statusCode >= 500 || FAILED_ITEM.test(text.toString())) front.failures += 1;
    outgoing.writeHead(answer.statusCode, answer.headers).end(text);
  }

  const listener = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    handle(incoming, outgoing).catch(() => outgoing.destroy());
  };
  const server = tls ? createTlsServer({ key: tls.key, cert: tls.certificate }, listener) : createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const front: Front = {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    asked,
    failures: 0,
    reply: () => undefined,
    async close() {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
  return front;
}
