// What holds for every request before any page: the headers of the answer, the Host it was sent to, the method, and that
// what is to change something was sent from a page of this console.
import type { Context, MiddlewareHandler } from 'hono';

/** No script at all, nothing from elsewhere, forms only to here, never inside a frame, never kept by a cache. */
const HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
} as const;

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** The only addresses that take more than reads. */
const FORMS = /^\/(?:login|runs\/[\w.:-]{1,128}\/steps\/\d{1,4}|decide\/[\w.-]{1,2000})$/;

/**
 * Refuses (421) a Host that is neither a loopback name nor one of `hosts`: a page elsewhere whose name was re-pointed
 * here (DNS rebinding) gets nothing. Refuses (405) whatever is neither a read nor one of our forms, and (403) a form that a
 * browser says was sent from elsewhere. `hosts` are names without port.
 */
export function guard(hosts: readonly string[]): MiddlewareHandler {
  const allowed = new Set([...LOOPBACK, ...hosts.map((host) => host.toLowerCase())]);
  return async (c, next) => {
    for (const [header, value] of Object.entries(HEADERS)) c.header(header, value);
    const host = hostOf(c);
    if (!allowed.has(host.replace(/:\d{1,5}$/, ''))) {
      return c.text('This console does not answer under that host name.\n', 421);
    }
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
    if (c.req.method !== 'POST' || !FORMS.test(c.req.path)) {
      return c.text('Only reading is possible here.\n', 405, { Allow: 'GET, HEAD' });
    }
    if (isFromElsewhere(c, host)) return c.text('This was sent from another page than one of this console.\n', 403);
    return next();
  };
}

function hostOf(c: Context): string {
  return (c.req.header('host') ?? new URL(c.req.url).host).toLowerCase();
}

/**
 * Browsers say where a form was sent from in `Sec-Fetch-Site`, over plain HTTP only in `Origin`, which is `null` for our own
 * pages too, since they tell no referrer (https://fetch.spec.whatwg.org/#append-a-request-origin-header). Where neither
 * says it, the form's own token has to.
 */
function isFromElsewhere(c: Context, host: string): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site !== 'same-origin';
  const origin = c.req.header('origin');
  return origin !== undefined && origin !== 'null' && origin.replace(/^https?:\/\//, '') !== host;
}
