// Where a credential is used from, grouped so that what changes every day does not look new every day.
import { isIPv4 } from 'node:net';
import type { Client } from '../../services/core/activity.ts';
import { canonicalAddress, leadingGroups, reachOf } from '../../services/core/address.ts';

/** Longest product name that is compared; what is longer is no name. */
const LONGEST_PRODUCT = 64;

/** More specific names first: Edge and Opera call themselves Chrome too, and Chrome calls itself Safari. */
const BROWSERS = ['Edg', 'OPR', 'Firefox', 'Chrome', 'Safari'] as const;

/**
 * The network of a client: its autonomous system where one is known, else the address's /24 (IPv4) or /48 (IPv6), the
 * usual sizes of a site's assignment (RFC 6177 for IPv6). Private addresses (RFC 1918) by their /16: within a company
 * machines come and go over many small subnets.
 */
export function networkOf(client: Client): string | undefined {
  if (client.asn !== undefined) return `AS${client.asn}`;
  const address = client.address === undefined ? undefined : canonicalAddress(client.address);
  if (address === undefined) return undefined;
  if (!isIPv4(address)) return `${leadingGroups(address, 3).join(':')}::/48`;
  const parts = address.split('.');
  if (reachOf(address) !== 'public') return `${parts.slice(0, 2).join('.')}.0.0/16`;
  return `${parts.slice(0, 3).join('.')}.0/24`;
}

/** The product of a user agent without its versions: `git/2.43.0` and `git/2.44.1` are the same client. */
export function productOf(userAgent: string | undefined): string | undefined {
  const text = userAgent?.trim().slice(0, 512);
  if (!text) return undefined;
  // Browsers all begin alike; later product tokens tell them apart (RFC 9110 §10.1.5).
  const browser = text.startsWith('Mozilla/') ? BROWSERS.find((name) => text.includes(` ${name}/`)) : undefined;
  return browser ? `browser ${browser}` : /^[^\s/(]+/.exec(text)?.[0]?.slice(0, LONGEST_PRODUCT).toLowerCase();
}

export function isBrowser(product: string): boolean {
  return product.startsWith('browser ');
}

/** The product with major and minor version, of what is no browser (they change by themselves): `git/2.43`. */
export function versionOf(userAgent: string | undefined): string | undefined {
  const product = productOf(userAgent);
  if (product === undefined || isBrowser(product)) return undefined;
  const version = /^[^\s/(]+\/v?(\d{1,5}(?:\.\d{1,5})?)/.exec(userAgent?.trim() ?? '')?.[1];
  return version === undefined ? undefined : `${product}/${version}`;
}
