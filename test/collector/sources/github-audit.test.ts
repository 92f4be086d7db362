// Audit entries in the forms that GitHub and its export tools write them.
import { describe, expect, test } from 'vitest';
import { githubAudit } from '../../../services/collector/sources/github/audit.ts';
import type { Json } from '../../../services/core/json.ts';
import { NOW } from '../collecting.ts';

function normalize(body: Json) {
  return githubAudit.normalize({ source: 'github.audit', received_at: NOW, redactions: {}, body });
}

test('a call with a token tells whose, which, from where', () => {
  const [request] = normalize({
    '@timestamp': NOW,
    _document_id: 'doc-1',
    action: 'api.request',
    actor: 'mara',
    actor_is_bot: false,
    actor_ip: '203.0.113.7',
    actor_location: { country_code: 'NZ' },
    user_agent: 'curl/8.5',
    hashed_token: 'aGFzaA==',
    token_id: 17,
    programmatic_access_type: 'Personal access token (classic)',
    org: 'acme',
    route: '/repos/:owner/:repo/keys',
    url_path: '/repos/acme/shop/keys',
    request_method: 'POST',
    status_code: 201,
  });
  expect(request).toMatchObject({
    kind: 'request',
    natural_id: 'doc-1',
    organization: 'acme',
    actor: { name: 'mara', type: 'person' },
    credential: { id: 'aGFzaA==', type: 'Personal access token (classic)' },
    client: { address: '203.0.113.7', country_iso_code: 'NZ', user_agent: 'curl/8.5' },
    detail: { operation: '/repos/:owner/:repo/keys', method: 'POST', path: '/repos/acme/shop/keys', status: 201 },
  });
});

test('a fine-grained token is known by its number too, which others have nothing to do with', () => {
  const entry = { '@timestamp': NOW, action: 'api.request', hashed_token: 'aGFzaA==', token_id: 17 };
  const [fine] = normalize({ ...entry, programmatic_access_type: 'Fine-grained personal access token' });
  expect(fine?.credential).toMatchObject({ id: 'aGFzaA==', also: ['17'] });
  const [app] = normalize({ ...entry, programmatic_access_type: 'GitHub App server-to-server token' });
  expect(app?.credential).toEqual({ id: 'aGFzaA==', type: 'GitHub App server-to-server token' });
});

test('a prepared job tells where it runs and which secrets it was handed', () => {
  const [job, secret, ...rest] = normalize({
    '@timestamp': NOW,
    action: 'workflows.prepared_workflow_job',
    actor: null,
    repo: 'acme/shop',
    public_repo: false,
    workflow_run_id: 14000890944,
    job_name: 'deploy',
    job_workflow_ref: 'acme/shared/.github/workflows/deploy.yml@refs/heads/main',
    calling_workflow_refs: ['acme/shop/.github/workflows/release.yml@refs/tags/v1'],
    secrets_passed: ['NPM', 'AWS'],
    runner_name: 'builder-3',
    runner_id: 3,
    runner_labels: ['self-hosted'],
  });
  expect(job).toMatchObject({
    kind: 'job',
    detail: { action: 'prepared_workflow_job' },
    vcs: { repository: { name: 'acme/shop', visibility: 'private' } },
    cicd: {
      pipeline: {
        definition: '.github/workflows/release.yml',
        run: { id: '14000890944' },
        task: { name: 'deploy' },
      },
      worker: { id: '3', name: 'builder-3', labels: ['self-hosted'] },
    },
  });
  expect(job).not.toHaveProperty('actor');
  expect(secret).toMatchObject({ kind: 'secret', detail: { names: ['NPM', 'AWS'] } });
  expect(rest).toEqual([]);
});

describe('time', () => {
  test.each<[string, Json]>([
    ['milliseconds', 1_772_445_600_123],
    ['milliseconds as text', '1772445600123'],
    ['text with a zone', '2026-03-02T11:00:00.123+01:00'],
    ['text of an export, without a zone', '2026-03-02 10:00:00.123'],
  ])('in %s', (_case, time) => {
    expect(normalize({ action: 'repo.create', created_at: time })[0]?.observed_at).toBe(1_772_445_600_123);
  });

  test('in seconds', () => {
    expect(normalize({ action: 'repo.create', created_at: 1_772_445_600 })[0]?.observed_at).toBe(1_772_445_600_000);
  });

  test.each<Json>(['yesterday', -5, 1e300, null, { $date: 1 }, ''])('%j is none', (time) => {
    expect(normalize({ action: 'repo.create', created_at: time })[0]).not.toHaveProperty('observed_at');
  });
});

describe('a guard rail', () => {
  test.each<[string, object, object]>([
    ['protected_branch.destroy', { name: 'main' }, { change: 'removed', what: 'branch protection', target: 'main' }],
    ['protected_branch.policy_override', {}, { change: 'overridden', what: 'branch protection: policy override' }],
    ['protected_branch.update_admin_enforced', { admin_enforced: false }, { change: 'removed' }],
    ['protected_branch.update_admin_enforced', { admin_enforced: true }, { change: 'changed' }],
    [
      'protected_branch.update_allow_force_pushes_enforcement_level',
      { allow_force_pushes_enforcement_level: 2 },
      { change: 'removed', what: 'branch protection: allow force pushes enforcement level' },
    ],
    ['repository_ruleset.create', { ruleset_name: 'releases' }, { change: 'added', target: 'releases' }],
    [
      'repository_ruleset.update',
      { ruleset_old_enforcement: 'active', ruleset_enforcement: 'disabled' },
      { change: 'removed' },
    ],
    ['repository_ruleset.update', { ruleset_enforcement: 'enabled' }, { change: 'changed' }],
    ['org.disable_two_factor_requirement', {}, { change: 'removed', what: 'two factor requirement' }],
    ['secret_scanning_push_protection.bypass', {}, { change: 'overridden' }],
    ['repository_secret_scanning.disable', {}, { change: 'removed', what: 'repository secret scanning' }],
  ])('%s %j', (action, fields, detail) => {
    expect(normalize({ action, ...fields } as Json)).toMatchObject([{ kind: 'protection', detail }]);
  });
});

test('an app is told by its flag or its name; who is not told is not guessed', () => {
  const typed = (fields: object) => normalize({ action: 'git.push', ...fields } as Json)[0]?.actor?.type;
  expect(typed({ actor: 'depbot', actor_is_bot: true })).toBe('bot');
  expect(typed({ actor: 'depbot[bot]' })).toBe('bot');
  expect(typed({ actor: 'mara' })).toBe('unknown');
  expect(typed({ actor: '' })).toBeUndefined();
});

test('an entry of an enterprise may name several organizations', () => {
  expect(normalize({ action: 'git.push', org: ['acme', 'beta'], repo: [] })[0]).toMatchObject({ organization: 'acme' });
});

test.each<[Json]>([[null], ['text'], [[]], [{ hello: 'world' }]])('%j is no audit entry', (body) => {
  expect(() => normalize(body)).toThrow('not a record of github.audit');
});
