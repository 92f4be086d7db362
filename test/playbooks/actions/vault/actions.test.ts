// The actions of Vault and OpenBao against a Vault that keeps state: plan, send, verify, undo, and what may go wrong.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Target } from '../../../../services/core/action.ts';
import type { ApiServer } from '../../api-server.ts';
import { hashed, keep, startVault } from '../../vault-server.ts';
import { acting, codeOf } from '../acting.ts';
import { everyAction, refusesEvery, sentOf } from '../every.ts';

const ACCESSOR = '8nKEsdOsdypX4qSqymgieS90';
const OTHER = '4gLUjhN1FO17GvzT97Cxtxy1';
const IN_NAMESPACE = 'aP8t2ztKKVFBJ7sRDp03J6bO.7yEABf';
const ENTITY = '37eac43b-195c-bc82-12b0-b45a6c17824e';
const TOKEN: Target = { type: 'credential', id: ACCESSOR, system: 'vault', credential_type: 'service' };
const HASHED: Target = { ...TOKEN, id: hashed(ACCESSOR) };
const ACTOR: Target = {
  type: 'actor',
  id: 'vault:jwt-repo:acme/shop:ref:refs/heads/main',
  system: 'vault',
  account_id: ENTITY,
  role: 'auth/jwt/role/deploy',
};
const LEASED: Target = { ...TOKEN, granted: 'database/creds/app' };
const STATIC: Target = { ...TOKEN, granted: 'team/database/static-creds/web' };
const ROLE = { role_type: 'jwt', user_claim: 'sub', bound_audiences: ['bao'], token_ttl: 3600, bound_subject: '' };

let vault: ApiServer;

beforeEach(async () => {
  vault = await startVault();
  vault.state.set('accessors', [OTHER, ACCESSOR]);
  keep(vault, '/v1/sys/audit', {
    'raw/': { options: { hmac_accessor: 'false' } },
    'file/': { options: { file_path: '/var/log/audit.log' } },
  });
  keep(vault, `/v1/identity/entity/id/${ENTITY}`, { disabled: false, aliases: [{ mount_path: 'auth/jwt/' }] });
  keep(vault, '/v1/auth/jwt/role/deploy', { ...ROLE, bound_claims: null, oidc_scopes: null });
  vault.state.set('database/creds/app', ['a', 'b']);
  keep(vault, '/v1/team/database/static-roles/web', { username: 'web', last_vault_rotation: '2026-03-01T10:00:00Z' });
});
afterEach(async () => {
  await vault.close();
});

const act = (name: string) => acting(`vault.${name}`, vault.api);

