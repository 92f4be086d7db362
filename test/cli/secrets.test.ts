// Secrets by reference: how they are written, who needs them, and what becomes of one that changes while a process runs.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Secrets } from '../../services/adapters/secrets/secrets.ts';
import { neededSecrets } from '../../services/cli/configuration/secrets.ts';
import { configurationSchema, loadConfiguration } from '../../services/cli/configuration.ts';
import { secretChecks } from '../../services/cli/doctor/secrets.ts';
import { redactorOf } from '../../services/cli/redaction.ts';
import { allSecrets, openNamed } from '../../services/cli/secrets.ts';
import type { ServiceName } from '../../services/cli/services.ts';
import { createClient } from '../../services/collector/systems/client.ts';
import { systemClock } from '../../services/core/clock.ts';
import { playing } from '../adapters/secrets/opening.ts';

const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
const path = join(folder, 'pipewarden.yaml');
const file = join(folder, 'token');
afterAll(() => rmSync(folder, { recursive: true }));

let open: Secrets | undefined;
afterEach(async () => await open?.close());

/** As no pattern knows it. */
const value = (name: string) => ['a', name, 'value', 'for', 'tests'].join('/');
const gitea = { type: 'gitea', url: 'https://git.example', owners: ['acme'], token: `\${file:${file}}` };

describe('a reference', () => {
  const problemOf = (reference: string) => {
    writeFileSync(path, `redaction:\n  register: ['${reference}']\n`);
    try {
      loadConfiguration(path);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message.replace(path, 'pipewarden.yaml') : '';
    }
  };

  test.each([
    '${env:NAME}',
    '${file:/run/secrets/a#b}',
    '${vault:secret/ci/github#token}',
    '${vault:team/kv/with space}',
    '${aws:pipewarden/github#token}',
    `\${aws:arn:aws:secretsmanager:eu-central-1:${'1'.repeat(12)}:secret:github-AbCdEf}`,
    '${gcp:acme-ci/github#token}',
    '${gcp:acme-ci/github/12}',
    '${azure:acme-ci/github}',
    '${azure:acme-ci.vault.azure.cn/github/0a1b#token}',
  ])('may be %s', (reference) => expect(problemOf(reference)).toBeUndefined());

  test.each([
    ['${vualt:secret/ci}', 'expected a reference: ${env:NAME}, ${file:PATH}, ${vault:MOUNT/PATH#KEY}, ${aws:'],
    ['${vault:secret}', 'expected ${vault:MOUNT/PATH} or ${vault:MOUNT/PATH#KEY}'],
    ['${vault:secret/ci#}', 'expected ${vault:MOUNT/PATH} or'],
    ['${vault:secret/../sys}', 'expected ${vault:MOUNT/PATH} or'],
    ['${aws:a secret}', 'expected ${aws:NAME-OR-ARN} or'],
    ['${gcp:github}', 'expected ${gcp:PROJECT/SECRET/VERSION} or'],
    ['${azure:elsewhere.example/github}', 'expected ${azure:VAULT/SECRET/VERSION} or'],
  ])('is not %s: that is told with its place, and nobody is asked', (reference, problem) => {
    expect(problemOf(reference)).toContain(`pipewarden.yaml:2:14: redaction.register.0: ${problem}`);
  });

  test('has a form that editors know', () => {
    expect(JSON.stringify(z.toJSONSchema(configurationSchema, { io: 'input' }))).toContain('vault:secret/ci#webhook');
  });
});

test('each service needs its own secrets, and those of the servers', () => {
  const configuration = configurationSchema.parse({
    systems: [gitea],
    sources: [{ source: 'github.webhook', secrets: ['${env:HOOK}'] }],
    containment: { github: { token: '${env:GITHUB}' } },
    destinations: [{ id: 'siem', type: 'webhook', url: 'https://siem.example', secret: '${env:SIEM}' }],
    job_queue: { type: 'bullmq', url: '${env:REDIS}' },
  });
  const needs = (service: ServiceName) => neededSecrets(configuration, new Set([service])).map(([name]) => name);
  expect(needs('collector')).toEqual(['redis address', 'github.webhook secret', 'gitea token']);
  expect(needs('responder')).toEqual(['redis address', 'github token']);
  expect(needs('forwarder')).toEqual(['redis address', 'siem secret']);
  expect(needs('analyzer')).toEqual(['redis address']);
});

test('what is needed and missing is told all at once, wherever it should have been', async () => {
  const needed = ['${env:A}', '${env:B}', '${vault:secret/ci#a}'].map((reference) => ['any', reference] as const);
  await expect(openNamed({ secrets: needed, needed }, { A: 'is there' })).rejects.toThrow(
    /^the environment variable B is empty .*\n\$\{vault:secret\/ci#a\} cannot be read from .*: set VAULT_TOKEN/,
  );
});

test('one that changes is taken out of text at once, and the one before it still is', async () => {
  const configuration = configurationSchema.parse({ systems: [gitea] });
  writeFileSync(file, value('first'));
  open = await openNamed({ secrets: allSecrets(configuration) }, {});
  const redactor = redactorOf(configuration, new Uint8Array(32), open);
  const left = () =>
    ['first', 'second'].filter((name) => redactor.text(`x ${value(name)} y`).value.includes(value(name)));
  expect(left()).toEqual(['second']);
  writeFileSync(file, value('second'));
  await expect.poll(() => open?.of(gitea.token), { timeout: 5_000 }).toBe(value('second'));
  expect(left()).toEqual([]);
  // Half-way through being written anew.
  writeFileSync(file, '');
  await systemClock.sleep(1_100);
  expect(open.of(gitea.token)).toBe(value('second'));
});

test('a request that is refused is made again with a secret that changed meanwhile, once', async () => {
  const seen: string[] = [];
  const api = await playing(({ headers }) => {
    seen.push(String(headers.authorization));
    return headers.authorization === 'second' ? { body: { ok: true } } : { status: 401 };
  });
  let secret = 'first';
  let next = 'second';
  const client = createClient(
    { baseUrl: api.url, headers: () => ({ authorization: secret }) },
    {
      clock: systemClock,
      fetch,
      clean: (text) => text,
      userAgent: 'test',
      renew: async () => {
        secret = next;
      },
    },
  );
  const { signal } = new AbortController();
  expect((await client.get('/', signal)).body).toEqual({ ok: true });
  expect(seen.splice(0)).toEqual(['first', 'second']);
  secret = next = 'third';
  await expect(client.get('/', signal)).rejects.toThrow(/answered 401/);
  expect(seen).toEqual(['third']);
});

test('the doctor says where each comes from, or why it does not', () => {
  const configuration = configurationSchema.parse({
    redaction: { register: ['${env:A}', '${vault:secret/ci#a}', '${aws:ci}'] },
  });
  const of = (reference: string) => {
    if (reference.startsWith('${aws')) throw new Error('it is away');
    return 'x';
  };
  expect(secretChecks(configuration, { of })).toEqual([
    { name: 'registered secret', ok: true, note: 'is set' },
    { name: 'registered secret', ok: true, note: 'is read from Vault or OpenBao' },
    { name: 'registered secret', ok: false, note: 'it is away' },
  ]);
});
