// Where a credential is used from, grouped so that what changes every day does not look new every day.
import { isIP } from 'node:net';
import type { Client } from '../../services/core/activity.ts';

/**
 * The network of a client: its autonomous system where one is known, else the address's /24 (IPv4) or /48 (IPv6), the
 * usual sizes of a site's assignment (RFC 6177 for IPv6).
 */
export function networkOf(client: Client): string | undefined {
  if (client.asn !== undefined) return `AS${client.asn}`;
  const address = client.address;
  if (address === undefined) return undefined;
  switch (isIP(address)) {
    case 4:
      return `${address.split('.').slice(0, 3).join('.')}.0/24`;
    case 6:
      return `${expand(address).slice(0, 3).join(':')}::/48`;
    default:
      return undefined;
  }
}

/** The product of a user agent without its versions: `git/2.43.0` and `git/2.44.1` are the same client. */
export function productOf(userAgent: string | undefined): string | undefined {
  const text = userAgent?.trim().slice(0, 512);
  if (!text) return undefined;
  // Browsers all begin alike; the last product token tells them apart (RFC 9110 §10.1.5 on product order).
  const browser = /^Mozilla\//.test(text) ? /(Edg|OPR|Firefox|Chrome|Safari)\//.exec(text)?.[1] : undefined;
  return browser ? `browser ${browser}` : (/^[^\s/(]+/.exec(text)?.[0]?.toLowerCase() ?? undefined);
}

function expand(address: string): readonly string[] {
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : Math.max(8 - left.length - right.length, 0);
  return [...left, ...new Array<string>(gap).fill('0'), ...right].map((group) => group.replace(/^0+(?=.)/, ''));
}
