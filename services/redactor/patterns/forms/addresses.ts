// Parameters of addresses that are as good as a password: signatures of pre-signed addresses, tokens, keys.
import type { Pattern, Random } from '../../pattern.ts';
import { isPlaceholder, isVaried, looksRandom } from '../../plausible.ts';
import { ALPHANUMERIC, BASE64URL, draw, HEX } from '../make/token.ts';

const S3 = 'https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html';
const RFC6750 = 'https://www.rfc-editor.org/rfc/rfc6750#section-2.3';

interface Parameter {
  readonly id: string;
  readonly provider: string;
  readonly title: string;
  readonly source: string;
  /** Lower case. */
  readonly names: readonly string[];
  readonly secret?: RegExp;
  readonly shortest: number;
  readonly accepts?: (secret: string) => boolean;
  readonly make: (random: Random) => string;
}

/** Only the value goes: the rest of the address says where something came from. `;` as in `&amp;`. */
function parameter(row: Parameter): Pattern {
  const { id, provider, title, source, names, secret = /[A-Za-z0-9%._~+/|=-]+/, shortest, make } = row;
  const accepts = row.accepts ?? (() => true);
  return {
    id,
    provider,
    title,
    source,
    keywords: names.flatMap((name) => ['?', '&', ';'].map((border) => `${border}${name}=`)),
    before: new RegExp(`[?&;](?:${names.join('|')})=`, 'i'),
    secret,
    shortest,
    accepts: (value) => !isPlaceholder(value) && isVaried(value, 6) && accepts(value),
    example(random) {
      const value = make(random);
      return { secret: value, text: `https://cdn.example.com/a.tgz?expires=1700000000&${names[0] ?? ''}=${value}&v=2` };
    },
  };
}

export const addresses: readonly Pattern[] = [
  parameter({
    id: 'aws-signature',
    provider: 'AWS',
    title: 'Signature of a pre-signed AWS address',
    source: S3,
    names: ['x-amz-signature', 'x-oss-signature', 'x-obs-signature', 'x-tos-signature', 'q-signature'],
    shortest: 20,
    make: (random) => draw(random, HEX, 64),
  }),
  parameter({
    id: 'aws-signature-token',
    provider: 'AWS',
    title: 'Session token in a pre-signed AWS address',
    source: S3,
    names: ['x-amz-security-token', 'x-oss-security-token', 'security-token', 'x-cos-security-token'],
    shortest: 40,
    make: (random) => draw(random, ALPHANUMERIC, 300),
  }),
  parameter({
    id: 'google-signature',
    provider: 'Google',
    title: 'Signature of a signed Google Cloud Storage address',
    source: 'https://cloud.google.com/storage/docs/authentication/signatures',
    names: ['x-goog-signature'],
    shortest: 32,
    make: (random) => draw(random, HEX, 512),
  }),
  parameter({
    id: 'azure-signature',
    provider: 'Azure',
    title: 'Signature of a shared access signature (SAS)',
    source: 'https://learn.microsoft.com/rest/api/storageservices/create-service-sas',
    names: ['sig'],
    shortest: 24,
    make: (random) => `${draw(random, ALPHANUMERIC, 42)}k%3D`,
  }),
  parameter({
    id: 'url-signature',
    provider: 'any',
    title: 'Signature of an address (CloudFront and others)',
    source: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-signed-urls.html',
    names: ['signature', 'hmac', 'sign', 'url_signature', 'x-signature'],
    shortest: 16,
    accepts: looksRandom,
    make: (random) => `${draw(random, BASE64URL, 340)}7x__`,
  }),
  parameter({
    id: 'url-download-key',
    provider: 'any',
    title: 'Authorization of a download, as content delivery networks append it',
    source: 'https://techdocs.akamai.com/property-mgr/docs/auth-token-2-0-ver',
    names: [
      'authparam',
      'hdnea',
      'hdnts',
      'hdntl',
      '__gda__',
      '__token__',
      'auth_key',
      'authkey',
      'verify',
      'download_token',
    ],
    secret: /[A-Za-z0-9%._~+/|=*-]+/,
    shortest: 16,
    accepts: looksRandom,
    make: (random) => `1700000000_${draw(random, HEX, 31)}a`,
  }),
  parameter({
    id: 'url-access-token',
    provider: 'any',
    title: 'Token in an address',
    source: RFC6750,
    names: [
      'token',
      'access_token',
      'access-token',
      'accesstoken',
      'auth_token',
      'auth-token',
      'authtoken',
      'private_token',
      'refresh_token',
      'id_token',
      'session_token',
      'oauth_token',
      'api_token',
      'apitoken',
      'jwt',
      'bearer',
      'ticket',
      'client_secret',
      'secret',
      'auth',
    ],
    shortest: 8,
    accepts: looksRandom,
    make: (random) => `${draw(random, ALPHANUMERIC, 31)}7`,
  }),
  parameter({
    id: 'url-api-key',
    provider: 'any',
    title: 'Key in an address',
    source: 'https://swagger.io/docs/specification/v3_0/authentication/api-keys/',
    names: [
      'key',
      'api_key',
      'api-key',
      'apikey',
      'access_key',
      'accesskey',
      'app_key',
      'appkey',
      'subscription-key',
      'code',
      'appid',
      'app_id',
    ],
    shortest: 16,
    // A name or a number is what people call a key too.
    accepts: (secret) => looksRandom(secret) && /\d/.test(secret) && /[A-Za-z]/.test(secret) && !/[/.]/.test(secret),
    make: (random) => `${draw(random, HEX, 30)}a4`,
  }),
];
