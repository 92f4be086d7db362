// A bucket of Amazon S3, or of a store that speaks its language.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html

import { encoded, queryOf, signedHeaders } from '../../../adapters/aws-signature.ts';
import { childText, type XmlElement } from '../../../core/xml.ts';
import type { Surroundings } from '../system.ts';
import type { BucketSettings } from './settings.ts';
import { childrenOf, type Listing, listingAt, type ObjectStore, objectAt, unexpected } from './store.ts';

export function s3Store(settings: BucketSettings, { client, clock, secret }: Surroundings): ObjectStore {
  const { region, access_key = '', secret_key = '', session_token } = settings;
  const { baseUrl, root } = addressOf(settings);
  const api = client({
    baseUrl,
    headers: (_signal, { method, url }) =>
      signedHeaders(
        { method, url: new URL(url) },
        {
          accessKey: secret(access_key),
          secretKey: secret(secret_key),
          sessionToken: session_token === undefined ? undefined : secret(session_token),
          region,
          service: 's3',
          now: clock.now(),
        },
      ),
  });
  return {
    list({ prefix, folders, most, next }, signal) {
      const query = queryOf({
        'list-type': '2',
        // Names may hold what XML cannot.
        'encoding-type': 'url',
        prefix,
        delimiter: folders ? '/' : undefined,
        'max-keys': most === undefined ? undefined : String(most),
        'continuation-token': next,
      });
      const path = `${root}/?${query}`;
      return listingAt(api, path, 'ListBucketResult', (found) => listingIn(found, path), signal);
    },
    read(key, signal) {
      // Else an object that is kept as gzip would be unpacked on its way, and a damaged one look like a broken line.
      const query = queryOf({ 'response-content-encoding': 'identity' });
      return objectAt(api, `${root}/${key.split('/').map(encoded).join('/')}?${query}`, signal);
    },
  };
}

/** A bucket has a host of its own at Amazon, unless a dot in its name keeps it from TLS; elsewhere it is a folder. */
function addressOf({ bucket, region, endpoint }: BucketSettings) {
  if (endpoint !== undefined) return { baseUrl: endpoint, root: `/${bucket}` };
  if (bucket.includes('.')) return { baseUrl: `https://s3.${region}.amazonaws.com`, root: `/${bucket}` };
  return { baseUrl: `https://${bucket}.s3.${region}.amazonaws.com`, root: '' };
}

function listingIn(root: XmlElement, path: string): Listing {
  const more = childText(root, 'IsTruncated');
  const next = childText(root, 'NextContinuationToken');
  if ((more !== 'true' && more !== 'false') || (more === 'true' && next === undefined)) {
    throw unexpected(path, 'the list does not say whether it goes on');
  }
  return {
    objects: childrenOf(root, 'Contents').map((each) => {
      const key = childText(each, 'Key');
      const modified = Date.parse(childText(each, 'LastModified') ?? '');
      const size = Number(childText(each, 'Size'));
      if (key === undefined || Number.isNaN(modified) || Number.isNaN(size)) {
        throw unexpected(path, 'an object of the list lacks its name, size or time');
      }
      return { key: decoded(key), modified, size, etag: childText(each, 'ETag') ?? '' };
    }),
    folders: childrenOf(root, 'CommonPrefixes').flatMap((each) => {
      const folder = childText(each, 'Prefix');
      return folder === undefined ? [] : [decoded(folder)];
    }),
    next: more === 'true' ? next : undefined,
  };
}

function decoded(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}
