// Every feed that can be delivered to us: as its sender sends it, with its proof, and without.
import { createHmac } from 'node:crypto';
import { existsSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addressesOf, type Push } from '../../services/collector/push.ts';
import { createReceiver } from '../../services/collector/receiver.ts';
import type { SourceCase } from '../../services/collector/source-case.ts';
import { SOURCES } from '../../services/collector/sources/index.ts';
import { MINUTE, SECOND } from '../../services/core/time.ts';
import { feedFiles } from '../helpers/feeds.ts';
import { type Collecting, clock, startCollecting } from './collecting.ts';
import { SECRET } from './deliveries.ts';

let collecting: Collecting;
beforeEach(async () => {
  collecting = await startCollecting();
});
afterEach(() => collecting.close());

type Prove = (body: string, secret: string, at?: number) => Readonly<Record<string, string>>;

const mac = (secret: string | Buffer, text: string) => createHmac('sha256', secret).update(text);
const signed =
  (header: string, prefix = ''): Prove =>
  (body, secret) => ({ [header]: prefix + mac(secret, body).digest('hex') });
const bearer: Prove = (_body, secret) => ({ authorization: `Bearer ${secret}` });
const basic: Prove = (_body, secret) => ({ authorization: `Basic ${Buffer.from(`ci:${secret}`).toString('base64')}` });
const splunk: Prove = (_body, secret) => ({ authorization: `Splunk ${secret}` });
const token =
  (header: string): Prove =>
  (_body, secret) => ({ [header]: secret });
