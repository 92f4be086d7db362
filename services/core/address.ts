// IP addresses in one spelling, so that equal ones compare equal; and which of them lead nowhere outside.
import { BlockList, isIP, isIPv4 } from 'node:net';

/**
 * The address as RFC 5952 writes it: lower case, zeros shortened, no zone; an IPv4 address mapped into IPv6 (RFC 4291
 * §2.5.5.2), as dual-stack servers log it, as IPv4. Undefined for what is no address.
 */
export function canonicalAddress(text: string): string | undefined {
  const address = text.replace(/%.*$/s, '');
  if (isIP(address) === 4) return address;
  if (isIP(address) !== 6) return undefined;
  // WHATWG URLs serialize IPv6 hosts that way (https://url.spec.whatwg.org/#concept-ipv6-serializer).
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(canonical) ?? [];
  return high === undefined || low === undefined ? canonical : [...bytes(high), ...bytes(low)].join('.');
}

/** The first so many of an IPv6 address's eight groups, which must be canonical. */
export function leadingGroups(address: string, count: number): readonly string[] {
  const [head = '', tail = ''] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const gap = new Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...gap, ...right].slice(0, count);
}

function bytes(group: string): readonly number[] {
  const value = Number.parseInt(group, 16);
  return [value >> 8, value & 255];
}

/** Loopback and "this host" (RFC 6890 §2.2.2, §2.2.3): the machine itself. */
const LOCAL = blocks(['127.0.0.0/8', '0.0.0.0/32', '::1/128', '::/128']);

/** Private use, shared, link-local and unique local (RFC 1918, 6598, 3927, 4193, 4291): somebody's own network. */
const PRIVATE = blocks([
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  'fc00::/7',
  'fe80::/10',
]);

/** How far a canonical address reaches. */
export function reachOf(address: string): 'local' | 'private' | 'public' {
  const family = isIPv4(address) ? 'ipv4' : 'ipv6';
  if (LOCAL.check(address, family)) return 'local';
  return PRIVATE.check(address, family) ? 'private' : 'public';
}

function blocks(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', bits = ''] = range.split('/');
    list.addSubnet(network, Number(bits), isIPv4(network) ? 'ipv4' : 'ipv6');
  }
  return list;
}
