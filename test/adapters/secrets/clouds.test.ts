// Secrets of the clouds' managers, with servers of the test that answer as the documentation of each has it: what is asked,
// with which headers, as whom; and what becomes of credentials that end.
import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../../services/core/time.ts';
import type { Call, RecordingApi, Reply } from '../../collector/systems/recording-api.ts';
import { makeSecret } from '../../helpers/secrets.ts';
import { opening, playing, START } from './opening.ts';

const METADATA = '/169.254.169.254';

function bearer({ headers }: Call): string {
  return String(headers.authorization).replace('Bearer ', '');
}

async function refusal(references: readonly string[], api: RecordingApi, env: object = {}): Promise<string> {
  return await opening({ references, api, env: { ...env } }).then(
    () => 'it opened',
    (error: Error) => error.message,
  );
}

describe('Google Cloud', () => {
  const NEWEST = '${gcp:acme-ci/github#token}';
  const PINNED = '${gcp:acme-ci/plain/3}';
  const of = (text: string): Reply => ({ body: { payload: { data: Buffer.from(text).toString('base64') } } });

  async function google() {
    const state = { tokens: 0, life: 3599, valid: '', newest: '{"token":"first"}' };
    const api = await playing((call) => {
      if (call.path === `${METADATA}/computeMetadata/v1/instance/service-accounts/default/token`) {
        if (call.headers['metadata-flavor'] !== 'Google') return { status: 403 };
        state.valid = `token-${++state.tokens}`;
        return { body: { access_token: state.valid, expires_in: state.life, token_type: 'Bearer' } };
      }
      if (bearer(call) !== state.valid) return { status: 401, body: { error: { status: 'UNAUTHENTICATED' } } };
      const [, rest] = call.path.split('/secretmanager.googleapis.com/v1/projects/acme-ci/secrets/');
      if (rest === 'github/versions/latest:access') return of(state.newest);
      if (rest === 'plain/versions/3:access') return of('a plain one\n');
      return { status: 403, body: { error: { status: 'PERMISSION_DENIED', message: 'of somebody' } } };
    });
    return { state, api };
  }

  test('gives the newest version, or the one that is named, as the machine’s service account', async () => {
    const { state, api } = await google();
    const { secrets, pass } = await opening({ references: [NEWEST, PINNED], api });
    expect([secrets.of(NEWEST), secrets.of(PINNED), state.tokens]).toEqual(['first', 'a plain one', 1]);
    state.newest = '{"token":"second"}';
    await pass(6 * MINUTE);
    expect([secrets.of(NEWEST), state.tokens]).toEqual(['second', 1]);
    await pass(HOUR);
    expect(state.tokens).toBe(2);
  });

  test('is asked as whom we are again when a token is refused', async () => {
    const { state, api } = await google();
    const { secrets, pass, said } = await opening({ references: [NEWEST], api });
    state.valid = 'another';
    state.newest = '{"token":"second"}';
    await pass(6 * MINUTE);
    expect([secrets.of(NEWEST), state.tokens, said.length]).toEqual(['second', 2, 1]);
  });

  test('says what is missing by its code, and repeats nothing that it wrote', async () => {
    const { api } = await google();
    expect(await refusal(['${gcp:acme-ci/other}'], api)).toBe(
      '${gcp:acme-ci/other} cannot be read from Google Cloud Secret Manager: GET /v1/projects/acme-ci/secrets/other/versions/latest:access answered 403: PERMISSION_DENIED',
    );
  });
});

