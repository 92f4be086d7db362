// The script that prepares a secured Elasticsearch, against a server that records: no Elasticsearch here has security.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { setUp } from '../../../deploy/elasticsearch/setup.ts';

const folder = mkdtempSync(join(tmpdir(), 'pipewarden-setup-'));
const keyFile = join(folder, 'key');
const password = ['word', 'of', 'elastic'].join('-');
const kibanaPassword = ['word', 'of', 'kibana'].join('-');
const seen: { readonly line: string; readonly user: string; readonly body: unknown }[] = [];
let status = 200;
const server = createServer(async (request, response) => {
  const user = Buffer.from((request.headers.authorization ?? '').replace('Basic ', ''), 'base64').toString();
  seen.push({ line: `${request.method} ${request.url}`, user, body: await json(request) });
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(request.url === '/_security/api_key' ? { id: 'i', encoded: 'made-by-the-server' } : {}));
});
let url = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

test('an API key for its own indices is made once and kept for its owner alone; Kibana gets its password each time', async () => {
  for (let time = 0; time < 2; time++) await setUp({ url, password, kibanaPassword, keyFile });
  expect(seen.map(({ line }) => line)).toEqual([
    'POST /_security/user/kibana_system/_password',
    'POST /_security/api_key',
    'POST /_security/user/kibana_system/_password',
  ]);
  expect(seen.every(({ user }) => user === `elastic:${password}`)).toBe(true);
  expect(seen[0]?.body).toEqual({ password: kibanaPassword });
  expect(seen[1]?.body).toMatchObject({
    role_descriptors: { pipewarden: { indices: [{ names: ['pipewarden-*'] }] } },
  });
  expect(readFileSync(keyFile, 'utf8')).toBe('made-by-the-server');
  expect(statSync(keyFile).mode & 0o777).toBe(0o600);
});

test('a refusal ends it, without the password in what it says', async () => {
  status = 401;
  const refused = setUp({ url, password, kibanaPassword: undefined, keyFile: join(folder, 'other') });
  await expect(refused).rejects.toThrow('/_security/api_key answered 401');
});
