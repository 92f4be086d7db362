// Secrets of a real OpenBao: both versions of its engine, as an AppRole with no more than the policy of docs/operations.md, over
// TLS; tokens that end; and a credential that is rotated while a system is read with it.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../services/core/time.ts';
import { type RecordingApi, startRecordingApi } from '../collector/systems/recording-api.ts';
import { createMachine, type Machine } from '../helpers/command.ts';
import { type OpenBao, openbaoMissing, startOpenBao } from './openbao-server.ts';
import { type OpenedSecrets, openReal } from './opened-secrets.ts';

const missing = await openbaoMissing();
const PASSWORD = '${vault:secret/ci/buildbot#password}';
const OLD = '${vault:team/kv/old#password}';

/** As docs/operations.md has it, and the same for the older engine. */
const POLICY = `
path "secret/data/ci/*" { capabilities = ["read"] }
path "team/kv/*" { capabilities = ["read"] }
`;

describe.skipIf(missing)(`OpenBao${missing ? ` (left out: ${missing})` : ''}`, () => {
  let bao: OpenBao;
  let env: Readonly<Record<string, string>> = {};
  const opened: OpenedSecrets[] = [];

  beforeAll(async () => {
    bao = await startOpenBao();
    await bao.call('POST', 'sys/mounts/team/kv', { type: 'kv', options: { version: '1' } });
    await bao.call('PUT', 'sys/policies/acl/pipewarden', { policy: POLICY });
    await bao.call('POST', 'sys/auth/approle', { type: 'approle' });
    await role('pipewarden', {});
  });
  afterAll(async () => await bao?.stop());
  beforeEach(async () => {
    for (const each of opened.splice(0)) await each.close();
    await put('first');
    await bao.call('POST', 'team/kv/old', { password: 'of version one' });
    env = await credentials('pipewarden');
  });

  const put = (password: string) => bao.call('POST', 'secret/data/ci/buildbot', { data: { password } });

  async function role(name: string, terms: object): Promise<void> {
    await bao.call('POST', `auth/approle/role/${name}`, { token_policies: ['pipewarden'], ...terms });
  }

  async function credentials(name: string): Promise<Readonly<Record<string, string>>> {
    const found = [
      await bao.call('GET', `auth/approle/role/${name}/role-id`),
      await bao.call('POST', `auth/approle/role/${name}/secret-id`, {}),
    ].map(({ data }): Record<string, string> => Object(data));
    const [{ role_id = '' } = {}, { secret_id = '' } = {}] = found;
    return { VAULT_ADDR: bao.url, VAULT_CACERT: bao.ca, VAULT_ROLE_ID: role_id, VAULT_SECRET_ID: secret_id };
  }

  async function open(references: readonly string[], more: object = {}): Promise<OpenedSecrets> {
    const secrets = await openReal(references, { ...env, ...more });
    opened.push(secrets);
    return secrets;
  }

  test('gives what both versions of the engine hold', async () => {
    const secrets = await open([PASSWORD, OLD, '${vault:secret/ci/buildbot}']);
    expect([secrets.of(PASSWORD), secrets.of(OLD)]).toEqual(['first', 'of version one']);
    expect(secrets.of('${vault:secret/ci/buildbot}')).toBe('{"password":"first"}');
  });

  test('is not left with less than TLS, and says what it refuses', async () => {
    const refusal = (references: readonly string[], more: object = {}) =>
      open(references, more).then(
        () => 'it opened',
        (error: Error) => error.message,
      );
    expect(await refusal([PASSWORD], { VAULT_CACERT: '' })).toMatch(/self.signed certificate|unable to verify/);
    expect(await refusal(['${vault:secret/others#password}'])).toMatch(/answered 403/);
    expect(await refusal(['${vault:secret/ci/nothing#password}'])).toMatch(/there is no secret or path/);
    expect(await refusal([PASSWORD], { VAULT_SECRET_ID: 'wrong' })).toMatch(/auth\/approle\/login .* 400/);
    expect(await refusal(['${vault:cubbyhole/own#password}'])).toMatch(/cubbyhole\/ is no KV secrets engine|403/);
    await bao.call('DELETE', 'secret/data/ci/buildbot');
    expect(await refusal([PASSWORD])).toMatch(/there is no secret or path \/v1\/secret\/data\/ci\/buildbot/);
  });

  test('is asked by the service account of a pod', async () => {
    const claims = { namespace: 'ci', serviceaccount: { name: 'pipewarden', uid: 'its-uid' } };
    const jwt = [
      { alg: 'RS256', typ: 'JWT' },
      { iss: 'cluster', iat: 1e9, nbf: 1e9, exp: 4e9, 'kubernetes.io': claims },
    ]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .concat(Buffer.from('signed by nobody').toString('base64url'))
      .join('.');
    // What the API server of Kubernetes says of such a token.
    const cluster = await startRecordingApi(({ body }) => {
      const { token } = JSON.parse(body.toString()).spec;
      const user = { username: 'system:serviceaccount:ci:pipewarden', uid: 'its-uid', groups: [] };
      return {
        status: 201,
        body: { status: token === jwt ? { authenticated: true, user } : { authenticated: false } },
      };
    });
    try {
      await bao.call('POST', 'sys/auth/kubernetes', { type: 'kubernetes' });
      const authority = { disable_local_ca_jwt: true, kubernetes_ca_cert: await readFile(bao.ca, 'utf8') };
      const reviewer = { token_reviewer_jwt: 'a reviewer', ...authority };
      await bao.call('POST', 'auth/kubernetes/config', { kubernetes_host: cluster.url, ...reviewer });
      const bound = { bound_service_account_names: 'pipewarden', bound_service_account_namespaces: 'ci' };
      await bao.call('POST', 'auth/kubernetes/role/us', { ...bound, token_policies: ['pipewarden'] });
      const folder = await mkdtemp(join(tmpdir(), 'pod-'));
      await writeFile(join(folder, 'token'), jwt);
      const pod = {
        VAULT_ROLE_ID: '',
        VAULT_KUBERNETES_ROLE: 'us',
        VAULT_KUBERNETES_TOKEN_FILE: join(folder, 'token'),
      };
      const secrets = await open([PASSWORD], pod);
      expect(secrets.of(PASSWORD)).toBe('first');
      await writeFile(join(folder, 'token'), `${jwt}x`);
      await expect(open([PASSWORD], pod)).rejects.toThrow(/auth\/kubernetes\/login answered 403/);
      await rm(folder, { recursive: true });
    } finally {
      await cluster.close();
    }
  });

  test('gives another version when it has one, to a token that was renewed and replaced meanwhile', async () => {
    // Renewed every few seconds, and ended after eight, whatever is done.
    await role('brief', { token_ttl: '4s', token_max_ttl: '8s' });
    env = await credentials('brief');
    const secrets = await open([PASSWORD]);
    await put('second');
    await sleep(10 * SECOND);
    await secrets.renewLater();
    expect(secrets.known(PASSWORD)).toEqual(['second', 'first']);
  });

  test('may be sealed: what is known goes on', async () => {
    const own = await startOpenBao();
    try {
      await own.call('POST', 'secret/data/ci', { data: { password: 'first' } });
      const { auth } = await own.call('POST', 'auth/token/create', { ttl: '1h' });
      const given: Record<string, string> = Object(auth);
      const more = { VAULT_ADDR: own.url, VAULT_CACERT: own.ca, VAULT_TOKEN: given.client_token };
      const secrets = await open(['${vault:secret/ci#password}'], more);
      await own.call('POST', 'sys/seal');
      await secrets.renewLater();
      expect(secrets.of('${vault:secret/ci#password}')).toBe('first');
    } finally {
      await own.stop();
    }
  });

  describe('the command', () => {
    let machine: Machine;
    let buildbot: RecordingApi;
    let valid = 'first';
    const answers: number[] = [];

    beforeAll(async () => {
      machine = createMachine();
      buildbot = await startRecordingApi(({ headers }) => {
        const status = headers.authorization === `Basic ${Buffer.from(`us:${valid}`).toString('base64')}` ? 200 : 401;
        answers.push(status);
        return { status, body: status === 200 ? { builds: [], builders: [], meta: {} } : { message: `not ${valid}` } };
      });
      const system = { type: 'buildbot', url: buildbot.url, user: 'us', password: PASSWORD, read: ['builds'] };
      await writeFile(
        machine.path('pipewarden.yaml'),
        JSON.stringify({ data: machine.path('data'), console: { port: 0 }, systems: [system] }),
      );
    });
    afterAll(async () => {
      await machine?.remove();
      await buildbot?.close();
    });
    const args = (name: string) => [name, '--config', machine.path('pipewarden.yaml')];

    test('takes up what was rotated without being started again, and the doctor says where from', async () => {
      const doctor = await machine.run(args('doctor'), { env });
      expect(doctor.out).toMatch(/✓ buildbot password +is read from Vault or OpenBao/);
      expect(doctor.code).toBe(0);
      const running = machine.start([...args('start'), 'collector'], { env });
      await expect.poll(() => answers.filter((each) => each === 200).length, { timeout: MINUTE }).toBeGreaterThan(1);
      // Both are rotated, as a person does it; the next look is refused, and made again with the new one.
      valid = 'rotated-just-now';
      await put(valid);
      const before = answers.length;
      await expect.poll(() => answers.slice(before), { timeout: 2 * MINUTE, interval: 500 }).toContain(200);
      expect(answers.slice(before).slice(0, 2)).toEqual([401, 200]);
      const { err, out } = await running.stop();
      expect(err).toContain('a secret has changed');
      expect(err + out).not.toMatch(/rotated-just-now|a feed cannot be read/);
    }, 240_000);

    test('does not start without a secret, and names it', async () => {
      const { code, err } = await machine.run([...args('start'), 'collector'], {
        env: { ...env, VAULT_SECRET_ID: 'wrong' },
      });
      expect([code, err]).toEqual([2, expect.stringContaining(`${PASSWORD} cannot be read from Vault or OpenBao`)]);
      const analyzer = machine.start([...args('start'), 'analyzer'], { env: { ...env, VAULT_SECRET_ID: 'wrong' } });
      await analyzer.says(/Mode/);
      expect((await analyzer.stop()).code).toBe(0);
    });
  });
});