describe('a token', () => {
  const revoked = (accessor: string) => ({
    method: 'POST',
    path: '/v1/auth/token/revoke-accessor',
    body: { accessor },
  });

  test('is revoked by its accessor', async () => {
    const plan = await act('revoke-accessor').plan(TOKEN);
    expect(sentOf(plan)).toEqual([revoked(ACCESSOR)]);
    expect(plan.blast_radius).toContain('It signed in at auth/jwt/login; its policies: default and 1 more.');
    expect(await act('revoke-accessor').send(plan)).toEqual([204]);
    expect(vault.requests).not.toContain('GET /v1/auth/token/accessors?list=true');
    expect((await act('revoke-accessor').plan(TOKEN)).already_done).toBe('No token has that accessor.');
  });

  test('is looked for where the audit device hashes accessors', async () => {
    expect(sentOf(await act('revoke-accessor').plan(HASHED))).toEqual([revoked(ACCESSOR)]);
    expect(vault.requests.filter((line) => line.includes('audit-hash'))).toEqual(
      Array(2).fill('POST /v1/sys/audit-hash/file'),
    );
    expect(sentOf(act('revoke-accessor').blind(HASHED))).toEqual([revoked('{accessor}')]);
  });

  test('in a namespace is asked for there', async () => {
    vault.state.set('accessors', [IN_NAMESPACE]);
    const headers = { 'x-vault-namespace': 'platform/ci' };
    const target = { ...HASHED, id: hashed(IN_NAMESPACE), organization: 'platform/ci' };
    expect(sentOf(await act('revoke-accessor').plan(target))).toEqual([{ ...revoked(IN_NAMESPACE), headers }]);
    const plain = { ...TOKEN, organization: 'platform/ci' };
    expect(sentOf(act('revoke-accessor').blind({ ...plain, id: IN_NAMESPACE }))).toEqual(
      sentOf(await act('revoke-accessor').plan(target)),
    );
    // A token of the root that acted in it.
    expect(sentOf(act('revoke-accessor').blind(plain))).toEqual([revoked(ACCESSOR)]);
    expect(vault.requests.filter((line) => line.includes('?list=true'))).toHaveLength(6);
  });

  test('is not looked for among more than can be compared, nor where nothing is hashed', async () => {
    vault.state.set(
      'accessors',
      Array(2_001)
        .fill(0)
        .map((_, index) => `${ACCESSOR}${index}`),
    );
    expect(await codeOf(act('revoke-accessor').plan(HASHED))).toBe('API_UNEXPECTED operator');
    keep(vault, '/v1/sys/audit', { 'raw/': { options: { hmac_accessor: 'false' } } });
    expect(await codeOf(act('revoke-accessor').plan(HASHED))).toBe('API_UNEXPECTED operator');
    keep(vault, '/v1/sys/audit', { 'a b/': { options: null } });
    expect(await codeOf(act('revoke-accessor').plan(HASHED))).toBe('API_UNEXPECTED operator');
    expect(vault.requests.some((line) => line.includes('audit-hash'))).toBe(false);
  });
});

describe('an account', () => {
  test('has its entity disabled, and enabled', async () => {
    const plan = await act('disable-entity').plan(ACTOR);
    expect(sentOf(plan)).toEqual([
      { method: 'POST', path: `/v1/identity/entity/id/${ENTITY}`, body: { disabled: true } },
    ]);
    expect(plan.blast_radius).toContain('It signs in at auth/jwt/.');
    await act('disable-entity').send(plan);
    expect(await act('disable-entity').undo(ACTOR, plan)).toBe(1);
    expect(vault.effects).toEqual(['disabled', 'enabled']);
  });

  test('that somebody else disabled stays so', async () => {
    keep(vault, `/v1/identity/entity/id/${ENTITY}`, { disabled: true });
    const plan = await act('disable-entity').plan(ACTOR);
    expect(plan.already_done).toBe('The entity is disabled.');
    expect(await act('disable-entity').undo(ACTOR, plan)).toBe(0);
  });

  test('whose entity is gone, or that answers otherwise, is said', async () => {
    keep(vault, `/v1/identity/entity/id/${ENTITY}`, {});
    expect(await codeOf(act('disable-entity').plan(ACTOR))).toBe('API_UNEXPECTED operator');
    vault.state.delete(`/v1/identity/entity/id/${ENTITY}`);
    expect(await codeOf(act('disable-entity').plan(ACTOR))).toBe('API_REFUSED operator');
  });
});

describe('a role', () => {
  test('is deleted, and made again without what was empty', async () => {
    const plan = await act('disable-role').plan(ACTOR);
    expect(sentOf(plan)).toEqual([{ method: 'DELETE', path: '/v1/auth/jwt/role/deploy' }]);
    expect(plan.before).toEqual({ role: ROLE });
    await act('disable-role').send(plan);
    expect(await act('disable-role').undo(ACTOR, plan)).toBe(1);
    expect(await act('disable-role').state(ACTOR)).toEqual(plan.before);
  });

  test('that somebody made anew meanwhile is left alone', async () => {
    const plan = await act('disable-role').plan(ACTOR);
    await act('disable-role').send(plan);
    keep(vault, '/v1/auth/jwt/role/deploy', { ...ROLE, token_ttl: 60 });
    expect(await act('disable-role').undo(ACTOR, plan)).toBe(0);
  });

  test('of a method whose roles cannot be made again is none', async () => {
    keep(vault, '/v1/auth/approle/role/ci', { bind_secret_id: true });
    const plan = act('disable-role').plan({ ...ACTOR, role: 'auth/approle/role/ci' });
    expect(await codeOf(plan)).toBe('TARGET_INVALID give-up');
  });
});

