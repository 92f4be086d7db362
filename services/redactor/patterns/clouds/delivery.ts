// Keys and tokens of content delivery and name servers.
import type { Pattern } from '../../pattern.ts';
import { alphanumeric, base64url, hex, named, UUID, type Value } from '../make/named.ts';
import {
  ALPHANUMERIC,
  BASE64,
  BASE64URL,
  BORDER,
  bare,
  DIGITS,
  draw,
  HEX,
  isVariedTail,
  LOWER_ALPHANUMERIC,
  token,
} from '../make/token.ts';

const CLOUDFLARE = 'https://developers.cloudflare.com/fundamentals/api/get-started/token-formats/';
const CLOUDFLARE_NAMES = ['cloud flare', 'cf_', 'cf-', 'wrangler'];

/** Base64 of 32 bytes. */
const KEY: Value = { source: '[A-Za-z0-9+/]{43}=', shortest: 44, make: (random) => `${draw(random, BASE64, 42)}k=` };

export const delivery: readonly Pattern[] = [
  token({
    id: 'cloudflare-token',
    provider: 'Cloudflare',
    title: 'API token or global key',
    source: CLOUDFLARE,
    prefix: ['cfut_', 'cfat_', 'cfk_'],
    alphabet: BASE64URL,
    length: 40,
  }),
  {
    id: 'cloudflare-origin-key',
    provider: 'Cloudflare',
    title: 'Cloudflare Origin CA key',
    source: 'https://developers.cloudflare.com/fundamentals/api/get-started/ca-keys/',
    keywords: ['v1.0-'],
    secret: /v1\.0-[0-9a-f]+-[0-9a-f]+/,
    shortest: 150,
    accepts: isVariedTail,
    prefixed: true,
    example: (random) => bare(`v1.0-${draw(random, HEX, 24)}-${draw(random, HEX, 146)}`),
  },
  named({
    id: 'cloudflare-old-token',
    provider: 'Cloudflare',
    title: 'Cloudflare API token without a prefix',
    source: CLOUDFLARE,
    names: CLOUDFLARE_NAMES,
    value: base64url(40),
  }),
  named({
    id: 'cloudflare-global-key',
    provider: 'Cloudflare',
    title: 'Cloudflare global API key',
    source: CLOUDFLARE,
    names: CLOUDFLARE_NAMES,
    value: hex(37),
  }),
  {
    id: 'cloudflare-tunnel-token',
    provider: 'Cloudflare',
    title: 'Cloudflare Tunnel token',
    source:
      'https://developers.cloudflare.com/cloudflare-one/connections/connect-networks/configure-tunnels/remote-tunnel-permissions/',
    keywords: ['eyjhijoi'],
    // `eyJhIjoi` is `{"a":"` in base64: the account; the tunnel and its secret follow.
    secret: new RegExp(`${BORDER}eyJhIjoi[A-Za-z0-9+/_-]+={0,2}`),
    shortest: 120,
    accepts: isVariedTail,
    prefixed: true,
    example(random) {
      const parts = { a: draw(random, HEX, 32), t: UUID.make(random), s: draw(random, BASE64, 44) };
      return bare(Buffer.from(JSON.stringify(parts)).toString('base64'));
    },
  },
  named({
    id: 'fastly-token',
    provider: 'Fastly',
    title: 'Fastly API token',
    source: 'https://www.fastly.com/documentation/guides/account-info/user-access-and-control/using-api-tokens/',
    value: { source: '[A-Za-z0-9_=-]{32}', shortest: 32, make: (random) => draw(random, BASE64URL, 32) },
  }),
  {
    id: 'akamai-token',
    provider: 'Akamai',
    title: 'Akamai EdgeGrid client or access token',
    source: 'https://techdocs.akamai.com/developer/docs/authenticate-with-edgegrid',
    keywords: ['akab-'],
    secret: new RegExp(`${BORDER}akab-[a-z0-9]+-[a-z0-9]+(?![a-z0-9.])`),
    shortest: 37,
    accepts: isVariedTail,
    prefixed: true,
    example: (random) => bare(`akab-${draw(random, LOWER_ALPHANUMERIC, 16)}-${draw(random, LOWER_ALPHANUMERIC, 16)}`),
  },
  named({
    id: 'akamai-client-secret',
    provider: 'Akamai',
    title: 'Akamai EdgeGrid client secret',
    source: 'https://techdocs.akamai.com/developer/docs/authenticate-with-edgegrid',
    names: ['akamai', 'edgegrid', 'edgerc'],
    value: KEY,
  }),
  named({
    id: 'bunny-key',
    provider: 'bunny.net',
    title: 'bunny.net access key',
    source: 'https://docs.bunny.net/reference/bunnynet-api-overview',
    names: ['bunny'],
    // A UUID, two in a row, or its parts in another order.
    value: { source: '[0-9a-f]{8}(?:-[0-9a-f]{4,20}){4,8}', shortest: 36, make: UUID.make },
  }),
  named({
    id: 'keycdn-key',
    provider: 'KeyCDN',
    title: 'KeyCDN API key',
    source: 'https://www.keycdn.com/api',
    names: ['key cdn'],
    value: base64url(32, 40),
  }),
  {
    id: 'cloudinary-address',
    provider: 'Cloudinary',
    title: 'API secret in a Cloudinary address',
    source: 'https://cloudinary.com/documentation/how_to_integrate_cloudinary',
    keywords: ['cloudinary://'],
    before: /cloudinary:\/\/[0-9]{6,24}:/,
    secret: /[A-Za-z0-9_-]+(?=@)/,
    shortest: 16,
    accepts: isVariedTail,
    prefixed: true,
    example(random) {
      const secret = draw(random, BASE64URL, 27);
      return { secret, text: `CLOUDINARY_URL=cloudinary://${draw(random, DIGITS, 15)}:${secret}@demo` };
    },
  },
  named({
    id: 'cloudinary-secret',
    provider: 'Cloudinary',
    title: 'Cloudinary API secret',
    source: 'https://cloudinary.com/documentation/how_to_integrate_cloudinary',
    value: base64url(27),
  }),
  token({
    id: 'dnsimple-token',
    provider: 'DNSimple',
    title: 'access token',
    source: 'https://support.dnsimple.com/articles/api-access-token/',
    prefix: ['dnsimple_a_', 'dnsimple_u_'],
    length: 20,
  }),
  named({
    id: 'godaddy-secret',
    provider: 'GoDaddy',
    title: 'GoDaddy API key or secret',
    source: 'https://developer.godaddy.com/getstarted',
    names: ['go daddy', 'gd_key', 'gd_secret'],
    value: {
      source: '[A-Za-z0-9]{9,18}_[A-Za-z0-9]{18,22}',
      shortest: 28,
      make: (random) => `${draw(random, ALPHANUMERIC, 12)}_${draw(random, ALPHANUMERIC, 22)}`,
    },
  }),
  named({
    id: 'godaddy-secret-only',
    provider: 'GoDaddy',
    title: 'GoDaddy API secret',
    source: 'https://developer.godaddy.com/getstarted',
    names: ['go daddy', 'gd_secret'],
    value: alphanumeric(22),
  }),
  named({
    id: 'gandi-token',
    provider: 'Gandi',
    title: 'Gandi API key or token',
    source: 'https://api.gandi.net/docs/authentication/',
    names: ['gandi'],
    value: alphanumeric(24, 40),
  }),
  named({
    id: 'namecheap-key',
    provider: 'Namecheap',
    title: 'Namecheap API key',
    source: 'https://www.namecheap.com/support/api/intro/',
    names: ['name cheap'],
    value: hex(32),
  }),
  named({
    id: 'ns1-key',
    provider: 'NS1',
    title: 'NS1 API key',
    source: 'https://developer.ibm.com/apis/catalog/ns1--ibm-ns1-connect-api/',
    names: ['ns1', 'nsone'],
    value: alphanumeric(20),
  }),
  token({
    id: 'porkbun-key',
    provider: 'Porkbun',
    title: 'API or secret key',
    source: 'https://porkbun.com/api/json/v3/documentation',
    prefix: ['pk1_', 'sk1_'],
    alphabet: HEX,
    length: 64,
  }),
  named({
    id: 'duckdns-token',
    provider: 'Duck DNS',
    title: 'Duck DNS token',
    source: 'https://www.duckdns.org/spec.jsp',
    value: UUID,
  }),
  {
    id: 'duckdns-address',
    provider: 'Duck DNS',
    title: 'Token in a Duck DNS address',
    source: 'https://www.duckdns.org/spec.jsp',
    keywords: ['duckdns.org/update'],
    before: /duckdns\.org\/update[^ \t\r\n\0"'<>]{0,100}?token=/,
    secret: /[0-9a-f-]+/,
    shortest: 36,
    prefixed: true,
    example(random) {
      const secret = UUID.make(random);
      return { secret, text: `https://www.duckdns.org/update?domains=ci&token=${secret}&ip=` };
    },
  },
  named({
    id: 'desec-token',
    provider: 'deSEC',
    title: 'deSEC token',
    source: 'https://desec.readthedocs.io/en/latest/auth/tokens.html',
    names: ['desec', 'dedyn'],
    value: base64url(28),
  }),
];
