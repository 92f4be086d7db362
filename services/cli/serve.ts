// An HTTP application on a port of this machine.
import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { PipewardenError } from '../core/errors.ts';

export interface Served {
  /** `http://127.0.0.1:7117`. */
  readonly url: string;
  close(): Promise<void>;
}

/** `option`: the setting to change when the port is taken. Throws PORT_IN_USE. */
export async function serveApp(
  app: Hono,
  { host, port }: { readonly host: string; readonly port: number },
  option: string,
): Promise<Served> {
  const server: ServerType = serve({ fetch: app.fetch, hostname: host, port });
  const address = await new Promise<AddressInfo>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PipewardenError('PORT_IN_USE', { port, host, option }, error) : error),
    );
    server.once('listening', () => {
      const bound = server.address();
      if (bound !== null && typeof bound === 'object') resolve(bound);
    });
  });
  return {
    url: addressOf({ host, port: address.port }),
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
    },
  };
}

export function addressOf({ host, port }: { readonly host: string; readonly port: number }): string {
  return `http://${nameOf(host)}:${port}`;
}

/** Who listens on every address, as in a container, is told how to reach this one. */
function nameOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
