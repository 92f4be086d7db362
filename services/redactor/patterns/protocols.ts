// Credentials in the forms that every system shares: JWT, HTTP headers, addresses.
import type { Pattern } from '../pattern.ts';
import { isPlaceholder, looksRandom } from '../plausible.ts';
import { ALPHANUMERIC, BASE64URL, bare, draw } from './make.ts';

export const protocols: readonly Pattern[] = [
  {
    id: 'jwt',
    title: 'JSON Web Token',
    source: 'https://www.rfc-editor.org/rfc/rfc7519',
    keywords: ['eyj'],
    // `eyJ` is `{"` in base64; the border keeps the search linear and out of the middle of other base64.
    secret: /(?:(?<![A-Za-z0-9_-])|(?<=\\[nrt]|%[0-9A-F]{2}))eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/,
    shortest: 24,
    accepts: (secret) => isJsonHeader(secret.slice(0, secret.indexOf('.'))),
    prefixed: true,
    example(random) {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const claims = { sub: draw(random, ALPHANUMERIC, 8), iat: Math.floor(random() * 1e9) };
      return bare(`${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.${draw(random, BASE64URL, 43)}`);
    },
  },
  {
    id: 'basic-credentials',
    title: 'HTTP basic credentials',
    source: 'https://www.rfc-editor.org/rfc/rfc7617',
    keywords: ['basic '],
    before: /\bbasic[ \t]+/i,
    secret: /[A-Za-z0-9+/_-]+={0,2}/,
    shortest: 8,
    accepts: (secret, before) =>
      /authorization["'\\]{0,2}[ \t]?[:=]?[ \t]?["'\\]{0,2}basic[ \t]+$/i.test(before) && !isPlaceholder(secret),
    example(random) {
      const secret = Buffer.from(`ci:${draw(random, ALPHANUMERIC, 16)}`).toString('base64');
      return { secret, text: `> Authorization: Basic ${secret}` };
    },
  },
  {
    id: 'authorization-token',
    title: 'HTTP bearer or token credentials',
    source: 'https://www.rfc-editor.org/rfc/rfc6750',
    keywords: ['bearer', 'authorization'],
    before: /\b(?:bearer|token|apikey)[ \t]+/i,
    secret: /[A-Za-z0-9._~+/-]+=*/,
    shortest: 8,
    accepts(secret, before) {
      if (isPlaceholder(secret)) return false;
      const inHeader = /authorization["'\\]{0,2}[ \t]?[:=]?[ \t]?["'\\]{0,2}\w+[ \t]+$/i.test(before);
      return inHeader || (/bearer[ \t]+$/i.test(before) && secret.length >= 16 && looksRandom(secret));
    },
    example(random) {
      const secret = draw(random, ALPHANUMERIC, 40);
      return { secret, text: `curl -H "Authorization: Bearer ${secret}" https://api.example.com/` };
    },
  },
  {
    id: 'url-password',
    title: 'Password in an address',
    source: 'https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1',
    // Not `://`: addresses are everywhere, those with a user are rare.
    keywords: ['@'],
    before: /:\/\/[^\s:@/"'<>]{0,100}:/,
    // To the last `@` before the path: people forget to encode the one in their password.
    secret: /[^\s/"'<>]+(?=@)/,
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
    title: 'Token in place of the user in an address',
    source: 'https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1',
    keywords: ['@'],
    before: /:\/\//,
    secret: /[^\s:@/"'<>]+(?=:?@|:x-oauth-basic@)/,
    shortest: 16,
    accepts: (secret) => !isPlaceholder(secret) && looksRandom(secret),
    example(random) {
      const secret = draw(random, ALPHANUMERIC, 40);
      return { secret, text: `remote: https://${secret}@git.example.com/team/app.git` };
    },
  },
];

/** The first part of a JWT is the base64url form of a JSON object (RFC 7515, section 3); `{"` alone is not proof. */
function isJsonHeader(part: string): boolean {
  return /^\{\s*"[a-z0-9_#]+"\s*:/i.test(Buffer.from(part, 'base64url').toString('latin1'));
}
