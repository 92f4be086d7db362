// What holds for every request before any page: the headers of the answer, the Host it was sent to, the method.
import type { MiddlewareHandler } from 'hono';

/** No script at all, nothing from elsewhere, never inside a frame, never kept by a cache. */
const HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
} as const;

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Refuses (421) a Host that is neither a loopback name nor one of `hosts`: a page elsewhere whose name was re-pointed
 * here (DNS rebinding) gets nothing. Refuses (405) whatever is not a read. `hosts` are names without port.
 */
export function guard(hosts: readonly string[]): MiddlewareHandler {
  const allowed = new Set([...LOOPBACK, ...hosts.map((host) => host.toLowerCase())]);
  return async (c, next) => {
    for (const [header, value] of Object.entries(HEADERS)) c.header(header, value);
    const host = (c.req.header('host') ?? new URL(c.req.url).host).toLowerCase().replace(/:\d{1,5}$/, '');
    if (!allowed.has(host)) return c.text('This console does not answer under that host name.\n', 421);
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') {
      return c.text('Only reading is possible here.\n', 405, { Allow: 'GET, HEAD' });
    }
    return next();
  };
}
