// A container at Azure: the answers are those of its documentation; Azure itself has not been asked.
// https://learn.microsoft.com/en-us/rest/api/storageservices/list-blobs
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bucket } from '../../../../services/collector/systems/bucket/bucket.ts';
import { HOUR, MINUTE } from '../../../../services/core/time.ts';
import { type ReadSystem, readSystem, testClock } from '../reading.ts';
import { type Call, type RecordingApi, type Reply, startRecordingApi } from '../recording-api.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');
const SIGNATURE = ['sv=2023-11-03', 'sr=c', 'sp=rl', 'sig=made%2Fup%3D'].join('&');
const blobs = new Map<string, Buffer>();
let api: RecordingApi;
let read: ReadSystem;

beforeEach(async () => {
  blobs.clear();
  api = await startRecordingApi(answer);
  read = await readSystem({
    system: bucket,
    settings: {
      type: 'bucket',
      source: 'github.audit',
      store: 'azure-blob',
      bucket: 'audit',
      endpoint: api.url,
      sas: '${env:SAS}',
    },
    clock: testClock(NOW),
    secrets: { '${env:SAS}': `https://acme.blob.core.windows.net/audit?${SIGNATURE}` },
  });
});
afterEach(async () => {
  await read.close();
  await api.close();
});

function answer(call: Call): Reply {
  if (call.query.get('sig') !== 'made/up=') return refusal(403, 'AuthenticationFailed');
  if (call.path !== '/audit') {
    const body = blobs.get(call.path.slice('/audit/'.length));
    return body ? { body } : refusal(404, 'BlobNotFound');
  }
  const prefix = call.query.get('prefix') ?? '';
  const names = [...blobs.keys()].filter((name) => name.startsWith(prefix)).sort();
  const folders = new Set<string>();
  const listed: string[] = [];
  for (const name of names) {
    const end = name.indexOf('/', prefix.length);
    if (call.query.get('delimiter') === '/' && end >= 0) folders.add(name.slice(0, end + 1));
    else listed.push(name);
  }
  const from = Number(call.query.get('marker') ?? 0);
  const most = Math.min(2, Number(call.query.get('maxresults')));
  const page = listed.slice(from, from + most);
  const text = [
    '\uFEFF<?xml version="1.0" encoding="utf-8"?><EnumerationResults ServiceEndpoint="x" ContainerName="audit"><Blobs>',
    ...page.map(
      (name) =>
        `<Blob><Name>${name}</Name><Properties><Last-Modified>${new Date(NOW - HOUR).toUTCString()}</Last-Modified><Etag>0x1</Etag><Content-Length>${blobs.get(name)?.length}</Content-Length></Properties></Blob>`,
    ),
    ...[...folders].map((name) => `<BlobPrefix><Name>${name}</Name></BlobPrefix>`),
    `</Blobs><NextMarker>${from + most < listed.length ? from + most : ''}</NextMarker></EnumerationResults>`,
  ];
  return { headers: { 'content-type': 'application/xml' }, body: text.join('') };
}

function refusal(status: number, code: string): Reply {
  const body = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>No.\nRequestId:1</Message></Error>`;
  return { status, headers: { 'x-ms-error-code': code }, body };
}

const put = (name: string, number: number) => {
  const entry = { '@timestamp': NOW - MINUTE, _document_id: name, action: 'repo.create', actor: `user-${number}` };
  blobs.set(name, gzipSync(`${JSON.stringify(entry)}\n`));
};

test('pages of blobs, each once', async () => {
  for (let index = 0; index < 7; index++) put(`2026/03/02/09/0${index}/${index}.json.gz`, index);
  await read.poll('objects');
  await read.poll('objects');
  const actors = (await read.activities()).map(({ actor }) => actor?.name).sort();
  expect(actors).toEqual([0, 1, 2, 3, 4, 5, 6].map((index) => `user-${index}`));
  expect(api.calls.every(({ headers }) => headers['x-ms-version'] === '2023-11-03')).toBe(true);
});

test('a signature that may not is said, without it', async () => {
  put('2026/03/02/09/00/1.json.gz', 1);
  const ask = () =>
    Promise.all(
      read.connection.conditions.map((each) =>
        each.problem(new AbortController().signal).catch((error: Error) => error.message),
      ),
    );
  expect(await ask()).toEqual([undefined, undefined]);
  api.trouble = () => refusal(403, 'AuthorizationPermissionMismatch');
  const [listed] = await ask();
  expect(listed).toBe('GET /audit answered 403: AuthorizationPermissionMismatch, No. It needs: List on the container');
});