describe('Azure', () => {
  const NEWEST = '${azure:acme-ci/github}';
  const files = { '/federated': 'of the pod' };
  const federation = {
    AZURE_FEDERATED_TOKEN_FILE: '/federated',
    AZURE_TENANT_ID: 'acme',
    AZURE_CLIENT_ID: 'us',
    AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.com',
  };

  async function microsoft() {
    const state = { tokens: 0, valid: '', newest: 'first' };
    const token = (): Reply => {
      state.valid = `token-${++state.tokens}`;
      // The metadata service writes the number as text.
      return { body: { access_token: state.valid, expires_in: '86399', token_type: 'Bearer' } };
    };
    const api = await playing((call) => {
      if (call.path === `${METADATA}/metadata/identity/oauth2/token`) {
        const { metadata } = call.headers;
        const resource = call.query.get('resource');
        return metadata === 'true' && resource === 'https://vault.azure.net' ? token() : { status: 400 };
      }
      if (call.path === '/login.microsoftonline.com/acme/oauth2/v2.0/token') {
        const form = new URLSearchParams(call.body.toString());
        const [scope, assertion] = [form.get('scope'), form.get('client_assertion')];
        return scope === 'https://vault.azure.net/.default' &&
          assertion === 'of the pod' &&
          form.get('client_id') === 'us'
          ? token()
          : { status: 400, body: { error: 'invalid_client', error_description: 'of somebody' } };
      }
      if (bearer(call) !== state.valid) return { status: 401, body: { error: { code: 'Unauthorized' } } };
      if (call.query.get('api-version') !== '7.4') return { status: 400 };
      if (call.path === '/acme-ci.vault.azure.net/secrets/github/') return { body: { value: state.newest } };
      if (call.path === '/acme-ci.vault.azure.net/secrets/github/0a1b') return { body: { value: 'an old one' } };
      return { status: 404, body: { error: { code: 'SecretNotFound' } } };
    });
    return { state, api };
  }

  test.each([
    ['the machine’s identity', {}],
    ['the pod’s identity', federation],
  ])('gives the newest version, or the one that is named, to %s', async (_who, env) => {
    const { state, api } = await microsoft();
    const pinned = '${azure:acme-ci.vault.azure.net/github/0a1b}';
    const { secrets, pass } = await opening({ references: [NEWEST, pinned], api, env, files });
    expect([secrets.of(NEWEST), secrets.of(pinned), state.tokens]).toEqual(['first', 'an old one', 1]);
    state.newest = 'second';
    await pass(6 * MINUTE);
    expect(secrets.of(NEWEST)).toBe('second');
  });

  test('says what is missing by its code', async () => {
    const { api } = await microsoft();
    expect(await refusal(['${azure:acme-ci/other}'], api)).toMatch(
      /there is no secret or path \/secrets\/other\/ in acme-ci/,
    );
    const wrong = { ...federation, AZURE_CLIENT_ID: 'others' };
    expect(await refusal([NEWEST], api, wrong)).toMatch(/as its documentation says: 400, invalid_client$/);
  });
});

