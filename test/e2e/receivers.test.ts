// A company of many systems: each delivers in its own way to one Pipewarden.
import { createHmac } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SECRET } from '../collector/deliveries.ts';
import { createMachine, type Running } from '../helpers/command.ts';
import { makeSecret } from '../helpers/secrets.ts';

const machine = createMachine();
const config = machine.path('pipewarden.yaml');
const FEEDS = ['gitlab.webhook', 'circleci.webhook', 'jenkins.event', 'falco'];
let running: Running;
let console: string;
const addresses = new Map<string, string>();

beforeAll(async () => {
  const sources = FEEDS.map((source) => `  - { source: ${source}, secrets: ['\${env:SECRET}'] }`).join('\n');
  const ports = 'log: { level: warn }\nconsole: { port: 0 }\ncollector: { port: 0 }';
  await writeFile(config, `data: ${machine.path('data')}\n${ports}\nsources:\n${sources}\n`);
  running = machine.start(['start', '--config', config], { env: { SECRET } });
  [, console = ''] = await running.says(/Console +(http:\/\/[^/]+)/);
  for (const feed of FEEDS) {
    const [, address = ''] = await running.says(new RegExp(`Receives +${feed.replace('.', '\\.')} at (\\S+)`));
    addresses.set(feed, address);
  }
});
afterAll(() => machine.remove());

async function post(feed: string, body: object, headers: (text: string) => Readonly<Record<string, string>>) {
  const text = JSON.stringify(body);
  const all = { 'content-type': 'application/json', ...headers(text) };
  return await fetch(addresses.get(feed) ?? '', { method: 'POST', headers: all, body: text });
}

const project = { id: 7, path_with_namespace: 'acme/shop', default_branch: 'main' };
const gitlabPush = {
  object_kind: 'push',
  event_name: 'push',
  ref: 'refs/heads/main',
  before: '1'.repeat(40),
  after: '2'.repeat(40),
  user_username: 'mara',
  project,
  project_id: 7,
  commits: [],
};
const circleciJob = {
  type: 'job-completed',
  id: '3888f21b-eaa7-38e3-8f3d-75a63bba8895',
  happened_at: new Date().toISOString(),
  job: { id: 'j', name: 'build', status: 'success', number: 1 },
  workflow: { id: 'w', name: 'main' },
  pipeline: { id: 'p', number: 1 },
};
const jenkinsBuild = { name: 'shop', url: 'job/shop/', build: { number: 3, phase: 'COMPLETED', status: 'SUCCESS' } };
const falcoAlert = {
  time: new Date().toISOString(),
  rule: 'Terminal shell in container',
  priority: 'Notice',
  output: 'a shell',
  output_fields: { 'proc.cmdline': 'sh -i' },
};

test('every system is heard, by its own proof and its own event', async () => {
  const basic = `Basic ${Buffer.from(`ci:${SECRET}`).toString('base64')}`;
  const hmac = (text: string) => `v1=${createHmac('sha256', SECRET).update(text).digest('hex')}`;
  const answers = [
    await post('gitlab.webhook', gitlabPush, () => ({ 'x-gitlab-event': 'Push Hook', 'x-gitlab-token': SECRET })),
    await post('circleci.webhook', circleciJob, (text) => ({
      'circleci-event-type': 'job-completed',
      'circleci-signature': hmac(text),
    })),
    await post('jenkins.event', jenkinsBuild, () => ({ authorization: basic })),
    await post('falco', falcoAlert, () => ({ authorization: `Bearer ${SECRET}` })),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const metrics = await (await fetch(`${console}/metrics`)).text();
  for (const feed of FEEDS) expect(metrics).toContain(`pipewarden_records_received_total{source="${feed}"} 1`);
});

test('the tap shows what comes, redacted, while it comes', async () => {
  const secret = makeSecret('github-personal-token', 7);
  const tap = machine.start(['tap', '--config', config, '--source', 'falco', '--limit', '1', '--json']);
  // It shows what comes from its start on, so it gets more than one chance.
  for (let round = 0; round < 50 && tap.out() === ''; round++) {
    const alert = {
      ...falcoAlert,
      output: `round ${round} ${secret}`,
      output_fields: { 'proc.cmdline': `curl -H ${secret}` },
    };
    await post('falco', alert, () => ({ authorization: `Bearer ${SECRET}` }));
    await setTimeout(200);
  }
  const { code, out } = await tap.ended;
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    source: 'falco',
    process: { command_line: expect.stringContaining('[redacted:') },
  });
  expect(out).not.toContain(secret);
});

test('with another’s proof none is', async () => {
  const wrong = await post('gitlab.webhook', gitlabPush, () => ({
    'x-gitlab-event': 'Push Hook',
    'x-gitlab-token': 'no',
  }));
  expect(wrong.status).toBe(401);
  expect((await post('falco', falcoAlert, () => ({}))).status).toBe(401);
  expect((await running.stop()).code).toBe(0);
});
