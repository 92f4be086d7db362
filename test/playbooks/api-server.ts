// A small system that keeps state, as JSON by path: reading gives what is there, and what changes it is a list of rules
// written from the system's documentation. It is a fake because no real one can run here.
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Api } from '../../services/core/action.ts';
import { isObject } from '../../services/core/json.ts';
import type { ConnectTools } from '../../services/responder/systems/system.ts';
import { connectTools } from '../helpers/connect-tools.ts';

/** Looks like no token of anybody: the tests only need to find it again. */
export const TOKEN = ['canary', 'for', 'tests'].join('-');

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Call {
  /** What the groups of the rule's path matched. */
  readonly parts: readonly string[];
  readonly path: string;
  readonly query: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: IncomingMessage['headers'];
}

/** `METHOD` and the whole path; the first rule that fits answers. What no rule fits is read from `state`. */
export type Rule = readonly [method: string, path: RegExp, answer: (server: ApiServer, call: Call) => Answer];

export interface ApiServer {
  readonly api: Api;
  /** By path without query. */
  readonly state: Map<string, unknown>;
  /** Changes of state, in order: what a call really did. */
  readonly effects: string[];
  /** `METHOD path?query` of every request. */
  readonly requests: string[];
  /** What it gives is answered instead. */
  before: (line: string) => Answer | undefined;
  close(): Promise<void>;
}

export interface Served {
  readonly rules: readonly Rule[];
  /** Request paths begin with it. */
  readonly base: string;
  isSignedIn(headers: IncomingMessage['headers']): boolean;
  connect(url: string, tools: ConnectTools): Api;
}

export async function startApi(served: Served): Promise<ApiServer> {
  const http = createServer(async (request, response) => {
    const { status, body, headers } = await answerTo(request);
    response.writeHead(status, headers).end(body === undefined ? '' : JSON.stringify(body));
  });

  async function answerTo(request: IncomingMessage): Promise<Answer> {
    const [path = '', query = ''] = (request.url ?? '').replace(served.base, '').split('?');
    const line = `${request.method} ${path}${query === '' ? '' : `?${query}`}`;
    server.requests.push(line);
    const body = await text(request);
    const instead = server.before(line);
    if (instead) return instead;
    if (!served.isSignedIn(request.headers)) return { status: 401, body: { message: 'Unauthorized' } };
    const given: unknown = body === '' ? {} : JSON.parse(body);
    for (const [method, pattern, answer] of served.rules) {
      const match = method === request.method ? pattern.exec(path) : null;
      if (!match) continue;
      const { headers } = request;
      return answer(server, { parts: match.slice(1), path, query, body: isObject(given) ? given : {}, headers });
    }
    const found = request.method === 'GET' ? server.state.get(path) : undefined;
    return found === undefined ? { status: 404, body: { message: 'Not found' } } : { status: 200, body: found };
  }

  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const server: ApiServer = {
    api: served.connect(url, connectTools(TOKEN)),
    state: new Map(),
    effects: [],
    requests: [],
    before: () => undefined,
    async close() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return server;
}

/** The object at a path; empty where there is none. */
export function stored(server: ApiServer, path: string): Readonly<Record<string, unknown>> {
  const found: unknown = server.state.get(path);
  return isObject(found) ? found : {};
}

/** The list at a path. */
export function listedAt(server: ApiServer, path: string): readonly unknown[] {
  const found = server.state.get(path);
  return Array.isArray(found) ? found : [];
}

/** Writes fields of an object, and counts it as an effect if that changes something. */
export function change(
  server: ApiServer,
  path: string,
  fields: Readonly<Record<string, unknown>>,
  effect: string,
): void {
  const now = stored(server, path);
  if (Object.entries(fields).every(([name, value]) => now[name] === value)) return;
  server.state.set(path, { ...now, ...fields });
  server.effects.push(effect);
}