const standard: Prove = (body, secret, at = clock.now()) => {
  const [id, time] = ['msg_1', String(Math.floor(at / SECOND))];
  const signature = mac(secret, `${id}.${time}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': `v1,${'A'.repeat(43)}= v1,${signature}` };
};
const timed: Prove = (body, secret, at = clock.now()) => {
  const time = String(Math.floor(at / SECOND));
  return { 'x-buildkite-signature': `timestamp=${time},signature=${mac(secret, `${time}.${body}`).digest('hex')}` };
};

/** As the documentation of each has it; several where its users have a choice. */
const PROOFS: Readonly<Record<string, readonly Prove[]>> = {
  'aws.cloudtrail': [bearer, basic],
  'azure-devops.audit': [splunk],
  'azure-devops.webhook': [basic],
  'bitbucket.webhook': [signed('x-hub-signature', 'sha256=')],
  bpftrace: [bearer],
  'buildbot.webhook': [basic],
  'buildkite.webhook': [token('x-buildkite-token'), timed],
  cdevents: [bearer],
  'circleci.webhook': [signed('circleci-signature', 'v1=')],
  falco: [bearer, basic],
  'gitea.webhook': [signed('x-gitea-signature')],
  'github.audit': [splunk],
  'github.webhook': [signed('x-hub-signature-256', 'sha256=')],
  'gitlab.audit': [token('x-gitlab-event-streaming-token')],
  'gitlab.webhook': [token('x-gitlab-token'), standard],
  'harden-runner': [bearer],
  'jenkins.event': [basic],
  'kubernetes.audit': [bearer],
  'oci.registry': [bearer],
  ocsf: [bearer],
  otlp: [bearer],
  sonarqube: [signed('x-sonar-webhook-hmac-sha256')],
  tetragon: [bearer],
  tracee: [bearer, basic],
  'vault.audit': [bearer],
};

const PUSHED = SOURCES.flatMap(({ id, push }) => (push ? [{ id, push }] : []));
const files = feedFiles();

async function casesOf(id: string): Promise<readonly SourceCase[]> {
  const file = `${files.get(id)}.cases.ts`;
  return existsSync(file) ? (await import(file)).cases : [];
}

/** Where it is sent to, with nothing configured: the first place of several. */
function placeOf(push: Push): string {
  return addressesOf(push.path, push)[0]?.path ?? '';
}

function receiver(id: string, { path }: Push) {
  const { collector, telemetry } = collecting;
  return createReceiver({ collector, routes: [{ path, source: id, secrets: () => [SECRET] }], telemetry, clock });
}

function request(push: Push, body: string, event: string | undefined, proof: Readonly<Record<string, string>>) {
  const named = push.event === undefined ? {} : { [push.event]: event ?? 'unnamed' };
  return { method: 'POST', headers: { 'content-type': 'application/json', ...named, ...proof }, body };
}

test('of each it is known how it proves itself, and no two are received at the same place', () => {
  expect(PUSHED.map(({ id }) => id).toSorted()).toEqual(Object.keys(PROOFS).sort());
  const places = PUSHED.flatMap(({ push }) => addressesOf(push.path, push).map(({ path }) => path));
  expect(new Set(places).size).toBe(places.length);
});

describe.each(PUSHED)('$id', ({ id, push }) => {
  test('what its documentation shows is taken, and kept', async () => {
    const app = receiver(id, push);
    const [first] = await casesOf(id);
    const { body, event } = first?.record ?? {};
    const text = JSON.stringify(body);
    for (const prove of PROOFS[id] ?? []) {
      const answer = await app.request(placeOf(push), request(push, text, event, prove(text, SECRET)));
      expect(await answer.json()).toMatchObject({ accepted: first?.drafts.length });
    }
    expect(await collecting.letters()).toEqual([]);
    expect((await collecting.activities()).length).toBeGreaterThan(0);
  });

  test('a wrong proof, another body’s, or none at all: 401, and nothing is kept', async () => {
    const app = receiver(id, push);
    const [prove = bearer] = PROOFS[id] ?? [];
    for (const proof of [prove('{}', 'a-guess'), prove('{}', ''), {}]) {
      const answer = await app.request(placeOf(push), request(push, '{"a":1}', undefined, proof));
      expect(answer.status).toBe(401);
    }
    expect(await collecting.entries()).toEqual([]);
  });
});

describe('a signature with a time', () => {
  test.each([
    ['gitlab.webhook', standard],
    ['buildkite.webhook', timed],
  ] as const)('of %s, kept for an hour and sent again, is refused', async (id, prove) => {
    const push = PUSHED.find((each) => each.id === id)?.push;
    if (!push) throw new Error('not received');
    const app = receiver(id, push);
    for (const at of [clock.now() - 60 * MINUTE, clock.now() + 60 * MINUTE, Number.NaN]) {
      const answer = await app.request(push.path, request(push, '{}', undefined, prove('{}', SECRET, at)));
      expect(answer.status).toBe(401);
    }
  });

  test('may be made with the key that GitLab shows', async () => {
    const key = Buffer.from('a key of GitLab, for tests');
    const { collector, telemetry } = collecting;
    const secrets = [`whsec_${key.toString('base64')}`];
    const app = createReceiver({
      collector,
      routes: [{ path: '/g', source: 'gitlab.webhook', secrets: () => secrets }],
      telemetry,
      clock,
    });
    const [first] = await casesOf('gitlab.webhook');
    const body = JSON.stringify(first?.record.body);
    const [id, time] = ['msg_1', String(Math.floor(clock.now() / SECOND))];
    const signature = mac(key, `${id}.${time}.${body}`).digest('base64');
    const answer = await app.request('/g', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-gitlab-event': 'Push Hook',
        'webhook-id': id,
        'webhook-timestamp': time,
        'webhook-signature': `v1,${signature}`,
      },
      body,
    });
    expect(answer.status).toBe(200);
  });
});

describe('many records in one body', () => {
  const falco = PUSHED.find(({ id }) => id === 'falco');

  async function send(body: string | Buffer<ArrayBuffer>, headers: Readonly<Record<string, string>> = {}) {
    if (!falco) throw new Error('not received');
    const proof = bearer('', SECRET);
    const all = { 'content-type': 'application/json', ...proof, ...headers };
    return await receiver(falco.id, falco.push).request(falco.push.path, { method: 'POST', headers: all, body });
  }

  test.each([
    ['a list', (each: string) => [`[${each},${each}]`, 'application/json']],
    ['lines', (each: string) => [`${each}\n${each}\n`, 'application/x-ndjson']],
    ['one after the other', (each: string) => [each + each, 'application/json']],
  ])('come as %s', async (_how, make) => {
    const [one] = await casesOf('falco');
    const [body = '', type = ''] = make(JSON.stringify(one?.record.body));
    const answer = await send(body, { 'content-type': type });
    expect(await answer.json()).toEqual({ accepted: 2 * (one?.drafts.length ?? 0) });
  });

  test('some of which are none: the others are kept, and these stand on the dead-letter list', async () => {
    const [one] = await casesOf('falco');
    const answer = await send(JSON.stringify([one?.record.body, { hello: 'world' }]));
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ accepted: one?.drafts.length, refused: 1 });
    expect(await collecting.letters()).toHaveLength(1);
  });

  test('as lines, of which one names a file that is no UTF-8: it takes no other with it', async () => {
    const [one] = await casesOf('falco');
    const line = JSON.stringify(one?.record.body);
    const odd = Buffer.concat([
      Buffer.from(`${line}\n${line.slice(0, -1)},"odd":"`),
      Buffer.from([0xff]),
      Buffer.from('"}'),
    ]);
    const lines = await send(odd, { 'content-type': 'application/x-ndjson' });
    expect(await lines.json()).toEqual({ accepted: 2 * (one?.drafts.length ?? 0) });
    expect((await send(odd, { 'content-type': 'application/json' })).status).toBe(400);
  });

  test('come compressed', async () => {
    const [one] = await casesOf('falco');
    const answer = await send(gzipSync(JSON.stringify([one?.record.body])), { 'content-encoding': 'gzip' });
    expect(answer.status).toBe(200);
  });

  test('a small body that unpacks to a huge one is refused before it does', async () => {
    const answer = await send(gzipSync(Buffer.alloc(200_000_000)), { 'content-encoding': 'gzip' });
    expect(answer.status).toBe(413);
  });

  test.each([
    ['half of it', gzipSync('{"a":1}').subarray(0, 12), { 'content-encoding': 'gzip' }],
    ['compressed otherwise', '{}', { 'content-encoding': 'br' }],
    ['words between values', '{"a":1} and {"a":2}', {}],
    ['an open bracket', '{"a":[1}', {}],
    ['nothing', '', {}],
  ])('%s: 400', async (_what, body, headers) => {
    expect((await send(body, headers)).status).toBe(400);
  });
});

test('GitHub streams its audit log as to a Splunk: events, one after the other', async () => {
  const push = PUSHED.find(({ id }) => id === 'github.audit')?.push;
  if (!push) throw new Error('not received');
  const all = (await casesOf('github.audit')).slice(0, 3);
  const body = all.map(({ record }) => JSON.stringify({ event: record.body, time: 1 })).join('');
  const answer = await receiver('github.audit', push).request(
    push.path,
    request(push, body, undefined, splunk('', SECRET)),
  );
  expect(await answer.json()).toEqual({
    text: 'Success',
    code: 0,
    accepted: all.flatMap(({ drafts }) => drafts).length,
  });
});

test('a registry names the version of its events in the content type', async () => {
  const push = PUSHED.find(({ id }) => id === 'oci.registry')?.push;
  if (!push) throw new Error('not received');
  const [first] = await casesOf('oci.registry');
  for (const version of ['v1', 'v2']) {
    const type = { 'content-type': `application/vnd.docker.distribution.events.${version}+json` };
    const body = JSON.stringify(first?.record.body);
    const sent = request(push, body, undefined, { ...bearer(body, SECRET), ...type });
    expect((await receiver('oci.registry', push).request(push.path, sent)).status).toBe(200);
  }
});