describe('AWS', () => {
  const SECRET = '${aws:ci/github#token}';
  const given = (name: string, until: number) => ({
    AccessKeyId: `id-${name}`,
    SecretAccessKey: `key-${name}`,
    Token: `session-${name}`,
    Expiration: new Date(until).toISOString(),
  });

  async function amazon() {
    const state = { sessions: 0, value: '{"token":"first"}', stale: false };
    const asked: string[] = [];
    const api = await playing((call) => {
      const { path, headers, method } = call;
      if (path === `${METADATA}/latest/api/token`) {
        return method === 'PUT' && headers['x-aws-ec2-metadata-token-ttl-seconds'] ? { body: 'imds' } : { status: 405 };
      }
      if (path.startsWith(`${METADATA}/latest/meta-data/iam/security-credentials/`)) {
        if (headers['x-aws-ec2-metadata-token'] !== 'imds') return { status: 401 };
        if (path.endsWith('/')) return { body: 'the-role' };
        return { body: given(`machine-${++state.sessions}`, START + 6 * HOUR) };
      }
      if (path === '/169.254.170.2/v2/credentials') return { body: given('task', START + HOUR) };
      if (path === '/169.254.170.23/v1/credentials') {
        return headers.authorization === 'of the pod' ? { body: given('pod', START + HOUR) } : { status: 401 };
      }
      asked.push(`${path} ${headers['x-amz-target']} ${headers['x-amz-security-token']} ${call.body}`);
      if (state.stale) {
        state.stale = false;
        return { status: 400, body: { __type: 'com.amazon.coral.service#ExpiredTokenException' } };
      }
      return { body: { SecretString: state.value, VersionStages: ['AWSCURRENT'] } };
    });
    return { state, api, asked };
  }

  test.each([
    ['an ECS task', { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/v2/credentials' }, 'session-task'],
    [
      'a pod with an identity',
      {
        AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.23/v1/credentials',
        AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: '/token',
      },
      'session-pod',
    ],
    ['a machine', {}, 'session-machine-1'],
  ])('is asked as %s', async (_who, env, session) => {
    const { api, asked } = await amazon();
    const files = { '/token': 'of the pod' };
    const { secrets } = await opening({
      references: [SECRET],
      api,
      env: { AWS_REGION: 'eu-central-1', ...env },
      files,
    });
    expect(secrets.of(SECRET)).toBe('first');
    expect(asked).toEqual([
      `/secretsmanager.eu-central-1.amazonaws.com/ secretsmanager.GetSecretValue ${session} {"SecretId":"ci/github"}`,
    ]);
  });

  test('is asked with a new credential when one has ended, where the ARN says', async () => {
    const { state, api, asked } = await amazon();
    const reference = `\${aws:arn:aws-cn:secretsmanager:cn-north-1:${'1'.repeat(12)}:secret:ci/github-AbCdEf#token}`;
    const { secrets, pass } = await opening({ references: [reference], api });
    state.stale = true;
    state.value = '{"token":"second"}';
    await pass(6 * MINUTE);
    expect([secrets.of(reference), state.sessions]).toEqual(['second', 2]);
    expect(asked.at(-1)).toMatch(/^\/secretsmanager\.cn-north-1\.amazonaws\.com\.cn\/ .* session-machine-2 /);
  });

  test('says by name what is missing', async () => {
    const { api } = await amazon();
    expect(await refusal([SECRET], api)).toMatch(/set AWS_REGION, or name secrets by their ARN$/);
    const off = { AWS_REGION: 'eu-central-1', AWS_EC2_METADATA_DISABLED: 'true' };
    expect(await refusal([SECRET], api, off)).toMatch(/there is no credential for AWS/);
  });
});

describe('what is asked', () => {
  test('goes over TLS, but to this machine and its metadata service', async () => {
    const env = { VAULT_ADDR: 'http://vault.example:8200', VAULT_TOKEN: 'x' };
    await expect(opening({ references: ['${vault:secret/ci}'], env })).rejects.toThrow(
      /http:\/\/vault\.example:8200 is no https:\/\/ address/,
    );
    const container = { AWS_REGION: 'x', AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://10.0.0.1/' };
    await expect(opening({ references: ['${aws:ci}'], env: container })).rejects.toThrow(/is no https:\/\/ address/);
  });

  test('follows no redirect, and takes no answer without an end', async () => {
    const token = makeSecret('github-personal-token', 1);
    const env = (api: RecordingApi) => ({ VAULT_ADDR: api.url, VAULT_TOKEN: token });
    const elsewhere = await playing(() => ({ body: {} }));
    const leading = await playing(() => ({ status: 302, headers: { location: elsewhere.url } }));
    const large = await playing(() => ({ body: Buffer.alloc(3 * 1024 * 1024) }));
    const references = ['${vault:secret/ci}'];
    await expect(opening({ references, env: env(leading) })).rejects.toThrow(/302/);
    expect(elsewhere.calls).toHaveLength(0);
    await expect(opening({ references, env: env(large) })).rejects.toThrow(/more than 2097152 bytes/);
  });

  test('is never quoted', async () => {
    const token = makeSecret('github-personal-token', 2);
    const api = await playing((call) => ({
      status: 400,
      body: { errors: [`no ${call.headers['x-vault-token']}`], error: `no ${call.headers['x-vault-token']}` },
    }));
    const env = { VAULT_ADDR: api.url, VAULT_TOKEN: token };
    const error: Error = await opening({ references: ['${vault:secret/ci}'], env }).catch((reason) => reason);
    expect(error.message).toMatch(/400, it does not say why$/);
    const broken = { VAULT_ADDR: api.url, VAULT_TOKEN: `${token}\n${token}` };
    const other: Error = await opening({ references: ['${vault:secret/ci}'], env: broken }).catch((reason) => reason);
    expect([error.message, error.stack, other.message, other.stack].join()).not.toContain(token);
  });
});
