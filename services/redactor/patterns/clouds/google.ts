// Credentials of Google's cloud and services.
import type { Pattern } from '../../pattern.ts';
import { isVaried } from '../../plausible.ts';
import { base64url, named, type Value } from '../make/named.ts';
import {
  ALPHANUMERIC,
  BASE64,
  BASE64URL,
  BORDER,
  bare,
  draw,
  isVariedTail,
  token,
  UPPER_ALPHANUMERIC,
} from '../make/token.ts';

const OAUTH = 'https://developers.google.com/identity/protocols/oauth2';
const HMAC = 'https://cloud.google.com/storage/docs/authentication/hmackeys';

/** Base64 of 30 bytes. */
const HMAC_SECRET: Value = {
  source: '[A-Za-z0-9+/]{40}',
  shortest: 40,
  make: (random) => draw(random, BASE64, 40),
};

export const google: readonly Pattern[] = [
  token({
    id: 'google-api-key',
    provider: 'Google',
    title: 'API key',
    source: 'https://cloud.google.com/docs/authentication/api-keys',
    prefix: 'AIza',
    alphabet: BASE64URL,
    length: 35,
  }),
  token({
    id: 'google-oauth-secret',
    provider: 'Google',
    title: 'OAuth client secret',
    source: OAUTH,
    prefix: 'GOCSPX-',
    alphabet: BASE64URL,
    length: 24,
  }),
  {
    id: 'google-oauth-token',
    provider: 'Google',
    title: 'Google OAuth access token',
    source: OAUTH,
    keywords: ['ya29.'],
    secret: /ya29\.[A-Za-z0-9._-]*[A-Za-z0-9_-]/,
    shortest: 29,
    accepts: isVariedTail,
    prefixed: true,
    example: (random) => bare(`ya29.${draw(random, BASE64URL, 120)}`),
  },
  {
    id: 'google-refresh-token',
    provider: 'Google',
    title: 'Google OAuth refresh token',
    source: OAUTH,
    keywords: ['1//0'],
    secret: new RegExp(`${BORDER}1//0[A-Za-z0-9_-]+`),
    shortest: 40,
    accepts: (secret) => isVariedTail(secret) && isVaried(secret, 12),
    prefixed: true,
    example: (random) => bare(`1//0${draw(random, BASE64URL, 96)}`),
  },
  {
    id: 'google-authorization-code',
    provider: 'Google',
    title: 'Google OAuth authorization code',
    source: OAUTH,
    keywords: ['4/0a', '4%2f0a'],
    secret: new RegExp(`${BORDER}4(?:/|%2[Ff])0A[A-Za-z0-9_-]+`),
    shortest: 50,
    accepts: (secret) => isVariedTail(secret) && isVaried(secret, 16),
    prefixed: true,
    example: (random) => bare(`4/0A${draw(random, BASE64URL, 70)}`),
  },
  {
    id: 'google-hmac-key-id',
    provider: 'Google',
    title: 'Id of a Google Cloud Storage HMAC key',
    source: HMAC,
    keywords: ['goog1'],
    secret: new RegExp(`${BORDER}GOOG1[A-Z0-9]+`),
    shortest: 24,
    accepts: (secret) => /\d/.test(secret.slice('GOOG1'.length)) && isVariedTail(secret),
    prefixed: true,
    example: (random) => bare(`GOOG1E${draw(random, UPPER_ALPHANUMERIC, 54)}2`),
  },
  named({
    id: 'google-hmac-secret',
    provider: 'Google',
    title: 'Secret of a Google Cloud Storage HMAC key',
    source: HMAC,
    names: ['gcs', 'goog1', 'gs secret', 'google storage', 'google hmac', 'google secret'],
    value: HMAC_SECRET,
  }),
  {
    id: 'firebase-server-key',
    provider: 'Google',
    title: 'Firebase Cloud Messaging server key',
    source: 'https://firebase.google.com/docs/cloud-messaging/auth-server',
    keywords: [':apa91b'],
    search: 'line',
    secret: new RegExp(`${BORDER}AAAA[A-Za-z0-9_-]{7}:APA91b[A-Za-z0-9_-]+`),
    shortest: 120,
    prefixed: true,
    example: (random) => bare(`AAAA${draw(random, ALPHANUMERIC, 7)}:APA91b${draw(random, BASE64URL, 134)}`),
  },
  named({
    id: 'firebase-database-secret',
    provider: 'Google',
    title: 'Firebase database secret',
    source: 'https://firebase.google.com/docs/database/rest/auth',
    names: ['firebase'],
    value: base64url(40),
  }),
];
