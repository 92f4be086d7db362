// A company connects its GitHub organization: signed deliveries come in, the incident goes out to a file and to its own
// receiver, which happens to be busy at first.
import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Incident } from '../../services/core/incident.ts';
import { delivery, SECRET, sign, webhookExamples } from '../collector/deliveries.ts';
import { createMachine, type Running } from '../helpers/command.ts';
import { type HookReceiver, startHookReceiver } from '../helpers/hook-receiver.ts';

const WAIT = { timeout: 60_000, interval: 100 };
const HOOK_SECRET = ['for', 'the', 'receiver'].join('-');

const machine = createMachine();
const env = { GITHUB_WEBHOOK_SECRET: SECRET, HOOK_SECRET };
const config = machine.path('pipewarden.yaml');
const data = machine.path('data');
let receiver: HookReceiver;
let running: Running;
let address: string;
let console: string;

beforeAll(async () => {
  receiver = await startHookReceiver(HOOK_SECRET, 2);
  await writeFile(
    config,
    `data: ${data}
log: { level: warn }
console: { port: 0 }
collector: { port: 0 }
sources:
  - source: github.webhook
    path: /hooks/acme
    secrets: ['\${env:GITHUB_WEBHOOK_SECRET}']
    body_limit: 100000
destinations:
  - { id: archive, type: file, path: ${machine.path('archive.ndjson')}, send: [finding, incident, audit] }
  - { id: own, type: webhook, url: '${receiver.url}', secret: '\${env:HOOK_SECRET}', send: [incident] }
`,
  );
  running = machine.start(['start', '--config', config], { env });
  [, console = ''] = await running.says(/Console +(http:\/\/[^/]+)/);
  [, address = ''] = await running.says(/Receives +github\.webhook at (\S+)/);
});
afterAll(async () => {
  await machine.remove();
  await receiver.close();
});

async function post(event: string, body: unknown, headers: Readonly<Record<string, string | undefined>> = {}) {
  const answer = await fetch(address, delivery(event, body, headers));
  return { status: answer.status, body: (await answer.json()) as unknown };
}

/** The first example of an event that the test accepts. */
function example(event: string, fits: (body: Readonly<Record<string, unknown>>) => boolean) {
  const found = webhookExamples().find(({ name }) => name === event);
  const body = found?.examples.find(fits);
  if (!body) throw new Error(`there is no such example of ${event}`);
  return body;
}

async function metric(line: RegExp): Promise<number> {
  const text = await (await fetch(`${console}/metrics`)).text();
  return Number(line.exec(text)?.[1] ?? 0);
}

async function archived(type: string): Promise<readonly unknown[]> {
  const text = await readFile(machine.path('archive.ndjson'), 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): { readonly type: string; readonly data: unknown } => JSON.parse(line))
    .filter((event) => event.type === type)
    .map((event) => event.data);
}

const push = example('push', ({ ref }) => ref === 'refs/heads/master');
const unprotect = example('branch_protection_rule', ({ action }) => action === 'deleted');

describe('deliveries', () => {
  test('signed ones are taken; a repeated one changes nothing', async () => {
    const id = { 'x-github-delivery': '6f1b7e4c' };
    expect(await post('push', push, id)).toMatchObject({ status: 200, body: { accepted: expect.any(Number) } });
    expect((await post('push', push, id)).status).toBe(200);
    expect(await post('branch_protection_rule', unprotect)).toMatchObject({ status: 200 });
  });

  test('others are refused, each with its reason, and nothing stops', async () => {
    const wrong = { 'x-hub-signature-256': sign('something else') };
    expect(await post('push', push, wrong)).toMatchObject({ status: 401, body: { error: 'SIGNATURE_WRONG' } });
    expect(await post('push', push, { 'x-hub-signature-256': undefined })).toMatchObject({ status: 401 });
    expect(await post('push', '{"ref":')).toMatchObject({ status: 400, body: { error: 'RECORD_INVALID' } });
    expect(await post('push', { ...push, padding: 'x'.repeat(100_000) })).toMatchObject({ status: 413 });
    expect((await fetch(address)).status).toBe(405);
    expect((await fetch(new URL('/elsewhere', address), { method: 'POST' })).status).toBe(404);
  });

  test('one that is signed but no push at all stands on the dead-letter list', async () => {
    expect(await post('push', ['not', 'a', 'push'])).toMatchObject({ status: 400, body: { error: 'RECORD_INVALID' } });
    await vi.waitFor(async () => {
      expect(await metric(/^pipewarden_dead_letters_total\{component="collector"\} (\d+)$/m)).toBe(1);
    }, WAIT);
  });

  test('the counters tell what came and what was refused, without a login', async () => {
    const refused = (reason: string) =>
      metric(
        new RegExp(`^pipewarden_records_refused_total\\{source="github.webhook",reason="${reason}"\\} (\\d+)$`, 'm'),
      );
    expect(await refused('signature_wrong')).toBe(1);
    expect(await refused('signature_missing')).toBe(1);
    expect(await refused('body_too_large')).toBe(1);
    expect(await refused('record_invalid')).toBe(2);
    expect(await refused('repeated')).toBe(1);
    expect(await metric(/^pipewarden_activities_total\{source="github.webhook",kind="protection"\} (\d+)$/m)).toBe(1);
  });
});

