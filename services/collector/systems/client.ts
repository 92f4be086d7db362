// A client for reading one system's HTTP API: it stays within its share of the rate limits, waits when it is told to, and
// the credential leaves it in request headers alone.
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../core/clock.ts';
import { PipewardenError } from '../../core/errors.ts';
import { isObject, type Json } from '../../core/json.ts';
import { type Budget, createBudget } from './client/budget.ts';
import { type Exchange, exchange, type Line } from './client/exchange.ts';
import { createGate, type Gate } from './client/gate.ts';
import { nextPage } from './client/link.ts';

export interface ClientOptions {
  /** Address that paths are put behind: `https://api.github.com`. */
  readonly baseUrl: string;
  /** With the credential; asked before each request, so that a rotated one is taken up, and one may be made for it. */
  headers(
    signal: AbortSignal,
    request: Signable,
  ): Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
  /** Part of each rate limit that is used at most; default a half: the token's other users need some too. */
  readonly share?: number;
}

/** What a signature is made of. */
export interface Signable {
  readonly method: string;
  /** With the query, as it is sent. */
  readonly url: string;
}

export interface Asking {
  /** Which of the system's rate limits counts it, where it has several. */
  readonly limit?: string;
  /** Of an earlier answer: the same again is `unchanged`, which GitHub does not count. */
  readonly etag?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** These statuses are given and are no errors: 404 where something may be gone. */
  readonly expect?: readonly number[];
}

export interface Answer {
  readonly status: number;
  /** Null where there is none. */
  readonly body: Json;
  readonly unchanged: boolean;
  readonly etag?: string;
  /** Path of the next page within the same API. */
  readonly next?: string;
  readonly headers: Headers;
}

export interface BytesAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** To be read once. */
  bytes(): AsyncGenerator<Uint8Array>;
}

/**
 * Rejects with API_UNREACHABLE, API_BUSY (5xx, or refused for the rate again and again), API_REFUSED (401, 403) or
 * API_UNEXPECTED. Rate limits are waited for; the signal ends that.
 */
export interface Client {
  get(path: string, signal: AbortSignal, asking?: Asking): Promise<Answer>;
  post(path: string, body: Json, signal: AbortSignal, asking?: Asking): Promise<Answer>;
  /** For bodies of any size, also where they lie elsewhere: one redirect is followed, without the credential. */
  bytes(path: string, signal: AbortSignal, asking?: Asking): Promise<BytesAnswer>;
  /** The same on POST, without a body, for what is only given so; no redirect is followed. */
  posted(path: string, signal: AbortSignal, asking?: Asking): Promise<BytesAnswer>;
  /** For what an answer names by its whole address: without the credential where that is not the API's own. */
  at(address: string, signal: AbortSignal, asking?: Asking): Promise<BytesAnswer>;
}

export interface ClientSurroundings extends Line {
  readonly clock: Clock;
  readonly userAgent: string;
  /** Told of every answer. */
  onAnswer?(status: number): void;
  /** The credential was refused: resolves when it has been looked up anew. Never rejects. */
  renew?(): Promise<void>;
}

/** No API's page is larger; in bytes. */
const MAX_BODY = 64 * 1024 * 1024;
/** A limit that refuses more often than this is none. */
const MOST_REFUSALS = 5;
/** GitHub asks for few requests at once: https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api */
const CONCURRENT = 4;

interface Request {
  readonly method: string;
  readonly path: string;
  readonly body?: Json;
  readonly asking: Asking;
  readonly signal: AbortSignal;
}

interface Lane {
  readonly gate: Gate;
  readonly budget: Budget;
}

