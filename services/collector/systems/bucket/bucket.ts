// A bucket that a system writes its audit log into, as it is read.
import { defineSystem } from '../system.ts';
import { azureBlobStore } from './azure-blob.ts';
import { bucketConditions } from './conditions.ts';
import { createObjectList } from './listing.ts';
import { bucketHistory, bucketPoll } from './reading.ts';
import { s3Store } from './s3.ts';
import { bucketSettings } from './settings.ts';

export const bucket = defineSystem({
  type: 'bucket',
  title: 'A bucket',
  settings: bucketSettings,
  secrets: ({ access_key, secret_key, session_token, sas }) => [
    ['access key', access_key],
    ['secret key', secret_key],
    ['session token', session_token],
    ['sas', sas],
  ],
  connect(settings, surroundings) {
    const { prefix, source } = settings;
    const ordered = settings.ordered ?? source !== 'circleci.audit';
    const store = settings.store === 's3' ? s3Store(settings, surroundings) : azureBlobStore(settings, surroundings);
    const objectsOf = () => createObjectList(store, { prefix, ordered }, surroundings.clock);
    const read = { settings, store };
    return {
      polls: [bucketPoll({ ...read, objects: objectsOf() }, surroundings)],
      pulls: [],
      // Each with a list of its own: what it has looked at is newer than its own place.
      histories: [bucketHistory({ ...read, objects: objectsOf() }, surroundings)],
      conditions: bucketConditions({ ...read, objects: objectsOf() }),
    };
  },
});
