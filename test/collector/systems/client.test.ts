// The client: where the credential goes, what it waits for, and what it makes of odd answers.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nextPage } from '../../../services/collector/systems/client/link.ts';
import { type ClientOptions, createClient } from '../../../services/collector/systems/client.ts';
import { MINUTE } from '../../../services/core/time.ts';
import { type TestClock, testClock } from './reading.ts';
import { type Call, type RecordingApi, type Reply, startRecordingApi } from './recording-api.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');
let api: RecordingApi;
let answer: (call: Call) => Reply | undefined;
let clock: TestClock;
const { signal } = new AbortController();

beforeEach(async () => {
  answer = () => ({ body: {} });
  api = await startRecordingApi((call) => answer(call));
  clock = testClock(NOW);
});
afterEach(() => api.close());

function client(options: Partial<ClientOptions> = {}) {
  let number = 0;
  const headers = () => {
    number += 1;
    return { authorization: `Bearer token-${number}` };
  };
  return createClient(
    { baseUrl: `${api.url}/v1/`, headers, ...options },
    { clock, fetch, clean: (text) => text.replace(/token-\d+/g, '[clean]'), userAgent: 'pipewarden/test' },
  );
}

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

test('a credential that was rotated is taken up with the next request', async () => {
  const { get } = client();
  await get('/a', signal);
  await get('/b', signal);
  expect(api.calls.map(({ path, headers }) => [path, headers.authorization])).toEqual([
    ['/v1/a', 'Bearer token-1'],
    ['/v1/b', 'Bearer token-2'],
  ]);
});

test('what lies elsewhere is fetched without the credential, and never without encryption', async () => {
  answer = ({ path }) =>
    path === '/v1/log' ? { status: 302, headers: { location: '/files/1' } } : { body: 'the log' };
  expect(await textOf((await client().bytes('/log', signal)).bytes())).toBe('the log');
  answer = () => ({ status: 302, headers: { location: 'http://elsewhere.example/log' } });
  await expect(client().bytes('/log', signal)).rejects.toMatchObject({ code: 'API_UNEXPECTED' });
  // A redirect of an answer that is read is none that is followed.
  await expect(client().get('/log', signal)).resolves.toMatchObject({ status: 302 });
  expect(api.calls.every(({ headers }) => headers.host === new URL(api.url).host)).toBe(true);
});

test('a page that leads out of the API is no page', () => {
  const base = 'https://ghe.example/api/v3';
  const link = (address: string) => nextPage(`<${address}>; rel="next", <${base}/x?page=9>; rel="last"`, base);
  expect(link(`${base}/orgs/acme/repos?page=2`)).toBe('/orgs/acme/repos?page=2');
  expect(link('https://ghe.example/api/v4/orgs')).toBeUndefined();
  expect(link('https://elsewhere.example/api/v3/orgs')).toBeUndefined();
  expect(link('//elsewhere.example/api/v3/orgs')).toBeUndefined();
  expect(link('https://[')).toBeUndefined();
  expect(nextPage(null, base)).toBeUndefined();
  expect(nextPage(`<${base}/x?page=9>; rel="last"`, base)).toBeUndefined();
});

test.each([
  [500, {}, 'API_BUSY'],
  [401, { message: 'Bad credentials' }, 'API_REFUSED'],
  [403, { message: 'Resource not accessible' }, 'API_REFUSED'],
  [404, { message: 'Not Found' }, 'API_UNEXPECTED'],
  [200, '<html>', 'API_UNEXPECTED'],
])('an answer of %i with %j is %s', async (status, body, code) => {
  answer = () => ({ status, body });
  await expect(client().get('/a', signal)).rejects.toMatchObject({ code });
});

test('what is expected is no error', async () => {
  answer = () => ({ status: 404, body: { message: 'Not Found' } });
  expect(await client().get('/a', signal, { expect: [404] })).toMatchObject({ status: 404 });
});

test('an error never tells the credential or what was searched for', async () => {
  answer = () => ({ status: 403, body: { message: 'no' } });
  const error: unknown = await client()
    .get('/a?phrase=somebody', signal)
    .catch((thrown: unknown) => thrown);
  expect(String(error)).not.toContain('token-');
  expect(String(error)).not.toContain('somebody');
});

test('what an answer repeats of the credential is taken out before the error is cut to length', async () => {
  answer = ({ headers }) => ({ status: 403, body: { message: `${'x'.repeat(290)} ${headers.authorization}` } });
  await expect(client().get('/a', signal)).rejects.toThrow(/x Bearer \[c$/);
});

test('what cannot be sent is told without the credential', async () => {
  const headers = () => ({ authorization: 'Bearer token-1\n\u0000' });
  const error: unknown = await client({ headers })
    .get('/a', signal)
    .catch((thrown: unknown) => thrown);
  expect(String(error)).toContain('[clean]');
});

test('being refused again and again is no limit that could be waited for', async () => {
  answer = () => ({ status: 429, body: {} });
  await expect(client().get('/a', signal)).rejects.toMatchObject({ code: 'API_BUSY' });
  // A minute, and twice as long each time, as GitHub advises.
  expect(clock.now() - NOW).toBeGreaterThanOrEqual((1 + 2 + 4 + 8 + 16) * MINUTE);
  expect(api.calls.length).toBe(6);
});

test('limits of a window as GitLab tells them are kept too, each on its own', async () => {
  let left = 10;
  answer = ({ path }) =>
    path === '/v1/other'
      ? { body: {} }
      : {
          body: {},
          headers: {
            'ratelimit-limit': '10',
            'ratelimit-remaining': String(--left),
            'ratelimit-reset': String(NOW / 1000 + 60),
          },
        };
  const { get } = client();
  for (let each = 0; each < 5; each++) await get('/a', signal);
  await get('/other', signal, { limit: 'other' });
  expect(clock.now()).toBe(NOW);
  await get('/a', signal);
  expect(clock.now()).toBeGreaterThan(NOW + MINUTE);
});

test('a connection that breaks off is told, and a stop is not taken for one', async () => {
  api.trouble = () => 'cut';
  await expect(client().get('/a', signal)).rejects.toMatchObject({ code: 'API_UNREACHABLE' });
  const stopped = new AbortController();
  stopped.abort(new Error('stopped'));
  await expect(client().get('/a', stopped.signal)).rejects.toThrow('stopped');
});
