// The first minutes: a configuration that holds, its secrets kept from others, an app made at GitHub.
import { readFile, stat } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type RecordingApi, startRecordingApi } from '../collector/systems/recording-api.ts';
import { createMachine } from '../helpers/command.ts';
import { makeSecret } from '../helpers/secrets.ts';

const machine = createMachine();
const key = makeSecret('private-key', 1);
let api: RecordingApi;

beforeAll(async () => {
  api = await startRecordingApi(({ method, path }) =>
    method === 'POST' && path === '/app-manifests/the-code/conversions'
      ? {
          status: 201,
          body: { id: 17, pem: key, webhook_secret: 'from-github', html_url: 'https://github.example/apps/pw' },
        }
      : undefined,
  );
});
afterEach(() => {
  api.trouble = () => undefined;
});
afterAll(async () => {
  await machine.remove();
  await api.close();
});

const said = ['--organization', 'acme', '--host', 'ci.example.org'];

test('what it writes is a configuration, and its secret is its owner’s alone', async () => {
  const { code, out } = await machine.run(['init', ...said, '--file', 'one.yaml']);
  expect(code).toBe(0);
  expect(out).toContain('https://ci.example.org/hooks/github');
  const secret = machine.path('pipewarden-secrets', 'github-webhook');
  expect((await stat(secret)).mode & 0o777).toBe(0o600);
  expect(await readFile(secret, 'utf8')).toMatch(/^[0-9a-f]{64}$/);
  expect(out).not.toContain(await readFile(secret, 'utf8'));
  const doctor = await machine.run(['doctor', '--config', 'one.yaml', '--json'], {
    env: { PIPEWARDEN_GITHUB_TOKEN: 'x' },
  });
  const checks: { name: string; ok: boolean }[] = JSON.parse(doctor.out);
  expect(
    checks.filter(({ name }) => name === 'configuration' || name.endsWith('secret') || name.endsWith('token')),
  ).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ name: 'github.webhook secret', ok: true }),
      expect.objectContaining({ name: 'github token', ok: true }),
    ]),
  );
});

test('it never overwrites, and asks nobody who is not there', async () => {
  expect((await machine.run(['init', ...said, '--file', 'one.yaml'])).code).toBe(2);
  // Another configuration has a secret of its own.
  expect((await machine.run(['init', ...said, '--file', 'other.yaml'])).out).toContain('github-webhook-2');
  const { code, err } = await machine.run(['init', '--file', 'two.yaml']);
  expect([code, err]).toEqual([2, expect.stringContaining('--organization and --host')]);
  expect((await machine.run(['init', '--organization', 'a b', '--file', 'two.yaml'])).code).toBe(2);
});

test('an app is made from a manifest, by whoever agrees at GitHub', async () => {
  const running = machine.start(['init', ...said, '--file', 'three.yaml', '--app', '--api', api.url], {
    cwd: machine.path('home'),
  });
  let address = '';
  while (address === '') {
    await new Promise((resolve) => setTimeout(resolve, 20));
    address = /http:\/\/127\.0\.0\.1:\d+/.exec(running.err())?.[0] ?? '';
  }
  const page = await (await fetch(address)).text();
  const manifest = JSON.parse((/value="([^"]+)"/.exec(page)?.[1] ?? '').replaceAll('&quot;', '"'));
  expect(manifest).toMatchObject({
    hook_attributes: { url: 'https://ci.example.org/hooks/github' },
    redirect_url: `${address}/made`,
    default_permissions: { contents: 'read', statuses: 'read', organization_actions_variables: 'read' },
    default_events: expect.arrayContaining(['push', 'workflow_job', 'status']),
  });
  expect(new Set(Object.values(manifest.default_permissions))).toEqual(new Set(['read']));
  const state = /state=([0-9a-f]+)/.exec(page)?.[1];
  expect((await fetch(`${address}/made?code=the-code&state=wrong`)).status).toBe(400);
  expect((await fetch(`${address}/made?code=the-code&state=${state}`)).status).toBe(200);
  const { code, out } = await running.ended;
  expect([code, out]).toEqual([0, expect.stringContaining('https://github.example/apps/pw/installations/new')]);
  expect(await readFile(machine.path('home', 'pipewarden-secrets', 'github-app-key'), 'utf8')).toBe(key);
  expect(await readFile(machine.path('home', 'three.yaml'), 'utf8')).not.toContain(key.split('\n')[1]);
});
