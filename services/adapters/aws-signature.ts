// AWS Signature Version 4, as S3 and the services with a JSON API take it.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
import { createHmac, hash } from 'node:crypto';
import type { Instant } from '../core/time.ts';

export interface AwsCredential {
  readonly accessKey: string;
  readonly secretKey: string;
  /** Of a temporary credential. */
  readonly sessionToken: string | undefined;
}

export interface Signing extends AwsCredential {
  readonly region: string;
  /** As it stands in the scope: `s3`, `secretsmanager`. */
  readonly service: string;
  readonly now: Instant;
}

/** What is signed. S3 takes a path as it is sent; of the others only those without anything to encode are signed right. */
export interface AwsRequest {
  readonly method: string;
  /** Encoded by `encoded` alone, as it is sent. */
  readonly url: URL;
  /** Sent with it and signed too; names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';

/** The headers that sign it, with those of the request. */
export function signedHeaders(request: AwsRequest, signing: Signing): Readonly<Record<string, string>> {
  const { method, url, body = '' } = request;
  const { accessKey, secretKey, sessionToken, region, service, now } = signing;
  const time = new Date(now).toISOString().replace(/[:-]|\.\d{3}/g, '');
  const content = hash('sha256', body);
  const headers = {
    ...request.headers,
    // https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
    ...(service === 's3' && { 'x-amz-content-sha256': content }),
    'x-amz-date': time,
    ...(sessionToken !== undefined && { 'x-amz-security-token': sessionToken }),
  };
  const lines = Object.entries({ host: url.host, ...headers }).sort(([a], [b]) => (a < b ? -1 : 1));
  const names = lines.map(([name]) => name).join(';');
  const query = url.search.slice(1).split('&').sort().join('&');
  const text = [method, url.pathname, query, ...lines.map(([name, value]) => `${name}:${value}`), '', names, content];
  const day = time.slice(0, 8);
  const scope = `${day}/${region}/${service}/aws4_request`;
  const toSign = [ALGORITHM, time, scope, hash('sha256', text.join('\n'))].join('\n');
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(
    (before, word) => createHmac('sha256', before).update(word).digest(),
    `AWS4${secretKey}`,
  );
  const signature = createHmac('sha256', key).update(toSign).digest('hex');
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
