// Addresses and client programs, grouped.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { networkOf, productOf } from '../../detectors/credential/client-context.ts';
import { canonicalAddress } from '../../services/core/address.ts';

describe('the network of a client', () => {
  test.each([
    { address: '192.0.2.14', network: '192.0.2.0/24' },
    { address: '::ffff:192.0.2.14', network: '192.0.2.0/24' },
    { address: '::FFFF:c000:20e', network: '192.0.2.0/24' },
    { address: '2001:db8:7:1::1', network: '2001:db8:7::/48' },
    { address: '2001:0DB8:0007:ffff:0:0:0:1', network: '2001:db8:7::/48' },
    { address: '2001:db8::1', network: '2001:db8:0::/48' },
    { address: '2001:db8:0:5::', network: '2001:db8:0::/48' },
    { address: 'fe80::1%eth0', network: 'fe80:0:0::/48' },
    { address: '::1', network: '0:0:0::/48' },
    { address: 'not an address', network: undefined },
    { address: '192.0.2.014', network: undefined },
    { address: '', network: undefined },
  ])('$address is of $network', ({ address, network }) => {
    expect(networkOf({ address })).toBe(network);
  });

  test('is its autonomous system where that is known', () => {
    expect(networkOf({ address: '192.0.2.14', asn: 64_500 })).toBe('AS64500');
    expect(networkOf({})).toBeUndefined();
  });

  test('is the same however an address is spelled', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const canonical = canonicalAddress(address) ?? '';
        expect(canonicalAddress(canonical)).toBe(canonical);
        expect(networkOf({ address: address.toUpperCase() })).toBe(networkOf({ address: canonical }));
      }),
    );
  });
});

describe('the product of a user agent', () => {
  const chromium =
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36';
  test.each([
    { agent: 'git/2.43.0', product: 'git' },
    { agent: 'git/2.39.3 (Apple Git-145)', product: 'git' },
    { agent: 'Python-Requests/2.32.3', product: 'python-requests' },
    { agent: '  curl/8.5.0 ', product: 'curl' },
    { agent: chromium, product: 'browser Chrome' },
    { agent: `${chromium} Edg/120.0.2210.91`, product: 'browser Edg' },
    { agent: `${chromium} OPR/106.0.0.0`, product: 'browser OPR' },
    { agent: 'Mozilla/5.0 (X11; rv:121.0) Gecko/20100101 Firefox/121.0', product: 'browser Firefox' },
    { agent: 'Mozilla/5.0', product: 'mozilla' },
    { agent: '(only a comment)', product: undefined },
    { agent: '   ', product: undefined },
    { agent: 'x'.repeat(100_000), product: 'x'.repeat(64) },
  ])('$product', ({ agent, product }) => {
    expect(productOf(agent)).toBe(product);
  });
});
