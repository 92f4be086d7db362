// What machines ask a process: does it live, is it ready, its metrics. The console serves these too.
import { Hono } from 'hono';
import type { Metrics } from './metrics.ts';

export interface Health {
  readonly ready: boolean;
  readonly parts: readonly { readonly name: string; readonly ok: boolean; readonly note: string }[];
}

export interface HealthOptions {
  readonly metrics: Metrics;
  readonly health: () => Health;
}

/** `/-/healthy` (200 while the process lives), `/-/ready` (503 until all its services run) and `/metrics`. */
export function healthApp({ metrics, health }: HealthOptions): Hono {
  const app = new Hono();
  app.get('/-/healthy', (c) => c.text('Pipewarden is healthy.\n'));
  app.get('/-/ready', (c) => {
    const state = health();
    return c.json(state, state.ready ? 200 : 503);
  });
  app.get('/metrics', async (c) => {
    const { registry } = metrics;
    return c.body(await registry.metrics(), 200, { 'Content-Type': registry.contentType });
  });
  return app;
}
