// AWS Secrets Manager as moto plays it, which checks every signature and every right: with a key, and as a pod's role.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Key, type MotoServer, motoMissing, startMoto } from './moto-server.ts';
import { type OpenedSecrets, openReal } from './opened-secrets.ts';

const missing = await motoMissing();
const TOKEN = '${aws:pipewarden/github#token}';

/** As docs/operations.md has it, but for the resource: moto takes each action of this service for one on all. */
const POLICY = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: '*' }],
};
const NOTHING = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:ListBucket', Resource: '*' }] };

describe.skipIf(missing)(`AWS Secrets Manager${missing ? ` (left out: ${missing})` : ''}`, () => {
  let moto: MotoServer;
  let writer: Key;
  let env: Readonly<Record<string, string>> = {};
  let pod: OpenedSecrets;
  let folder = '';
  let stranger: Key;
  let arn = '';
  const opened: OpenedSecrets[] = [];

  beforeAll(async () => {
    moto = await startMoto();
    const all = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'secretsmanager:*', Resource: '*' }] };
    writer = await moto.user('secret-writer', all);
    const reader = await moto.user('secret-reader', POLICY);
    stranger = await moto.user('stranger', NOTHING);
    const role = await moto.role('secret-role', POLICY);
    arn = await moto.secret(writer, 'pipewarden/github', JSON.stringify({ token: 'first' }));
    const place = { AWS_ENDPOINT_URL: moto.url, AWS_REGION: 'us-east-1' };
    folder = await mkdtemp(join(tmpdir(), 'pod-'));
    await writeFile(join(folder, 'token'), 'a token of the pod');
    // Before signatures are checked: moto wants one from everybody then, who exchanges a token too.
    pod = await open([TOKEN], { ...place, AWS_ROLE_ARN: role, AWS_WEB_IDENTITY_TOKEN_FILE: join(folder, 'token') });
    await moto.check();
    env = {
      ...place,
      AWS_ACCESS_KEY_ID: reader.accessKey,
      AWS_SECRET_ACCESS_KEY: reader.secretKey,
    };
  });
  afterAll(async () => {
    for (const each of opened) await each.close();
    await moto?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function open(
    references: readonly string[],
    more: Readonly<Record<string, string>> = {},
  ): Promise<OpenedSecrets> {
    const secrets = await openReal(references, { ...env, ...more });
    opened.push(secrets);
    return secrets;
  }

  test('gives a field, the whole, and the new version of what was rotated', async () => {
    const whole = `\${aws:${arn}}`;
    const secrets = await open([TOKEN, whole]);
    expect([secrets.of(TOKEN), secrets.of(whole)]).toEqual(['first', '{"token":"first"}']);
    await moto.secret(writer, 'pipewarden/github', JSON.stringify({ token: 'second' }));
    await secrets.renewLater();
    expect(secrets.known(TOKEN)).toEqual(['second', 'first']);
  });

  test('refuses a wrong signature, an unknown key, and whom no policy lets in', async () => {
    await expect(open([TOKEN], { AWS_SECRET_ACCESS_KEY: writer.secretKey })).rejects.toThrow(/403: .*Signature/);
    await expect(open([TOKEN], { AWS_ACCESS_KEY_ID: 'unknown' })).rejects.toThrow(
      /401: .*(Unrecognized|InvalidClient)/,
    );
    const other = { AWS_ACCESS_KEY_ID: stranger.accessKey, AWS_SECRET_ACCESS_KEY: stranger.secretKey };
    await expect(open([TOKEN], other)).rejects.toThrow(/403: AccessDenied/);
    await expect(open(['${aws:pipewarden/nothing}'])).rejects.toThrow(/there is no secret or path/);
  });

  test('is asked as the role that a pod’s token stands for', async () => {
    expect(pod.of(TOKEN)).toBe('first');
    await pod.renewLater();
    expect(pod.of(TOKEN)).toBe('second');
  });
});
