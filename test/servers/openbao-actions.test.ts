// A real OpenBao, acted on by what its own audit device tells: a pipeline signs in, asks for accounts at a real database, and
// is stopped; the responder signs in as an AppRole with the permissions that the actions name, and no more.
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { activitiesOf } from '../../services/collector/host/activities.ts';
import { redact } from '../../services/collector/host/redact.ts';
import { vaultAudit } from '../../services/collector/sources/vault/audit.ts';
import type { Target } from '../../services/core/action.ts';
import type { EntityType } from '../../services/core/entity.ts';
import { targetsOf, unitedTargets } from '../../services/core/targets-of.ts';
import { createRedactor } from '../../services/redactor/engine.ts';
import { vault } from '../../services/responder/systems/vault.ts';
import { connectTools } from '../helpers/connect-tools.ts';
import { acting, codeOf } from '../playbooks/actions/acting.ts';
import { statuses } from '../responder/support.ts';
import { type ActingOn, actingOn } from './acting-on.ts';
import { type OpenBao, openbaoMissing, startOpenBao } from './openbao-server.ts';
import { HOST, type RedisServer, redisMissing, startRedis } from './redis-server.ts';

const missing = (await openbaoMissing()) ?? redisMissing();
const redactor = createRedactor({ key: new Uint8Array(32) });

/** What the actions name as their permissions. */
const POLICY = `
path "auth/token/lookup-accessor" { capabilities = ["update"] }
path "auth/token/revoke-accessor" { capabilities = ["update"] }
path "auth/token/accessors/" { capabilities = ["list", "sudo"] }
path "sys/audit" { capabilities = ["read", "sudo"] }
path "sys/audit-hash/+" { capabilities = ["update"] }
path "identity/entity/id/+" { capabilities = ["read", "update"] }
path "auth/+/role/+" { capabilities = ["read", "delete", "create", "update"] }
path "sys/leases/lookup/database/creds/app" { capabilities = ["list", "sudo"] }
path "sys/leases/revoke-prefix/database/creds/app" { capabilities = ["update", "sudo"] }
path "database/static-roles/web" { capabilities = ["read"] }
path "database/rotate-role/web" { capabilities = ["update"] }
`;
/** Of the pipeline. */
const DEPLOY = 'path "database/+/+" { capabilities = ["read"] }';

