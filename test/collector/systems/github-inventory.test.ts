// How GitHub is set, looked at: the first look learns, later ones tell what is other than before, each change once.
import { hash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { github } from '../../../services/collector/systems/github/github.ts';
import { makeSecret } from '../../helpers/secrets.ts';
import { type ReadSystem, readSystem, testClock } from './reading.ts';
import { type RecordingApi, startRecordingApi } from './recording-api.ts';

let api: RecordingApi;
let read: ReadSystem;
/** Answers by path, each with an ETag of its content. */
let state: Record<string, unknown>;

beforeEach(async () => {
  state = {
    '/orgs/acme': { two_factor_requirement_enabled: true, default_repository_permission: 'read', public_repos: 7 },
    '/orgs/acme/hooks': [
      { id: 1, active: true, events: ['push'], config: { url: 'https://ci.example.org/x', insecure_ssl: '0' } },
    ],
    '/orgs/acme/repos': [
      { full_name: 'acme/shop', default_branch: 'main' },
      { full_name: 'acme/old', archived: true },
    ],
    '/repos/acme/shop': { private: true, default_branch: 'main', stargazers_count: 1 },
    '/repos/acme/shop/branches/main/protection': {
      enforce_admins: { enabled: true },
      required_pull_request_reviews: { required_approving_review_count: 2 },
    },
    '/repos/acme/shop/actions/variables': { variables: [{ name: 'REGION', value: 'eu' }] },
    '/repos/acme/shop/keys': [],
  };
  api = await startRecordingApi(({ path }) =>
    Object.hasOwn(state, path)
      ? { body: state[path], headers: { etag: `"${hash('sha256', JSON.stringify(state[path]))}"` } }
      : undefined,
  );
  const settings = {
    type: 'github',
    url: api.url,
    token: '${env:TOKEN}',
    organizations: ['acme'],
    read: ['inventory'],
  };
  read = await readSystem({ system: github, settings, clock: testClock(Date.parse('2026-03-02T10:00:00Z')) });
});
afterEach(async () => {
  await read.close();
  await api.close();
});

async function look() {
  await read.poll('inventory acme');
  await read.poll("inventory of acme's repositories");
}
const told = async () => (await read.activities()).map(({ detail }) => detail);

test('what was so at first is nothing new', async () => {
  await look();
  await look();
  expect(await told()).toEqual([]);
  expect(api.lines().some((line) => line.includes('acme/old'))).toBe(false);
});

test('each change is told once, and what changes back is told again', async () => {
  await look();
  state['/repos/acme/shop/branches/main/protection'] = { enforce_admins: { enabled: false } };
  state['/repos/acme/shop/keys'] = [{ id: 5, title: 'build', read_only: false }];
  state['/orgs/acme'] = {
    two_factor_requirement_enabled: false,
    default_repository_permission: 'read',
    public_repos: 8,
  };
  await look();
  await look();
  expect(await told()).toMatchObject([
    { action: 'organization.changed', name: 'organization: two_factor_requirement_enabled', from: 'true', to: 'false' },
    { change: 'removed', what: expect.stringContaining('enforce admins'), target: 'main' },
    { action: 'deploy key.added', name: 'build', write: true },
  ]);
  state['/repos/acme/shop/keys'] = [];
  await look();
  state['/repos/acme/shop/keys'] = [{ id: 5, title: 'build', read_only: false }];
  await look();
  const keys = (await read.activities()).filter(({ kind }) => kind === 'grant');
  expect(keys.map(({ detail }) => 'action' in detail && detail.action)).toEqual([
    'deploy key.added',
    'deploy key.removed',
    'deploy key.added',
  ]);
  expect(new Set(keys.map(({ id }) => id)).size).toBe(3);
});

test('what has not changed is not sent again', async () => {
  await look();
  const before = api.calls.length;
  await look();
  const again = api.calls.slice(before).filter(({ path }) => Object.hasOwn(state, path) && path !== '/orgs/acme/repos');
  expect(again.length).toBeGreaterThan(0);
  expect(again.every(({ headers }) => headers['if-none-match'] !== undefined)).toBe(true);
});

test('what may not be seen for a while is not gone', async () => {
  state['/repos/acme/shop/keys'] = [{ id: 5, title: 'build', read_only: true }];
  await look();
  api.trouble = ({ path }) => (path.endsWith('/keys') ? { status: 403, body: { message: 'no' } } : undefined);
  await look();
  api.trouble = () => undefined;
  await look();
  expect(await told()).toEqual([]);
});

test('a secret in a variable is nowhere, and its change is seen', async () => {
  const [secret, next] = [1, 2].map((seed) => makeSecret('github-personal-token', seed));
  state['/repos/acme/shop/actions/variables'] = { variables: [{ name: 'REGION', value: secret }] };
  await look();
  state['/repos/acme/shop/actions/variables'] = { variables: [{ name: 'REGION', value: next }] };
  await look();
  expect(await told()).toMatchObject([{ name: 'REGION: value' }]);
  expect(JSON.stringify(await read.activities())).not.toContain(secret);
});
