// A receiver of signed webhooks, as a customer would write one by the Standard Webhooks specification
// (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md).
import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface Hook {
  /** The header `webhook-id`. */
  readonly id: string;
  readonly signed: boolean;
  readonly body: unknown;
  /** What it was answered. */
  readonly status: number;
}

export interface HookReceiver {
  readonly url: string;
  /** Everything that came, refused or not, in order. */
  readonly hooks: readonly Hook[];
  close(): Promise<void>;
}

/** The first `busy` requests are answered 503, the rest 204. */
export async function startHookReceiver(secret: string, busy: number): Promise<HookReceiver> {
  const hooks: Hook[] = [];
  const server = createServer(async (request, response) => {
    const raw = await buffer(request);
    const header = (name: string) => String(request.headers[name] ?? '');
    const id = header('webhook-id');
    const base = `${id}.${header('webhook-timestamp')}.`;
    const expected = `v1,${createHmac('sha256', secret).update(base).update(raw).digest('base64')}`;
    const status = hooks.length < busy ? 503 : 204;
    hooks.push({ id, signed: same(header('webhook-signature'), expected), body: JSON.parse(raw.toString()), status });
    response.writeHead(status).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the receiver has no port');
  return {
    url: `http://127.0.0.1:${address.port}/pipewarden`,
    hooks,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function same(given: string, expected: string): boolean {
  return given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
}
