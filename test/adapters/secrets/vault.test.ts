// Secrets of Vault and OpenBao: read, read again, kept while it is away, and our own token kept alive.
import { beforeEach, describe, expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../../services/core/time.ts';
import type { RecordingApi } from '../../collector/systems/recording-api.ts';
import { type Opened, opening, playing, START } from './opening.ts';
import { type VaultState, vaultApi } from './vault-api.ts';

const TOKEN = '${vault:secret/ci/github#token}';
const OLD = '${vault:kv/old#password}';
let state: VaultState;
let api: RecordingApi;
let opened: Opened | undefined;

beforeEach(async () => {
  opened = undefined;
  state = {
    mounts: new Map([
      ['secret/', 2],
      ['kv/', 1],
    ]),
    secrets: new Map([
      ['secret/ci/github', { token: 'first', port: 8443, nested: {} }],
      ['kv/old', { password: 'of version one' }],
    ]),
    tokens: new Map([['given', START + HOUR]]),
    life: HOUR,
    longest: 24 * HOUR,
    renewable: true,
    sealed: false,
    logins: 0,
    now: () => opened?.now() ?? START,
  };
  api = await playing(vaultApi(state));
});

async function open(references: readonly string[], env: object = {}, needed = references): Promise<Opened> {
  const files = { '/sink': 'given', '/secret-id': 'known', '/pod': 'of the pod' };
  opened = await opening({ references, needed, env: { VAULT_ADDR: api.url, VAULT_TOKEN: 'given', ...env }, files });
  return opened;
}

async function pass(milliseconds: number): Promise<void> {
  await opened?.pass(milliseconds);
}

async function refusal(references: readonly string[], env: object = {}): Promise<string> {
  return await open(references, env).then(
    () => 'it opened',
    (error: Error) => error.message,
  );
}

const lines = () => api.lines().map((line) => line.replace('/v1/', ''));

describe('a secret', () => {
  test('is read from both versions of the engine, in parts and as a whole', async () => {
    const whole = '${vault:secret/ci/github}';
    const { secrets } = await open([TOKEN, '${vault:secret/ci/github#port}', OLD, whole]);
    expect(secrets.of(TOKEN)).toBe('first');
    expect(secrets.of('${vault:secret/ci/github#port}')).toBe('8443');
    expect(secrets.of(OLD)).toBe('of version one');
    expect(JSON.parse(secrets.of(whole))).toEqual({ token: 'first', port: 8443, nested: {} });
    // Each once, however many of its fields are wanted.
    expect(lines().filter((line) => line === 'GET secret/data/ci/github')).toHaveLength(1);
    expect(lines()).toContain('GET kv/old');
  });

  test('that has another version is taken up within minutes, and the one before is known', async () => {
    const { secrets, readings } = await open([TOKEN, OLD]);
    let changes = 0;
    secrets.onChange(() => {
      changes += 1;
      expect(secrets.of(TOKEN)).toBe('second');
    });
    await pass(6 * MINUTE);
    expect(changes).toBe(0);
    state.secrets.set('secret/ci/github', { token: 'second' });
    await pass(6 * MINUTE);
    expect([secrets.of(TOKEN), secrets.known(TOKEN), changes]).toEqual(['second', ['second', 'first'], 1]);
    expect(await readings()).toEqual(['vault read: 5', 'vault changed: 1']);
  });

  test('is read at once when somebody was refused with it, and not again and again', async () => {
    const { secrets } = await open([TOKEN]);
    state.secrets.set('secret/ci/github', { token: 'second' });
    await pass(31 * SECOND);
    await Promise.all([secrets.renew(), secrets.renew()]);
    expect(secrets.of(TOKEN)).toBe('second');
    const asked = api.calls.length;
    await secrets.renew();
    expect(api.calls).toHaveLength(asked);
  });

  test.each([
    ['a seal', () => (state.sealed = true), 'answered 503'],
    ['an outage', () => (api.trouble = () => 'cut'), 'got no answer'],
    ['a right that was taken away', () => state.secrets.delete('secret/ci/github'), 'answered 403'],
    ['a deletion', () => state.secrets.set('secret/ci/github', null), 'there is no secret or path'],
    [
      'a field that is gone',
      () => state.secrets.set('secret/ci/github', { other: 'x' }),
      'has no text in a field token',
    ],
  ])('outlives %s, which is told once', async (_what, happens, problem) => {
    const { secrets, said, stale } = await open([TOKEN]);
    happens();
    await pass(20 * MINUTE);
    expect(secrets.of(TOKEN)).toBe('first');
    expect(await stale()).toBe(1);
    expect(said).toEqual([expect.stringContaining('the value known before is used')]);
    expect(said[0]).toContain(problem);
    expect(said[0]).toContain(TOKEN);
    state.sealed = false;
    api.trouble = () => undefined;
    state.secrets.set('secret/ci/github', { token: 'third' });
    await pass(3 * MINUTE);
    expect([secrets.of(TOKEN), await stale()]).toEqual(['third', 0]);
    expect(said.slice(1)).toEqual([`a secret can be read again | ${TOKEN}`, `a secret has changed | ${TOKEN}`]);
  });

  test('that cannot be had keeps a process from starting, and is named', async () => {
    expect(await refusal(['${vault:secret/other#token}', TOKEN])).toMatch(
      /^\$\{vault:secret\/other#token\} cannot be read from Vault or OpenBao: GET \/v1\/secret\/data\/other answered 403/,
    );
    expect(await refusal(['${vault:secret/ci/github#nested}'])).toMatch(/it has no text in a field nested$/);
    expect(await refusal([TOKEN], { VAULT_TOKEN: 'wrong' })).toMatch(/answered 403: it does not say why$/);
    expect(await refusal([TOKEN], { VAULT_ADDR: '' })).toMatch(/set VAULT_ADDR/);
    expect(await refusal([TOKEN], { VAULT_TOKEN: '' })).toMatch(/set VAULT_TOKEN, VAULT_ROLE_ID or/);
    state.sealed = true;
    expect(await refusal([TOKEN])).toMatch(/answered 503$/);
  });

  test('that no service here needs is told, and asked for by nobody', async () => {
    const other = '${vault:secret/other#token}';
    const { secrets, said } = await open([TOKEN, other], {}, [TOKEN]);
    expect(said).toEqual([expect.stringContaining('a secret that nothing here needs cannot be read')]);
    expect(() => secrets.of(other)).toThrow(/answered 403/);
    await pass(20 * MINUTE);
    expect(lines().filter((line) => line.endsWith('secret/data/other'))).toHaveLength(2);
  });
});

describe('who we are', () => {
  test.each([
    ['a token in a file', { VAULT_TOKEN: '', VAULT_TOKEN_FILE: '/sink' }, 'auth/token/lookup-self'],
    ['an AppRole', { VAULT_TOKEN: '', VAULT_ROLE_ID: 'us', VAULT_SECRET_ID_FILE: '/secret-id' }, 'auth/approle/login'],
    [
      'a service account',
      { VAULT_TOKEN: '', VAULT_KUBERNETES_ROLE: 'us', VAULT_KUBERNETES_TOKEN_FILE: '/pod' },
      'auth/kubernetes/login',
    ],
    ['by OpenBao’s names', { BAO_TOKEN: 'given', VAULT_TOKEN: 'wrong' }, 'auth/token/lookup-self'],
  ])('is %s', async (_what, env, path) => {
    const { secrets } = await open([TOKEN, OLD], env);
    expect(secrets.of(TOKEN)).toBe('first');
    // Both are read at once, and one login is enough.
    expect(lines().filter((line) => line.endsWith(path))).toHaveLength(1);
  });

  const approle = { VAULT_TOKEN: '', VAULT_ROLE_ID: 'us', VAULT_SECRET_ID: 'known', VAULT_NAMESPACE: 'team' };

  test('stays so: a token is renewed before it ends, between two readings too', async () => {
    state.life = MINUTE;
    await open([TOKEN], approle);
    await pass(30 * MINUTE);
    expect(state.logins).toBe(1);
    expect(lines().filter((line) => line === 'POST auth/token/renew-self').length).toBeGreaterThan(30);
    expect(new Set(api.calls.map(({ headers }) => headers['x-vault-namespace']))).toEqual(new Set(['team']));
  });

  test('is proved anew when a token cannot be renewed any longer, or not at all', async () => {
    state.life = 10 * MINUTE;
    state.longest = 30 * MINUTE;
    const { said } = await open([TOKEN], approle);
    await pass(2 * HOUR);
    expect(state.logins).toBeGreaterThanOrEqual(4);
    state.renewable = false;
    await pass(2 * HOUR);
    expect(state.logins).toBeGreaterThan(12);
    expect(said).toEqual([]);
  });

  test('is proved anew when a token was revoked', async () => {
    const { secrets, said } = await open([TOKEN], approle);
    state.tokens.clear();
    state.secrets.set('secret/ci/github', { token: 'second' });
    await pass(6 * MINUTE);
    expect([secrets.of(TOKEN), state.logins, said.length]).toEqual(['second', 2, 1]);
  });
});
