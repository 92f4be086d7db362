// Credentials in the forms that every system shares: JWT, HTTP headers, addresses.
import { isObject, parsedJson } from '../../../core/json.ts';
import type { Pattern } from '../../pattern.ts';
import { isPlaceholder, looksRandom } from '../../plausible.ts';
import { ALPHANUMERIC, BASE64URL, bare, draw, isVariedTail } from '../make/token.ts';

/** What a password in an address may end in. */
const BEFORE_AT = [..."abcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=%:"].map((character) => `${character}@`);

export const protocols: readonly Pattern[] = [
  {
    id: 'jwt',
    provider: 'any',
    title: 'JSON Web Token',
    source: 'https://www.rfc-editor.org/rfc/rfc7519',
    // The fourth character holds the first letter of the header's first name.
    keywords: [...'abcdefghijklmnopqrstuvwxyz0123456789'].map((character) => `eyj${character}`),
    // `eyJ` is `{"` in base64; the border keeps the search linear and out of the middle of other base64.
    // The signature may be missing: a log that cuts its lines shows the claims all the same.
    secret: /(?:(?<![A-Za-z0-9_-])|(?<=\\[nrt]|%[0-9A-F]{2}))eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)?/,
    shortest: 24,
    accepts(secret) {
      const [header = '', claims = '', signature] = secret.split('.');
      const named = decoded(header);
      // A header names its algorithm (section 4.1.1).
      return isObject(named) && 'alg' in named && (signature !== undefined || isCutClaims(claims));
    },
    prefixed: true,
    example(random) {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const claims = { sub: draw(random, ALPHANUMERIC, 8), iat: Math.floor(random() * 1e9) };
      return bare(`${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.${draw(random, BASE64URL, 43)}`);
    },
  },
  {
    id: 'basic-credentials',
    provider: 'any',
    title: 'HTTP basic credentials',
    source: 'https://www.rfc-editor.org/rfc/rfc7617',
    keywords: ['basic '],
    before: /\bbasic[ \t]+/i,
    secret: /[A-Za-z0-9+/_-]+={0,2}/,
    shortest: 8,
    accepts: (secret, before) =>
      /authorization["'\\]{0,2}[ \t]?[:=]?[ \t]?["'\\]{0,2}basic[ \t]+$/i.test(before) && isVariedTail(secret),
    example(random) {
      const secret = Buffer.from(`ci:${draw(random, ALPHANUMERIC, 16)}`).toString('base64');
      return { secret, text: `> Authorization: Basic ${secret}` };
    },
  },
  {
    id: 'authorization-token',
    provider: 'any',
    title: 'HTTP bearer or token credentials',
    source: 'https://www.rfc-editor.org/rfc/rfc6750',
    keywords: ['bearer', 'authorization'],
    before: /(?:authorization["'\\]{0,2}[ \t]?[:=]?[ \t]?["'\\]{0,2}(?:bearer|token|apikey)|bearer)[ \t]+/i,
    secret: /[A-Za-z0-9._~+/-]+=*/,
    shortest: 8,
    accepts(secret, before) {
      if (isPlaceholder(secret)) return false;
      const inHeader = /authorization["'\\]{0,2}[ \t]?[:=]?[ \t]?["'\\]{0,2}\w+[ \t]+$/i.test(before);
      return inHeader || (secret.length >= 16 && looksRandom(secret));
    },
    example(random) {
      const secret = draw(random, ALPHANUMERIC, 40);
      return { secret, text: `curl -H "Authorization: Bearer ${secret}" https://api.example.com/` };
    },
  },
  {
    id: 'url-password',
    provider: 'any',
    title: 'Password in an address',
    source: 'https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1',
    // Not `://`: addresses are everywhere, those with a user are rare. Nobody writes a space before that `@`.
    keywords: BEFORE_AT,
    search: 'line',
    before: /:\/\/[^\0 \t\r\n:@/"'<>]{0,100}:/,
    // To the last `@` before the path: people forget to encode the one in their password.
    secret: /[^\0 \t\r\n/"'<>]+(?=@)/,
    shortest: 1,
    accepts: (secret) => !isPlaceholder(secret) && secret !== 'x-oauth-basic',
    prefixed: true,
    example(random) {
      const secret = draw(random, ALPHANUMERIC, 16);
      return { secret, text: `Cloning https://deploy:${secret}@git.example.com/team/app.git` };
    },
  },
  {
    id: 'url-token',
    provider: 'any',
    title: 'Token in place of the user in an address',
    source: 'https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1',
    keywords: BEFORE_AT,
    search: 'line',
    before: /:\/\//,
    secret: /[^\0 \t\r\n:@/"'<>]+(?=:?@|:x-oauth-basic@)/,
    shortest: 16,
    accepts: (secret) => !isPlaceholder(secret) && looksRandom(secret),
    example(random) {
      const secret = draw(random, ALPHANUMERIC, 40);
      return { secret, text: `remote: https://${secret}@git.example.com/team/app.git` };
    },
  },
];

/** What a part of a JWT holds: the base64url form of JSON (RFC 7515, section 3). */
function decoded(part: string): unknown {
  return parsedJson(Buffer.from(part, 'base64url').toString());
}

/** Claims that go on beyond the end of a line; no filler. */
function isCutClaims(claims: string): boolean {
  return claims.startsWith('eyJ') && isVariedTail(claims);
}