export function createClient(options: ClientOptions, surroundings: ClientSurroundings): Client {
  const { clock, clean, userAgent, onAnswer, renew } = surroundings;
  const base = options.baseUrl.replace(/\/+$/, '');
  const lanes = new Map<string, Lane>();

  /** Each limit has its own, so that one that is used up holds up nothing else. */
  function laneOf(limit: string): Lane {
    const lane = lanes.get(limit) ?? {
      gate: createGate(CONCURRENT),
      budget: createBudget(clock, options.share ?? 0.5),
    };
    lanes.set(limit, lane);
    return lane;
  }

  /** A credential that was rotated a moment ago is taken up: what was refused was not done. */
  async function send(request: Request): Promise<Exchange> {
    const { method, path, signal } = request;
    const signable = { method, url: `${base}${path}` };
    const own = await options.headers(signal, signable);
    const found = await sendWith(own, request);
    if (found.response.status !== 401 || !renew) return found;
    await renew();
    const renewed = await options.headers(signal, signable);
    if (isDeepStrictEqual(own, renewed)) return found;
    found.drop();
    return await sendWith(renewed, request);
  }

  async function sendWith(own: Readonly<Record<string, string>>, request: Request): Promise<Exchange> {
    const { method, path, body, asking, signal } = request;
    const url = `${base}${path}`;
    const headers = {
      accept: 'application/json',
      'user-agent': userAgent,
      ...own,
      ...asking.headers,
      ...(asking.etag !== undefined && { 'if-none-match': asking.etag }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    // The credential goes to the address that was configured.
    const init = {
      method,
      headers,
      redirect: 'manual' as const,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    };
    return await exchange(surroundings, url, init, asked(request), signal);
  }

  /** An answer that is no refusal for the rate, whatever else it is. */
  async function answered(request: Request): Promise<Exchange> {
    const { gate, budget } = laneOf(request.asking.limit ?? '');
    for (let refusals = 0; ; refusals++) {
      const found = await gate(async () => {
        await budget.wait(request.signal);
        return await send(request);
      });
      const { status } = found.response;
      onAnswer?.(status);
      if (!budget.refused(found.response)) return found;
      found.drop();
      if (refusals >= MOST_REFUSALS) throw new PipewardenError('API_BUSY', { ...asked(request), status });
    }
  }

  async function answer(request: Request): Promise<Answer> {
    const found = await answered(request);
    const { status, headers } = found.response;
    const body = parsed(request, found, await whole(request, found));
    refuse(request, status, body, clean);
    const etag = headers.get('etag');
    const next = nextPage(headers.get('link'), base);
    const unchanged = status === 304;
    return { status, headers, body, unchanged, ...(etag !== null && { etag }), ...(next !== undefined && { next }) };
  }

  /** What lies elsewhere is fetched without the credential, and over TLS. */
  async function elsewhere(request: Request, found: Exchange): Promise<Exchange> {
    const { status, headers } = found.response;
    const location = headers.get('location');
    if (status < 300 || status > 399 || location === null) return found;
    found.drop();
    return await fetchedAt(new URL(location, `${base}${request.path}`), request);
  }

  async function fetchedAt(target: URL, request: Request): Promise<Exchange> {
    const near = target.origin === new URL(base).origin;
    if (!near && target.protocol !== 'https:') {
      throw new PipewardenError('API_UNEXPECTED', {
        ...asked(request),
        problem: 'it lies elsewhere, without encryption',
      });
    }
    const own = near ? await options.headers(request.signal, { method: 'GET', url: target.href }) : {};
    const init = {
      headers: { 'user-agent': userAgent, ...own, ...request.asking.headers },
      redirect: 'error' as const,
    };
    return await exchange(surroundings, target, init, asked(request), request.signal);
  }

  async function given(request: Request, found: Exchange): Promise<BytesAnswer> {
    const { status, headers, ok } = found.response;
    if (ok) return { status, headers, bytes: found.bytes };
    const body = await whole(request, found);
    refuse(request, status, parsed(request, found, body), clean);
    return {
      status,
      headers,
      async *bytes() {
        yield body;
      },
    };
  }

  return {
    get: (path, signal, asking = {}) => answer({ method: 'GET', path, asking, signal }),
    post: (path, body, signal, asking = {}) => answer({ method: 'POST', path, body, asking, signal }),
    async bytes(path, signal, asking = {}) {
      const request = { method: 'GET', path, asking, signal };
      return await given(request, await elsewhere(request, await answered(request)));
    },
    async posted(path, signal, asking = {}) {
      const request = { method: 'POST', path, asking, signal };
      return await given(request, await answered(request));
    },
    async at(address, signal, asking = {}) {
      const target = URL.parse(address);
      // What such an address holds behind `?` may be a credential of its own.
      const request = { method: 'GET', path: target?.pathname ?? 'an address', asking, signal };
      if (!target) throw new PipewardenError('API_UNEXPECTED', { ...asked(request), problem: 'it is no address' });
      return await given(request, await fetchedAt(target, request));
    },
  };
}

function asked({ method, path }: Request) {
  return { method, path: path.split('?', 1)[0] ?? path };
}

async function whole(request: Request, found: Exchange): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of found.bytes()) {
    size += piece.length;
    if (size > MAX_BODY) {
      throw new PipewardenError('API_UNEXPECTED', { ...asked(request), problem: `more than ${MAX_BODY} bytes` });
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function parsed(request: Request, found: Exchange, bytes: Buffer): Json {
  if (bytes.length === 0) return null;
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    // A proxy's page in place of an answer: where it is no error, it is not what was asked for.
    if (!found.response.ok) return null;
    throw new PipewardenError('API_UNEXPECTED', { ...asked(request), problem: 'the answer is no JSON' });
  }
}

function refuse(request: Request, status: number, body: Json, clean: Line['clean']): void {
  if (status < 400 || request.asking.expect?.includes(status)) return;
  if (status >= 500) throw new PipewardenError('API_BUSY', { ...asked(request), status });
  // Cleaned before it is cut: a part of a secret would not be known again.
  const message =
    isObject(body) && typeof body.message === 'string' ? clean(body.message).slice(0, 300) : 'it does not say why';
  const code = status === 401 || status === 403 ? 'API_REFUSED' : 'API_UNEXPECTED';
  const problem = code === 'API_REFUSED' ? message : `${status}, ${message}`;
  throw new PipewardenError(code, { ...asked(request), status, problem });
}
