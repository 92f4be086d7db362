// Looking up names, as it is seen where programs ask their C library or resolver for an address.
import { isIP } from 'node:net';
import { known } from '../../../fields.ts';
import type { Deed } from './deed.ts';

const LOOKUPS = new Set([
  'getaddrinfo',
  'getaddrinfo_a',
  'gethostbyname',
  'gethostbyname2',
  'gethostbyname_r',
  'gethostbyname2_r',
  'res_query',
  'res_search',
  'res_nquery',
  'res_nsearch',
  '__res_nquery',
  '__res_nsearch',
  'ares_gethostbyname',
  'ares_getaddrinfo',
]);

export function isLookup(symbol: string): boolean {
  return LOOKUPS.has(symbol);
}

/** Undefined for an address written in digits: nothing is looked up then. */
export function lookupOf(
  name: string | undefined,
  blocked: boolean,
  more: { readonly type?: string | undefined; readonly addresses?: readonly string[] | undefined } = {},
): Deed | undefined {
  const bare = name?.replace(/\.$/, '').toLowerCase() ?? '';
  if (bare === '' || isIP(bare) > 0) return undefined;
  return {
    kind: 'dns',
    detail: known({ name: bare, ...known(more), verdict: blocked ? ('blocked' as const) : undefined }),
  };
}