describe('the incident', () => {
  test('is in the file, with the finding and the dry containment', async () => {
    await vi.waitFor(async () => {
      expect(await archived('incident.changed')).toMatchObject([{ status: 'open', severity: 'high', revision: 1 }]);
      expect(await archived('finding.raised')).toMatchObject([
        { detector: 'protection-removed', repository: 'octo-org/octo-repo' },
      ]);
      expect(JSON.stringify(await archived('audit.recorded'))).toContain('playbook-run.finished');
    }, WAIT);
  });

  test('reaches the receiver once it has time, signed, once per revision', async () => {
    await vi.waitFor(() => expect(receiver.hooks.some(({ status }) => status === 204)).toBe(true), WAIT);
    expect(receiver.hooks.map(({ status, signed }) => [status, signed])).toEqual([
      [503, true],
      [503, true],
      [204, true],
    ]);
    expect(new Set(receiver.hooks.map(({ id }) => id)).size).toBe(1);
    expect(receiver.hooks.at(-1)?.body).toMatchObject({
      type: 'incident.changed',
      id: receiver.hooks[0]?.id,
      data: { revision: 1, detectors: ['protection-removed'] },
    });
    expect(await metric(/^pipewarden_deliveries_total\{destination="own",outcome="delivered"\} (\d+)$/m)).toBe(1);
  });

  test('closing it sends the next revision, and no other again', async () => {
    const [incident] = (await machine.json(['incidents', '--json', '--data', data])) as [Incident];
    const verdict = ['--verdict', 'expected', '--reason', 'a planned migration', '--data', data];
    expect((await machine.run(['incidents', 'close', incident.id, ...verdict])).code).toBe(0);
    await vi.waitFor(() => expect(receiver.hooks).toHaveLength(4), WAIT);
    expect(receiver.hooks.at(-1)).toMatchObject({ signed: true, body: { data: { revision: 2, status: 'closed' } } });
  });
});

test('SIGTERM ends it with 0, and a later start sends nothing twice', async () => {
  expect(await running.stop()).toMatchObject({ code: 0 });
  const sent = receiver.hooks.length;
  const again = machine.start(['start', '--config', config], { env });
  [, console = ''] = await again.says(/Console +(http:\/\/[^/]+)/);
  [, address = ''] = await again.says(/Receives +github\.webhook at (\S+)/);
  // The same rule, removed once more: what comes out after it would have come before it.
  expect(
    (await post('branch_protection_rule', { ...unprotect, sender: { login: 'mallory', type: 'User' } })).status,
  ).toBe(200);
  await vi.waitFor(() => expect(receiver.hooks.length).toBeGreaterThan(sent), WAIT);
  expect(receiver.hooks.slice(sent)).toMatchObject([{ status: 204, body: { data: { status: 'open', revision: 1 } } }]);
  expect((await again.stop()).code).toBe(0);
  expect((await machine.run(['audit', 'verify', '--data', data])).code).toBe(0);
});

test('without its secret it does not start, and says what is missing', async () => {
  const refused = await machine.run(['start', '--config', config], { env: { HOOK_SECRET } });
  expect(refused).toMatchObject({ code: 2, out: '' });
  expect(refused.err).toContain('GITHUB_WEBHOOK_SECRET');
  const doctor = await machine.run(['doctor', '--config', config], { env: { HOOK_SECRET } });
  expect(doctor.code).toBe(1);
  expect(doctor.out).toMatch(/✗ github\.webhook secret .*GITHUB_WEBHOOK_SECRET/);
});
