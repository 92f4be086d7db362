// AWS Signature Version 4 for requests without a body, as S3 takes it.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
import { createHmac, hash } from 'node:crypto';
import type { Instant } from '../../../core/time.ts';

export interface AwsCredential {
  readonly accessKey: string;
  readonly secretKey: string;
  /** Of a temporary credential. */
  readonly sessionToken: string | undefined;
}

export interface Signing extends AwsCredential {
  readonly region: string;
  readonly now: Instant;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const NO_BODY = hash('sha256', '');

/** The headers that sign it. `url`: encoded by `encoded` alone, as it is sent. */
export function signedHeaders(method: string, url: URL, signing: Signing): Readonly<Record<string, string>> {
  const { accessKey, secretKey, sessionToken, region, now } = signing;
  const time = new Date(now).toISOString().replace(/[:-]|\.\d{3}/g, '');
  const headers = {
    'x-amz-content-sha256': NO_BODY,
    'x-amz-date': time,
    ...(sessionToken !== undefined && { 'x-amz-security-token': sessionToken }),
  };
  const lines = Object.entries({ host: url.host, ...headers }).sort(([a], [b]) => (a < b ? -1 : 1));
  const names = lines.map(([name]) => name).join(';');
  const query = url.search.slice(1).split('&').sort().join('&');
  const request = [
    method,
    url.pathname,
    query,
    ...lines.map(([name, value]) => `${name}:${value}`),
    '',
    names,
    NO_BODY,
  ].join('\n');
  const day = time.slice(0, 8);
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = [ALGORITHM, time, scope, hash('sha256', request)].join('\n');
  const key = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(
    (before, word) => createHmac('sha256', before).update(word).digest(),
    `AWS4${secretKey}`,
  );
  const signature = createHmac('sha256', key).update(text).digest('hex');
  const authorization = `${ALGORITHM} Credential=${accessKey}/${scope},SignedHeaders=${names},Signature=${signature}`;
  return { ...headers, authorization };
}

/** RFC 3986: all but letters, digits and `-._~`. */
export function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** `a=1&b=`, by name. */
export function queryOf(values: Readonly<Record<string, string | undefined>>): string {
  const pairs = Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [`${encoded(name)}=${encoded(value)}`],
  );
  return pairs.sort().join('&');
}
