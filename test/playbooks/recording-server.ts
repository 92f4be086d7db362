// A server that writes down what it is asked, and may answer otherwise than its handler would.
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { connectTools } from '../helpers/connect-tools.ts';

/** Looks like no token of anybody: the tests only need to find it again. */
export const TOKEN = ['canary', 'for', 'tests'].join('-');

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string | string[]>>;
}

export interface Asked {
  readonly method: string;
  /** As it was sent, and taken apart. */
  readonly path: string;
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  readonly body: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface RecordingServer {
  readonly url: string;
  /** `METHOD path` of every request. */
  readonly requests: string[];
  /** Called before a request is handled; what it gives is answered instead. */
  before: (line: string) => Answer | undefined;
  close(): Promise<void>;
}

export async function startRecording(handle: (asked: Asked) => Answer): Promise<RecordingServer> {
  const server = createServer(async (request, response) => {
    const [method, path] = [request.method ?? '', request.url ?? ''];
    const line = `${method} ${path}`;
    recording.requests.push(line);
    const { pathname, searchParams: query } = new URL(path, 'http://localhost');
    const parts = pathname.split('/').slice(1).map(decodeURIComponent);
    const asked = { method, path, parts, query, body: await text(request), headers: request.headers };
    const { status, headers, body } = recording.before(line) ?? handle(asked);
    response.writeHead(status, headers).end(body === undefined ? '' : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const recording: RecordingServer = {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    requests: [],
    before: () => undefined,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return recording;
}

/** As the settings of a system take it. */
export const TOOLS = connectTools(TOKEN);

/** What HTTP's basic authentication says of a user with that token. */
export function basic(user: string): string {
  return `Basic ${Buffer.from(`${user}:${TOKEN}`).toString('base64')}`;
}
