// How GitLab is set, looked at: the first look learns, later ones tell what is other than before, each change once.
import { hash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { gitlab } from '../../../services/collector/systems/gitlab/gitlab.ts';
import { makeSecret } from '../../helpers/secrets.ts';
import { type ReadSystem, readSystem, testClock } from './reading.ts';
import { type RecordingApi, startRecordingApi } from './recording-api.ts';

let api: RecordingApi;
let read: ReadSystem;
/** Answers by path, each with an ETag of its content. */
let state: Record<string, unknown>;
const SHOP = '/projects/15';

beforeEach(async () => {
  const role = (access_level: number) => ({ id: 1, access_level, access_level_description: 'a role' });
  state = {
    '/groups/acme': { id: 1, full_path: 'acme', require_two_factor_authentication: true, visibility: 'private' },
    '/groups/acme/descendant_groups': [],
    '/groups/acme/projects': [{ id: 15, path_with_namespace: 'acme/shop', star_count: 3 }],
    '/groups/1/members': [{ id: 4, username: 'mara', access_level: 50 }],
    [SHOP]: {
      id: 15,
      visibility: 'private',
      default_branch: 'main',
      runners_token: makeSecret('github-personal-token', 1),
    },
    [`${SHOP}/protected_branches`]: [
      { id: 1, name: 'main', push_access_levels: [role(0)], merge_access_levels: [role(40)], allow_force_push: false },
    ],
    [`${SHOP}/approval_rules`]: [{ id: 9, name: 'All', approvals_required: 2, users: [], groups: [] }],
    [`${SHOP}/job_token_scope`]: { inbound_enabled: true, outbound_enabled: false },
    [`${SHOP}/variables`]: [{ key: 'DEPLOY', value: 'hunter two', masked: true, environment_scope: 'production' }],
    [`${SHOP}/hooks`]: [{ id: 7, url: 'https://ci.example.org/x', enable_ssl_verification: true, push_events: true }],
    [`${SHOP}/access_tokens`]: [],
    [`${SHOP}/push_rule`]: null,
  };
  api = await startRecordingApi(({ path }) => {
    const own = path.replace('/api/v4', '');
    if (!Object.hasOwn(state, own)) return undefined;
    return { body: state[own], headers: { etag: `"${hash('sha256', JSON.stringify(state[own]))}"` } };
  });
  const settings = { type: 'gitlab', url: api.url, token: '${env:TOKEN}', groups: ['acme'], read: ['inventory'] };
  read = await readSystem({ system: gitlab, settings, clock: testClock(Date.parse('2026-03-02T10:00:00Z')) });
});
afterEach(async () => {
  await read.close();
  await api.close();
});

async function look() {
  await read.poll('inventory acme');
  await read.poll("inventory of acme's projects");
}
const told = async () => (await read.activities()).map(({ detail }) => detail);

test('what was so at first is nothing new; each change is told once', async () => {
  await look();
  expect(await told()).toEqual([]);
  const role = { id: 1, access_level: 40, access_level_description: 'Maintainers' };
  const key = { id: 2, access_level: 40, access_level_description: 'release key', deploy_key_id: 3 };
  state[`${SHOP}/protected_branches`] = [
    { id: 1, name: 'main', push_access_levels: [role, key], merge_access_levels: [role], allow_force_push: false },
  ];
  state[`${SHOP}/approval_rules`] = [{ id: 9, name: 'All', approvals_required: 0, users: [], groups: [] }];
  state[`${SHOP}/job_token_scope`] = { inbound_enabled: false, outbound_enabled: false };
  state[`${SHOP}/variables`] = [{ key: 'DEPLOY', value: 'x', masked: false, environment_scope: 'production' }];
  state[`${SHOP}/hooks`] = [
    { id: 7, url: 'https://evil.example/x', enable_ssl_verification: false, push_events: true },
  ];
  state[`${SHOP}/access_tokens`] = [{ id: 42, name: 'bot', access_level: 40, scopes: ['api'], last_used_at: '2026' }];
  state['/groups/1/members'] = [
    { id: 4, username: 'mara', access_level: 50 },
    { id: 5, username: 'nils', access_level: 40 },
  ];
  await look();
  await look();
  const changes = [
    { action: 'member.added', subject: 'nils', role: 'maintainer' },
    { change: 'removed', what: 'branch protection: push from, may push', target: 'main' },
    { change: 'removed', what: 'approval rule: approvals required', target: 'All' },
    { change: 'removed', what: 'job token scope: limit access to this project' },
    { action: 'webhook.changed', host: 'evil.example', previous_host: 'ci.example.org', insecure_ssl: true },
    { action: 'variable.changed', name: 'DEPLOY', environment: 'production' },
    { action: 'access token.added', name: 'bot', id: 'PersonalAccessToken/42' },
  ];
  const all = await told();
  expect(all).toHaveLength(changes.length);
  expect(all).toEqual(expect.arrayContaining(changes.map((change) => expect.objectContaining(change))));
  const shop = (await read.activities()).filter(({ vcs }) => vcs?.repository?.name === 'acme/shop');
  expect(shop).toHaveLength(6);
});

test('what is not to be seen is no change, and no value is kept', async () => {
  await look();
  api.trouble = ({ path }) =>
    path.endsWith('/variables') ? { status: 403, body: { message: '403 Forbidden' } } : undefined;
  await look();
  api.trouble = () => undefined;
  state[SHOP] = { id: 15, visibility: 'public', default_branch: 'main', star_count: 4 };
  await look();
  expect(await told()).toMatchObject([{ name: 'project: visibility', from: 'private', to: 'public' }]);
  expect(JSON.stringify(await read.activities())).not.toContain('hunter two');
});
