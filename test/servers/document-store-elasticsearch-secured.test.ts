// The document store on an Elasticsearch with security: TLS with an authority of one's own, a key, and the privileges
// that the documentation names. This distribution cannot make API keys (it lacks an analyzer that its index of keys
// needs), so a front writes down the key and stands in with a user that has those privileges.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ROLE } from '../../deploy/elasticsearch/setup.ts';
import { openElasticsearchDocumentStore } from '../../services/adapters/document-store/elasticsearch.ts';
import { systemClock } from '../../services/core/clock.ts';
import { createAuthority, opensslMissing } from '../helpers/certificates.ts';
import { type ElasticsearchServer, elasticsearchMissing, startElasticsearch } from './elasticsearch-server.ts';
import { type Front, startFront, type Tls } from './front.ts';

const ROLES = `
pipewarden: ${JSON.stringify(ROLE)}
reader:
  cluster: [monitor]
  indices:
    - { names: ['pipewarden-*'], privileges: [read, view_index_metadata] }
stranger:
  cluster: []
`;

const missing = elasticsearchMissing() ?? opensslMissing();

async function newTls(): Promise<Tls> {
  const authority = await createAuthority();
  const { certificate, key } = await authority.sign('node');
  const [ca, ours, secret] = await Promise.all([authority.ca, certificate, key].map((path) => readFile(path, 'utf8')));
  await authority.remove();
  return { ca: String(ca), certificate: String(ours), key: String(secret) };
}

describe.skipIf(missing)(`Elasticsearch with security${missing ? ` (left out: ${missing})` : ''}`, () => {
  const password = randomUUID();
  const apiKey = Buffer.from(`${randomUUID()}:${randomUUID()}`).toString('base64');
  let tls: Tls;
  let server: ElasticsearchServer;

  beforeAll(async () => {
    tls = await newTls();
    const users = ['pipewarden', 'reader', 'stranger'];
    server = await startElasticsearch({ tls, roles: ROLES, users, password });
  });

  afterAll(() => server?.stop());

  /** Who shows the key is that user to the server. */
  async function frontFor(user: string): Promise<Front> {
    const credentials = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    const front = await startFront(server.url, {
      tls,
      authorization: (sent) => (sent === `ApiKey ${apiKey}` ? credentials : sent),
    });
    onTestFinished(() => front.close());
    return front;
  }

  const open = (url: string, key = apiKey, ca: string | undefined = tls.ca) =>
    openElasticsearchDocumentStore({
      nodes: [url],
      apiKey: key,
      ...(ca === undefined ? {} : { ca }),
      clock: systemClock,
    });
  const unusable = (message: RegExp) =>
    expect.objectContaining({ code: 'STORE_UNUSABLE', message: expect.stringMatching(message) });

  test('the privileges that are documented are enough, and every request bears the key', async () => {
    const front = await frontFor('pipewarden');
    const store = await open(front.url);
    onTestFinished(() => store.close());
    for (const id of ['a', 'b', 'c']) await store.put('finding', id, { id }, 'absent');
    expect((await store.get('finding', 'a'))?.body).toEqual({ id: 'a' });
    expect(await store.remove('finding', 'a')).toBe(true);
    await expect.poll(async () => (await store.search('finding', {})).total, { timeout: 15_000 }).toBe(2);
    const page = await store.search('finding', { limit: 1 });
    expect((await store.search('finding', { limit: 1, after: page.next ?? '' })).documents).toHaveLength(1);
    expect(await store.count('finding', 'id')).toHaveLength(2);
    expect(await store.expire('finding', systemClock.now() + 1_000)).toBe(2);
    expect(new Set(front.asked.map(({ authorization }) => authorization))).toEqual(new Set([`ApiKey ${apiKey}`]));
  });

  test('says which privilege is missing', async () => {
    await expect(open((await frontFor('stranger')).url)).rejects.toEqual(unusable(/lacks a privilege .*monitor/));
    const reader = await open((await frontFor('reader')).url);
    onTestFinished(() => reader.close());
    expect(await reader.get('finding', 'a')).toBeUndefined();
    await expect(reader.put('incident', 'a', {}, 'absent')).rejects.toEqual(unusable(/manage_index_templates/));
  });

  test('a key that it does not know, and a certificate that nobody vouches for, are told with the mend', async () => {
    const wrong = Buffer.from('some:thing').toString('base64');
    const refusal: unknown = await open(server.url, wrong).catch((error: unknown) => error);
    expect(refusal).toEqual(unusable(/does not let us in .*document_store\.api_key/));
    expect(String(refusal)).not.toContain(wrong);
    const stranger = await newTls();
    await expect(open(server.url, apiKey, stranger.ca)).rejects.toEqual(unusable(/document_store\.ca/));
  });
});