describe.skipIf(missing)(`OpenBao, acted on${missing ? ` (left out: ${missing})` : ''}`, () => {
  let bao: OpenBao;
  let redis: RedisServer;
  let admin: Redis;
  let responder: ActingOn;
  let api: ReturnType<typeof vault.connect>;
  let key: KeyObject;
  let roleId: string;
  let secretId: string;

  const connect = (settings: object, secret = secretId) =>
    vault.connect(vault.settings.parse({ url: bao.url, ...settings }), connectTools(secret));

  beforeAll(async () => {
    bao = await startOpenBao();
    setDefaultCACertificates([...getCACertificates(), await readFile(bao.ca, 'utf8')]);
    redis = await startRedis();
    admin = new Redis({ host: HOST, port: redis.port });
    await admin.call('ACL', 'SETUSER', 'keeper', 'on', '>of-the-keeper', '~*', '+@all');
    await admin.call('ACL', 'SETUSER', 'web', 'on', '>old', '~*', '+@read');

    await bao.call('POST', 'sys/mounts/database', { type: 'database' });
    const keeper = { username: 'keeper', password: 'of-the-keeper', host: HOST, port: redis.port };
    await bao.call('POST', 'database/config/redis', {
      plugin_name: 'valkey-database-plugin',
      allowed_roles: '*',
      ...keeper,
    });
    await bao.call('POST', 'database/roles/app', { db_name: 'redis', creation_statements: '["+@read"]' });
    const web = { db_name: 'redis', username: 'web', rotation_period: '24h' };
    await bao.call('POST', 'database/static-roles/web', web);

    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    key = pair.privateKey;
    await bao.call('PUT', 'sys/policies/acl/deploy', { policy: DEPLOY });
    await bao.call('POST', 'sys/auth/jwt', { type: 'jwt' });
    const pem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    await bao.call('POST', 'auth/jwt/config', { jwt_validation_pubkeys: [pem] });
    const bound = { bound_audiences: ['bao'], bound_claims: { repository: 'acme/shop' }, user_claim: 'sub' };
    await bao.call('POST', 'auth/jwt/role/deploy', { role_type: 'jwt', ...bound, token_policies: ['deploy'] });

    await bao.call('PUT', 'sys/policies/acl/containment', { policy: POLICY });
    await bao.call('POST', 'sys/auth/approle', { type: 'approle' });
    await bao.call('POST', 'auth/approle/role/pipewarden', { token_policies: ['containment'] });
    roleId = await dataOf('GET', 'auth/approle/role/pipewarden/role-id', 'role_id');
    secretId = await dataOf('POST', 'auth/approle/role/pipewarden/secret-id', 'secret_id');
    api = connect({ approle: { role_id: roleId, secret_id: '${env:SECRET_ID}' } });
    responder = await actingOn('vault', api);
  });
  afterAll(async () => {
    await responder?.close();
    admin?.disconnect();
    await redis?.stop();
    await bao?.stop();
  });

  async function dataOf(method: string, path: string, name: string): Promise<string> {
    const { data } = await bao.call(method, path, method === 'POST' ? {} : undefined);
    return String(Object(data)[name]);
  }

  /** A pipeline of that branch signs in; gives its token. */
  async function signIn(branch: string): Promise<string> {
    const claims = {
      sub: `repo:acme/shop:ref:refs/heads/${branch}`,
      aud: 'bao',
      iat: 1e9,
      exp: 4e9,
      repository: 'acme/shop',
    };
    const head = [{ alg: 'RS256', typ: 'JWT' }, claims].map((part) =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    );
    const signature = sign('sha256', Buffer.from(head.join('.')), key).toString('base64url');
    const { auth } = await bao.call('POST', 'auth/jwt/login', { role: 'deploy', jwt: [...head, signature].join('.') });
    return String(Object(auth).client_token);
  }

  /** Status, and the data of the answer. */
  async function as(token: string, path: string): Promise<readonly [number, Record<string, string>]> {
    const answer = await fetch(`${bao.url}/v1/${path}`, { headers: { 'x-vault-token': token } });
    const body: unknown = await answer.json();
    return [answer.status, Object(body).data ?? {}];
  }

  /** Of what the audit device has written since. */
  async function told(since: number, type: EntityType): Promise<Target> {
    const activities = (await bao.audited()).slice(since).flatMap((line) => {
      const record = { source: 'vault.audit', received_at: Date.now(), body: JSON.parse(line) };
      return activitiesOf(redact(record, vaultAudit, redactor), vaultAudit).activities;
    });
    const [target] = unitedTargets(activities.flatMap(targetsOf), 50).filter(
      (one) => one.type === type && one.repository === 'acme/shop',
    );
    if (!target) throw new Error(`no ${type} is told of`);
    return target;
  }

  const now = async () => (await bao.audited()).length;

  test('a token is revoked by what the audit device makes of its accessor', async () => {
    const since = await now();
    const token = await signIn('main');
    const other = await signIn('other');
    const target = await told(since, 'credential');
    expect(target.id).toMatch(/^hmac-sha256:/);
    const run = await responder.run([['vault.revoke-accessor', target]]);
    expect(statuses(run)).toEqual(['vault.revoke-accessor verified']);
    expect(run.steps[0]?.plan?.blast_radius).toContain(
      'It signed in at auth/jwt/login; its policies: default, deploy.',
    );
    const found = [(await as(token, 'auth/token/lookup-self'))[0], (await as(other, 'auth/token/lookup-self'))[0]];
    // Which of the two was told first is not said; it is one.
    expect(found.sort()).toEqual([200, 403]);
    expect((await acting('vault.revoke-accessor', api).plan(target)).already_done).toBe('No token has that accessor.');
    const sent = run.steps[0]?.plan;
    expect(sent && (await acting('vault.revoke-accessor', api).send(sent))).toEqual([200]);
  });

  test('a token is revoked by its accessor as it is', async () => {
    const { auth } = await bao.call('POST', 'auth/token/create', { policies: ['default'] });
    const { accessor, client_token }: Record<string, string> = Object(auth);
    const target: Target = { type: 'credential', id: accessor ?? '', system: 'vault', credential_type: 'service' };
    const run = await responder.run([['vault.revoke-accessor', target]]);
    expect(statuses(run)).toEqual(['vault.revoke-accessor verified']);
    expect((await as(client_token ?? '', 'auth/token/lookup-self'))[0]).toBe(403);
  });

  test('an entity is disabled and enabled: its token is refused, and good again', async () => {
    const since = await now();
    const token = await signIn('main');
    const target = await told(since, 'actor');
    const run = await responder.run([['vault.disable-entity', target]]);
    expect(statuses(run)).toEqual(['vault.disable-entity verified']);
    expect(run.steps[0]?.plan?.blast_radius).toContain('It signs in at auth/jwt/.');
    expect((await as(token, 'auth/token/lookup-self'))[0]).toBe(403);
    await expect(signIn('main')).rejects.toThrow('permission denied');
    expect(statuses(await responder.undo(run))).toEqual(['vault.disable-entity undone']);
    expect((await as(token, 'auth/token/lookup-self'))[0]).toBe(200);
  });

  test('a role is deleted, and made again as it was', async () => {
    const since = await now();
    await signIn('main');
    const target = await told(since, 'actor');
    expect(target.role).toBe('auth/jwt/role/deploy');
    const before = await bao.call('GET', 'auth/jwt/role/deploy');
    const run = await responder.run([['vault.disable-role', target]]);
    expect(statuses(run)).toEqual(['vault.disable-role verified']);
    await expect(signIn('main')).rejects.toThrow('could not be found');
    expect(statuses(await responder.undo(run))).toEqual(['vault.disable-role undone']);
    expect(filled((await bao.call('GET', 'auth/jwt/role/deploy')).data)).toEqual(filled(before.data));
    await signIn('main');
  });

  test('a role of Kubernetes is made again too; one of AppRole is left alone', async () => {
    await bao.call('POST', 'sys/auth/kubernetes', { type: 'kubernetes' });
    const bound = { bound_service_account_names: 'ci', bound_service_account_namespaces: 'runners', audience: 'bao' };
    await bao.call('POST', 'auth/kubernetes/role/ci', { ...bound, token_ttl: '10m', token_policies: ['deploy'] });
    const before = (await bao.call('GET', 'auth/kubernetes/role/ci')).data;
    const target: Target = { type: 'actor', id: 'vault:ci', system: 'vault', role: 'auth/kubernetes/role/ci' };
    const run = await responder.run([['vault.disable-role', target]]);
    await expect(bao.call('GET', 'auth/kubernetes/role/ci')).rejects.toThrow('404');
    expect(statuses(await responder.undo(run))).toEqual(['vault.disable-role undone']);
    expect(filled((await bao.call('GET', 'auth/kubernetes/role/ci')).data)).toEqual(filled(before));
    const approle = acting('vault.disable-role', api).plan({ ...target, role: 'auth/approle/role/pipewarden' });
    expect(await codeOf(approle)).toBe('TARGET_INVALID give-up');
  });

  test('all that a role gave on lease is revoked, at the database too', async () => {
    const since = await now();
    const token = await signIn('main');
    const [, { username = '', password = '' }] = await as(token, 'database/creds/app');
    await as(token, 'database/creds/app');
    expect(await canEnter(username, password)).toBe(true);
    const target = await told(since, 'credential');
    expect(target.granted).toBe('database/creds/app');
    const run = await responder.run([['vault.revoke-leases', target]]);
    expect(statuses(run)).toEqual(['vault.revoke-leases verified']);
    expect(run.steps[0]?.plan?.blast_radius).toContain('Leases at this moment: 2.');
    expect(await canEnter(username, password)).toBe(false);
    expect((await acting('vault.revoke-leases', api).plan(target)).requests).toEqual([]);
  });

  test('the password of a static role is rotated', async () => {
    const since = await now();
    const token = await signIn('main');
    const [, { password = '' }] = await as(token, 'database/static-creds/web');
    expect(await canEnter('web', password)).toBe(true);
    const target = await told(since, 'credential');
    expect(target.granted).toBe('database/static-creds/web');
    const run = await responder.run([['vault.rotate-role', target]]);
    expect(statuses(run)).toEqual(['vault.rotate-role verified']);
    expect(await canEnter('web', password)).toBe(false);
    const [, renewed] = await as(token, 'database/static-creds/web');
    expect(await canEnter('web', renewed.password ?? '')).toBe(true);
  });

  test('what is in a namespace is found there', async () => {
    await bao.call('POST', 'sys/namespaces/platform', {});
    const create = () => bao.call('POST', 'auth/token/create', { policies: ['default'] }, 'platform');
    const { accessor = '', client_token = '' }: Record<string, string> = Object((await create()).auth);
    const root = connect({ token: '${env:ROOT}' }, await rootToken());
    const common = { type: 'credential', system: 'vault', organization: 'platform' } as const;
    const { data } = await bao.call('POST', 'sys/audit-hash/to-file', { input: accessor });
    const plain = await acting('vault.revoke-accessor', root).plan({ ...common, id: accessor });
    const hashed = acting('vault.revoke-accessor', root);
    // It acted in one below its own.
    await bao.call('POST', 'sys/namespaces/ci', {}, 'platform');
    const plan = await hashed.plan({ ...common, organization: 'platform/ci', id: String(Object(data).hash) });
    expect(plan.requests).toEqual(plain.requests);
    expect(await hashed.send(plan)).toEqual([204]);
    expect(await hashed.holds({ ...common, id: accessor })).toBe(true);
    expect((await as(client_token, 'platform/auth/token/lookup-self'))[0]).toBe(403);
  });

  test('a session that was ended is begun again, and a wrong secret id is said', async () => {
    const target: Target = { type: 'actor', id: 'vault:ci', system: 'vault', role: 'auth/kubernetes/role/ci' };
    const ours = connect({ approle: { role_id: roleId, secret_id: '${env:SECRET_ID}' } });
    await acting('vault.disable-role', ours).plan(target);
    await bao.call('PUT', 'sys/leases/revoke-prefix/auth/approle/login');
    expect((await acting('vault.disable-role', ours).plan(target)).requests).toHaveLength(1);
    const stranger = connect({ approle: { role_id: roleId, secret_id: '${env:SECRET_ID}' } }, 'wrong');
    expect(await codeOf(acting('vault.disable-role', stranger).plan(target))).toBe('API_UNEXPECTED operator');
    const nobody = connect({ token: '${env:TOKEN}' }, 'wrong');
    expect(await codeOf(acting('vault.disable-role', nobody).plan(target))).toBe('API_REFUSED operator');
  });

  async function rootToken(): Promise<string> {
    const { auth } = await bao.call('POST', 'auth/token/create', { policies: ['root'] });
    return String(Object(auth).client_token);
  }

  async function canEnter(username: string, password: string): Promise<boolean> {
    const client = new Redis({
      host: HOST,
      port: redis.port,
      username,
      password,
      lazyConnect: true,
      enableReadyCheck: false,
      retryStrategy: null,
    });
    client.on('error', () => {});
    return await client
      .connect()
      .then(() => true)
      .catch(() => false)
      .finally(() => client.disconnect());
  }
});

/** As `vault.disable-role` compares: the server writes nothing as null or as an empty list. */
function filled(role: unknown): object {
  const isEmpty = (value: unknown) => value === null || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(Object(role)).filter(([, value]) => !isEmpty(value)));
}
