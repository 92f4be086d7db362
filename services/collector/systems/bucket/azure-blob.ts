// A container of Azure Blob Storage, asked with a shared access signature.
// https://learn.microsoft.com/en-us/rest/api/storageservices/list-blobs
// https://learn.microsoft.com/en-us/rest/api/storageservices/get-blob

import { encoded, queryOf } from '../../../adapters/aws-signature.ts';
import { childText, type XmlElement } from '../../../core/xml.ts';
import type { Surroundings } from '../system.ts';
import type { BucketSettings } from './settings.ts';
import { childrenOf, type Listing, listingAt, type ObjectStore, objectAt, unexpected } from './store.ts';

const VERSION = '2023-11-03';

export function azureBlobStore(settings: BucketSettings, { client, secret }: Surroundings): ObjectStore {
  const { bucket, endpoint = '', sas = '' } = settings;
  const api = client({ baseUrl: endpoint, headers: () => ({ 'x-ms-version': VERSION, accept: '*/*' }) });
  /** Given as a token, or as the whole address that Azure shows. */
  const signature = () => secret(sas).trim().replace(/^.*\?/, '');
  return {
    list({ prefix, folders, most, next }, signal) {
      const query = queryOf({
        restype: 'container',
        comp: 'list',
        prefix,
        delimiter: folders ? '/' : undefined,
        maxresults: String(most ?? 1_000),
        marker: next,
      });
      const path = `/${bucket}?${query}&${signature()}`;
      return listingAt(api, path, 'EnumerationResults', (root) => listingIn(root, path), signal);
    },
    read: (key, signal) => objectAt(api, `/${bucket}/${key.split('/').map(encoded).join('/')}?${signature()}`, signal),
  };
}

function listingIn(root: XmlElement, path: string): Listing {
  const [blobs] = childrenOf(root, 'Blobs');
  if (!blobs) throw unexpected(path, 'there is no list of blobs in the answer');
  return {
    objects: childrenOf(blobs, 'Blob').map((each) => {
      const [properties] = childrenOf(each, 'Properties');
      const key = nameOf(each);
      const modified = Date.parse((properties && childText(properties, 'Last-Modified')) ?? '');
      const size = Number(properties && childText(properties, 'Content-Length'));
      if (key === undefined || Number.isNaN(modified) || Number.isNaN(size)) {
        throw unexpected(path, 'a blob of the list lacks its name, size or time');
      }
      return { key, modified, size, etag: (properties && childText(properties, 'Etag')) ?? '' };
    }),
    folders: childrenOf(blobs, 'BlobPrefix').flatMap((each) => nameOf(each) ?? []),
    next: childText(root, 'NextMarker'),
  };
}

/** One that XML cannot hold is encoded, and says so. */
function nameOf(each: XmlElement): string | undefined {
  const [name] = childrenOf(each, 'Name');
  return name?.attributes.get('Encoded') === 'true' ? decodeURIComponent(name.text) : name?.text;
}