describe('what a credential was given', () => {
  test('is revoked with all that its role gave', async () => {
    const plan = await act('revoke-leases').plan(LEASED);
    expect(sentOf(plan)).toEqual([{ method: 'POST', path: '/v1/sys/leases/revoke-prefix/database/creds/app' }]);
    expect(plan.blast_radius).toContain('Leases at this moment: 2.');
  });

  test('has its password rotated, which cannot be seen', async () => {
    const rotating = act('rotate-role');
    const plan = await rotating.plan(STATIC);
    expect(sentOf(plan)).toEqual([{ method: 'POST', path: '/v1/team/database/rotate-role/web' }]);
    expect(rotating.action.unseen).toBe(true);
    expect(await rotating.send(plan)).toEqual([204]);
    expect(vault.effects).toEqual(['rotated team/database/web']);
    expect(vault.requests.some((line) => line.includes('static-creds'))).toBe(false);
    expect(rotating.blind(STATIC).requests).toEqual(plan.requests);
    vault.before = () => ({ status: 403 });
    expect(await codeOf(rotating.send(plan))).toBe('API_REFUSED operator');
    expect(await codeOf(rotating.plan(STATIC))).toBe('API_REFUSED operator');
    vault.before = () => ({ status: 200, body: { data: {} } });
    expect(await codeOf(rotating.plan(STATIC))).toBe('API_UNEXPECTED operator');
    vault.before = () => ({ status: 404 });
    expect(await codeOf(rotating.plan(STATIC))).toBe('API_REFUSED operator');
  });
});

everyAction(
  [
    { id: 'vault.revoke-accessor', target: TOKEN, done: [400] },
    { id: 'vault.revoke-accessor', target: HASHED, done: [400] },
    { id: 'vault.disable-entity', target: ACTOR },
    { id: 'vault.disable-role', target: ACTOR },
    { id: 'vault.revoke-leases', target: LEASED },
  ],
  () => vault,
);

refusesEvery(
  [
    { id: 'vault.revoke-accessor', target: { ...TOKEN, id: 'root' } },
    { id: 'vault.revoke-accessor', target: { ...TOKEN, id: `${ACCESSOR}/x` } },
    { id: 'vault.revoke-accessor', target: { ...HASHED, credential_type: 'batch' } },
    { id: 'vault.revoke-accessor', target: { ...TOKEN, id: IN_NAMESPACE, organization: '../platform' } },
    { id: 'vault.disable-entity', target: { type: 'actor', id: 'vault:root' } },
    { id: 'vault.disable-entity', target: { ...ACTOR, account_id: `${ENTITY}/../x` } },
    { id: 'vault.disable-entity', target: { ...ACTOR, organization: 'a b' } },
    { id: 'vault.disable-role', target: { type: 'actor', id: 'vault:root' } },
    { id: 'vault.disable-role', target: { ...ACTOR, role: 'auth/jwt/role/../../../sys/mounts' } },
    { id: 'vault.disable-role', target: { ...ACTOR, role: 'auth/../sys/role/x' } },
    { id: 'vault.disable-role', target: { ...ACTOR, role: 'secret/role/deploy' } },
    { id: 'vault.disable-role', target: { ...ACTOR, role: 'auth/jwt/role/a?b' } },
    { id: 'vault.revoke-leases', target: TOKEN },
    { id: 'vault.revoke-leases', target: { ...TOKEN, granted: 'auth/token/create' } },
    { id: 'vault.revoke-leases', target: { ...TOKEN, granted: 'database/creds/' } },
    { id: 'vault.revoke-leases', target: { ...TOKEN, granted: 'database/creds/..' } },
    { id: 'vault.revoke-leases', target: { ...TOKEN, granted: 'auth/x/creds/y' } },
    { id: 'vault.revoke-leases', target: STATIC },
    { id: 'vault.rotate-role', target: LEASED },
    { id: 'vault.rotate-role', target: { ...TOKEN, granted: 'database/../x/static-creds/web' } },
  ],
  () => vault,
);
