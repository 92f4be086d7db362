// Tokens of package registries.
import { checksumHolds, checksumOf } from '../../checksum.ts';
import type { Pattern } from '../../pattern.ts';
import { isPlaceholder } from '../../plausible.ts';
import { ALPHANUMERIC, BASE64, BASE64URL, bare, draw, HEX, isVariedTail, prefixed } from '../make/token.ts';

const NPM = 'https://docs.npmjs.com/about-access-tokens';
const NPMRC = 'https://docs.npmjs.com/cli/configuring-npm/npmrc#auth-related-configuration';

export const packages: readonly Pattern[] = [
  {
    id: 'npm-token',
    provider: 'npm',
    title: 'npm access token',
    source: NPM,
    keywords: ['npm_'],
    secret: /npm_[A-Za-z0-9]+/,
    shortest: 40,
    // A long identifier may begin with `npm_` too: without a digit only the checksum tells a token from it.
    accepts: (secret) => isVariedTail(secret) && (/\d/.test(secret) || checksumHolds(secret.slice('npm_'.length))),
    prefixed: true,
    example(random) {
      const body = draw(random, ALPHANUMERIC, 30);
      return bare(`npm_${body}${checksumOf(body)}`);
    },
  },
  {
    id: 'npm-auth',
    provider: 'npm',
    title: 'Registry credential in .npmrc',
    source: NPMRC,
    keywords: ['_auth', '_password'],
    // A line of the file, or `npm config set //host/:_authToken …`.
    before: /(?<=:)_(?:authToken|auth|password)[ \t]?[= ][ \t]?["']?/,
    secret: /[A-Za-z0-9+/=_.-]+/,
    shortest: 8,
    accepts: (secret) => !isPlaceholder(secret),
    example(random) {
      const secret = [8, 4, 4, 4, 12].map((length) => draw(random, HEX, length)).join('-');
      return { secret, text: `//registry.example.com/:_authToken=${secret}` };
    },
  },
  prefixed({
    id: 'pypi-token',
    provider: 'PyPI',
    title: 'PyPI API token',
    source: 'https://pypi.org/help/#apitoken',
    keyword: 'pypi-AgE',
    prefix: 'pypi-AgEIcHlwaS5vcmc',
    // A macaroon: its location, `pypi.org` or `test.pypi.org`, comes first.
    secret: /pypi-AgE[A-Za-z0-9_-]+/,
    // Prefix, and what the shortest caveat takes.
    shortest: 90,
    alphabet: BASE64URL,
    length: 140,
  }),
  {
    id: 'docker-auth',
    provider: 'Docker',
    title: 'Registry credential in Docker’s config.json',
    source: 'https://docs.docker.com/reference/cli/docker/login/#credential-stores',
    keywords: ['"auth'],
    before: /"auth\\?"[ \t]?:[ \t]?\\?"/,
    secret: /[A-Za-z0-9+/]+={0,2}/,
    shortest: 12,
    accepts: isVariedTail,
    example(random) {
      const secret = Buffer.from(`ci:${draw(random, BASE64, 24)}`).toString('base64');
      return { secret, text: `{"auths":{"registry.example.com":{"auth":"${secret}"}}}` };
    },
  },
];
