// A secret that is planted anywhere in the input is nowhere in what Pipewarden keeps, sends, shows or says.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { settingsOf } from '../../services/cli/common.ts';
import { configurationSchema } from '../../services/cli/configuration.ts';
import type { Io } from '../../services/cli/io.ts';
import { openPorts } from '../../services/cli/ports.ts';
import { allSecrets, openNamed } from '../../services/cli/secrets.ts';
import { SERVICES } from '../../services/cli/services.ts';
import { type System, startSystem } from '../../services/cli/system.ts';
import type { SourceRecord } from '../../services/collector/source.ts';
import type { Incident } from '../../services/core/incident.ts';
import type { Fields, Log } from '../../services/telemetry/log.ts';
import { createTelemetry } from '../../services/telemetry/telemetry.ts';
import { delivery, SECRET, webhookExamples } from '../collector/deliveries.ts';
import { appearsIn, kinds, makeExample, plantable } from '../helpers/secrets.ts';

const DAY = 24 * 60 * 60 * 1000;
const START = Date.UTC(2026, 2, 2, 9);

/** One of every kind, each its own; those that need their context come with it. */
const planted = kinds.map((kind, index) => ({ kind, ...makeExample(kind, index + 1) }));
const bare = planted.filter(({ kind }) => plantable.includes(kind));
const everywhere = bare.map(({ text }) => text);

const folder = mkdtempSync(join(tmpdir(), 'canary-'));
const seen: { where: string; bytes: Buffer }[] = [];
const see = (where: string, text: string) => seen.push({ where, bytes: Buffer.from(text) });

let receiver: Server;
let system: System;

/** The plainest text with all secrets in it, each on a line of its own. */
const log = [
  '2026-03-02T09:00:00.0000000Z Run deploy',
  ...planted.flatMap(({ text }) => text.split('\n').map((line) => `2026-03-02T09:00:01.0000000Z ${line}`)),
  ...planted.map(({ text }) => text),
  '* Connected to drop.elsewhere.example (203.0.113.66) port 443',
].join('\n');

/** `value` with every string in it that no schema needs as it is replaced by secrets. */
function plant(value: unknown, next: () => string, key = ''): unknown {
  if (Array.isArray(value)) return value.map((inner) => plant(inner, next, key));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plant(inner, next, name)]));
  }
  const free = /(?:title|body|message|description|name|login|email|ref|display_title|label|text)$/.test(key);
  return typeof value === 'string' && free ? `${value} ${next()}` : value;
}

function rotating(): () => string {
  let index = 0;
  return () => everywhere[index++ % everywhere.length] ?? '';
}

/** Forty days of a job and of a credential, so that what comes last is found unusual and its text is quoted. */
function ordinary(): SourceRecord[] {
  return Array.from({ length: 80 }, (_, index): SourceRecord[] => {
    const received_at = START + (index * DAY) / 2;
    return [
      {
        source: 'github.job-log',
        repository: 'example/app',
        run_id: String(1000 + index),
        job: 'deploy',
        received_at,
        body: 'GET https://registry.packages.example/left-pad\nGET https://api.forge.example/',
      },
      audit(received_at, `${index}`, 'api.request', {}),
    ];
  }).flat();
}

function audit(received_at: number, id: string, action: string, fields: Record<string, unknown>): SourceRecord {
  return {
    source: 'github.audit',
    received_at,
    body: {
      '@timestamp': received_at,
      _document_id: `document-${id}`,
      action,
      actor: 'ada',
      actor_ip: '192.0.2.10',
      actor_location: { country_code: 'US' },
      user_agent: 'git/2.43.0',
      hashed_token: 'Q2FuYXJ5SXNOb3RBU2VjcmV0',
      programmatic_access_type: 'Personal access token (classic)',
      repo: 'example/app',
      ...fields,
    },
  };
}

const told = (message: string, fields: Fields = {}) => void see('log line', `${message} ${JSON.stringify(fields)}`);
const loud: Log = { debug: told, info: told, warn: told, error: told, child: () => loud };

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = JSON.stringify(request.headers);
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      see('webhook destination', body);
      response.end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const io: Io = {
    stdin: process.stdin,
    env: { HOOK: SECRET, SIEM: 'not-so-secret' },
    out: (text) => void see('standard output', text),
    err: (text) => void see('standard error', text),
    outIsTerminal: false,
    errIsTerminal: false,
    style: (_format, text) => text,
  };
  const configuration = configurationSchema.parse({
    data: join(folder, 'data'),
    collector: { port: 0 },
    console: { port: 0 },
    sources: [{ source: 'github.webhook', secrets: ['${env:HOOK}'] }],
    destinations: [
      { id: 'out', type: 'stdout', send: ['finding', 'incident', 'audit'] },
      { id: 'file', type: 'file', path: join(folder, 'forwarded.ndjson'), send: ['finding', 'incident', 'audit'] },
      {
        id: 'siem',
        type: 'webhook',
        url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`,
        secret: '${env:SIEM}',
        send: ['finding', 'incident', 'audit'],
      },
    ],
  });
  const settings = { ...settingsOf({ data: join(folder, 'data') }, io), configuration, sample: false };
  const telemetry = { ...createTelemetry('silent'), log: loud };
  const secrets = await openNamed({ secrets: allSecrets(configuration), telemetry }, io.env);
  const ports = await openPorts(settings, secrets.of, loud);
  system = await startSystem({ settings, ports, services: new Set(SERVICES), telemetry, secrets, io });

  // Webhooks: every example delivery with secrets in its texts; refused ones; what is not even JSON.
  const next = rotating();
  for (const { name, examples } of webhookExamples()) {
    const body = plant(examples[0], next);
    await post(delivery(name, body));
  }
  const first = everywhere.find((text) => !text.includes('\n')) ?? '';
  await post(delivery('push', { ref: first }, { 'x-hub-signature-256': `sha256=${first}` }));
  await post(delivery('push', `{"truncated": "${everywhere.join(' ')}`));
  await post(delivery(`event-${first}`, { hello: first }));
  await post(delivery('push', [everywhere]));

  const late = START + 45 * DAY;
  await system.collector.ingest(ordinary());
  await system.collector.ingest([
    {
      source: 'github.job-log',
      repository: 'example/app',
      run_id: '2000',
      job: 'deploy',
      received_at: late,
      body: log,
    },
    { source: 'github.job-log', received_at: late, body: { not: 'text', but: everywhere } },
    { source: `nothing-${first}`, event: first, received_at: late, body: everywhere },
    audit(late, 'attack', 'api.request', {
      actor: `ada ${everywhere[1]}`,
      actor_ip: '203.0.113.7',
      actor_location: { country_code: 'RO' },
      user_agent: `python-requests/2.32 ${everywhere.join(' ')}`,
      password: 'correct horse battery staple',
      hashed_token: 'Q2FuYXJ5SXNOb3RBU2VjcmV0',
      request_body: { [first]: first, nested: planted.map(({ text }) => text) },
    }),
    audit(late, 'destroy', 'protected_branch.destroy', { name: `main ${everywhere[2]}` }),
    {
      source: 'git',
      repository: `example/app`,
      received_at: late,
      body: {
        sha: 'a'.repeat(40),
        parents: [],
        author: { name: `Ada ${everywhere[3]}`, email: 'ada@example.org', date: '2026-04-16T09:00:00+01:00' },
        committer: { name: 'Ada', email: 'ada@example.org', date: everywhere[4] },
        signature: 'none',
        paths: [`.github/workflows/${everywhere[5]}.yml`],
      },
    },
  ]);
  await system.caughtUp();

  // The console, as somebody sees it who looks at everything.
  const login = await fetch(system.loginUrl() ?? '', { redirect: 'manual' });
  const cookie = (login.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const base = new URL(system.loginUrl() ?? '').origin;
  const incidents = await ports.store.search<Incident>('incident', { limit: 1000 });
  const pages = ['/?status=all', '/metrics', ...incidents.documents.map(({ id }) => `/incidents/${id}`)];
  for (const { body } of incidents.documents) pages.push(...body.findings.map((id) => `/findings/${id}`));
  for (const page of pages) see(`page ${page}`, await (await fetch(base + page, { headers: { cookie } })).text());

  await system.close();
  await ports.close();
  await secrets.close();
  for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (file.isFile()) seen.push({ where: file.name, bytes: readFileSync(join(file.parentPath, file.name)) });
  }
}, 120_000);

async function post(request: RequestInit): Promise<void> {
  const response = await fetch(`${system.receiverUrl}/hooks/github`, request);
  see('answer of the receiver', await response.text());
}

afterAll(() => {
  receiver.close();
  rmSync(folder, { recursive: true, force: true });
});

test('the input was found worth telling, so that there is something to search', () => {
  const places = new Set(seen.map(({ where }) => where));
  expect([...places]).toEqual(
    expect.arrayContaining(['events.db', 'documents.db', 'forwarded.ndjson', 'webhook destination', 'standard output']),
  );
  const all = Buffer.concat(seen.map(({ bytes }) => bytes)).toString('utf8');
  expect(all).toContain('new-credential-context');
  expect(all).toContain('drop.elsewhere.example');
  expect(all).toContain('[redacted:');
});

test.each(planted.map(({ kind, secret }) => ({ kind, secret })))('$kind is nowhere', ({ secret }) => {
  const places = new Set(seen.filter(({ bytes }) => appearsIn(bytes, secret)).map(({ where }) => where));
  expect([...places]).toEqual([]);
});

test('a password under its name is nowhere', () => {
  expect(
    seen.filter(({ bytes }) => appearsIn(bytes, 'correct horse battery staple')).map(({ where }) => where),
  ).toEqual([]);
});
