// What each detector that rests on GitHub's audit log needs of an entry, and that it is there. Fields of the entries as
// the documentation of audit-log events lists them.
import { describe, expect, test } from 'vitest';
import { githubAudit } from '../../../services/collector/sources/github/audit.ts';
import type { Json } from '../../../services/core/json.ts';
import { NOW } from '../collecting.ts';

function normalize(action: string, fields: object) {
  const body = { action, actor: 'mara', org: 'acme', repo: 'acme/shop', ...fields } as Json;
  return githubAudit.normalize({ source: 'github.audit', received_at: NOW, redactions: {}, body });
}

const removed = { change: 'removed' };

describe('carries what a detector asks for', () => {
  test.each<[string, string, object, object]>([
    ['D001', 'protected_branch.destroy', { name: 'main' }, { detail: { ...removed, target: 'main' } }],
    ['D001', 'repository_branch_protection_evaluation.disable', {}, { detail: removed }],
    [
      'D002',
      'protected_branch.policy_override',
      { branch: 'refs/heads/main', overridden_codes: ['review_policy_not_satisfied'] },
      { detail: { change: 'overridden', target: 'main', reasons: ['review_policy_not_satisfied'] } },
    ],
    [
      'D003',
      'protected_branch.policy_override',
      { reasons: [{ code: 'force_push' }] },
      { actor: { name: 'mara' }, detail: { reasons: ['force_push'] } },
    ],
    [
      'D004',
      'protected_branch.rejected_ref_update',
      { branch: 'refs/heads/main' },
      { detail: { change: 'refused', target: 'main' } },
    ],
    [
      'D005',
      'protected_branch.rejected_ref_update',
      { actor: 'helper[bot]', reasons: [{ code: 'workflow_updates' }] },
      { actor: { type: 'bot' }, detail: { reasons: ['workflow_updates'] } },
    ],
    ['D006', 'repository_ruleset.create', { ruleset_name: 'r' }, { detail: { change: 'added', target: 'r' } }],
    ['D006', 'repository_ruleset.destroy', { ruleset_name: 'r' }, { detail: { ...removed, target: 'r' } }],
    [
      'D006',
      'repository_ruleset.update',
      { ruleset_rules_deleted: [{ type: 'pull_request' }] },
      { detail: { ...removed, reasons: ['pull_request'] } },
    ],
    [
      'D007',
      'protected_branch.update_require_code_owner_review',
      { require_code_owner_review: false },
      { detail: { ...removed, what: 'branch protection: require code owner review' } },
    ],
    ['D007', 'protected_branch.dismiss_stale_reviews', { dismiss_stale_reviews_on_push: false }, { detail: removed }],
    [
      'D007',
      'protected_branch.update_required_approving_review_count',
      { required_approving_review_count: 0 },
      { detail: removed },
    ],
    ['D007', 'required_status_check.destroy', { context: 'ci' }, { detail: { ...removed, target: 'ci' } }],
    ['D010', 'repo.set_workflow_permission_can_approve_pr', {}, { kind: 'setting' }],
    [
      'D011',
      'workflows.approve_workflow_job',
      { workflow_run_id: 17 },
      {
        kind: 'deployment',
        actor: { name: 'mara' },
        cicd: { pipeline: { run: { id: '17' } } },
        detail: { action: 'approved' },
      },
    ],
    [
      'D012',
      'workflows.bypass_protection_rules',
      { workflow_run_id: 17 },
      {
        cicd: { pipeline: { run: { id: '17' } } },
        detail: { change: 'overridden', what: 'deployment: bypass protection rules' },
      },
    ],
    [
      'D017',
      'repo.rename_branch',
      { old_branch: 'main', new_branch: 'trunk', default_branch: true },
      { kind: 'setting', detail: { name: 'default_branch', from: 'main', to: 'trunk' } },
    ],
    [
      'D017',
      'repo.rename_branch',
      { old_branch: 'a', new_branch: 'b', default_branch: false },
      { kind: 'setting', detail: { name: 'branch', from: 'a', to: 'b' } },
    ],
    ['D017', 'repo.update_default_branch', {}, { kind: 'setting', detail: { name: 'default_branch' } }],
    ['D018', 'pull_request.close', {}, { kind: 'change', detail: { action: 'closed', merged: false } }],
    ['D031', 'business.add_admin', { user: 'eve' }, { detail: { subject: 'eve', role: 'admin' } }],
    ['D031', 'org.add_member', { user: 'eve', permission: 'admin' }, { detail: { subject: 'eve', role: 'admin' } }],
    ['D032', 'org.invite_member', { email: 'eve@mail.example' }, { detail: { subject: 'eve@mail.example' } }],
    ['D032', 'repo.add_member', { user: 'eve' }, { kind: 'access', detail: { subject: 'eve' } }],
    [
      'D033',
      'team.update_repository_permission',
      { team: 'acme/ops', old_repo_permission: 'read', new_repo_permission: 'admin' },
      { detail: { team: 'acme/ops', role: 'admin', previous_role: 'read' } },
    ],
    ['D034', 'org.disable_two_factor_requirement', {}, { detail: { ...removed, what: 'two factor requirement' } }],
    ['D034', 'business.disable_two_factor_requirement', {}, { detail: removed }],
    ['D035', 'org.saml_disabled', {}, { detail: { ...removed, what: 'saml' } }],
    ['D035', 'business.disable_oidc', {}, { detail: removed }],
    ['D035', 'org.update_saml_provider_settings', {}, { kind: 'protection', detail: { change: 'changed' } }],
    ['D036', 'org.recovery_codes_downloaded', {}, { kind: 'grant', detail: { type: 'recovery codes' } }],
    ['D037', 'repo.staff_unlock', {}, { kind: 'access', vcs: { repository: { name: 'acme/shop' } } }],
    ['D038', 'user.failed_login', {}, { kind: 'session', detail: { action: 'failure' } }],
    ['D039', 'ip_allow_list.disable', {}, { detail: { ...removed, what: 'ip allow list' } }],
    [
      'D039',
      'ip_allow_list_entry.create',
      { ip_allow_list_entry: '192.0.2.0/24' },
      { detail: { change: 'changed', target: '192.0.2.0/24' } },
    ],
    ['D041', 'public_key.create', { repo: undefined, title: 'k' }, { detail: { type: 'ssh key', name: 'k' } }],
    ['D041', 'ssh_certificate_authority.create', { fingerprint: 'f' }, { kind: 'grant', detail: { fingerprint: 'f' } }],
    ['D041', 'ssh_certificate_requirement.disable', {}, { detail: removed }],
    [
      'D043',
      'git.push',
      { actor: 'github-actions[bot]' },
      { actor: { type: 'bot' }, detail: { operation: 'git.push' } },
    ],
    ['D052', 'git.clone', { user_agent: 'npm/10.2.4' }, { client: { user_agent: 'npm/10.2.4' } }],
    [
      'D061',
      'workflows.created_workflow_run',
      { event: 'push', head_branch: 'main', name: 'CI', workflow_run_id: 17 },
      {
        vcs: { ref: { head: { name: 'main' } } },
        cicd: { pipeline: { name: 'CI', run: { id: '17', trigger: 'push' } } },
      },
    ],
    [
      'D062',
      'repo.set_actions_fork_pr_approvals_policy',
      { policy: 'none' },
      { kind: 'setting', detail: { to: 'none' } },
    ],
    [
      'D065',
      'workflows.delete_workflow_run',
      { workflow_run_id: 17 },
      { kind: 'run', detail: { action: 'delete_workflow_run' } },
    ],
    ['D065', 'checks.delete_logs', {}, { kind: 'run', detail: { action: 'delete_logs' } }],
    [
      'D066',
      'workflows.rerun_workflow_run',
      { workflow_run_id: 17, run_attempt: 2, head_sha: 'a'.repeat(40) },
      { vcs: { ref: { head: { revision: 'a'.repeat(40) } } }, cicd: { pipeline: { run: { attempt: 2 } } } },
    ],
    ['D072', 'org.set_default_workflow_permissions', {}, { kind: 'setting' }],
    [
      'D073',
      'repo.update_actions_settings',
      { old_policy: 'selected', new_policy: 'all' },
      { detail: { from: 'selected', to: 'all' } },
    ],
    [
      'D075',
      'workflows.prepared_workflow_job',
      { is_hosted_runner: true, runner_labels: 'ubuntu-latest', runner_owner_type: 'GitHub' },
      { cicd: { worker: { hosted: true, labels: ['ubuntu-latest'], owner_type: 'github' } } },
    ],
    [
      'D087',
      'personal_access_token.access_granted',
      { user_programmatic_access_name: 'laptop', repository_selection: 'all', user: 'eve' },
      { detail: { name: 'laptop', type: 'personal access token', reach: 'all', subject: 'eve' } },
    ],
    ['D087', 'org_credential_authorization.grant', {}, { kind: 'grant' }],
    ['D088', 'auto_approve_personal_access_token_requests.enable', {}, { detail: removed }],
    ['D088', 'auto_approve_personal_access_token_requests.disable', {}, { detail: { change: 'added' } }],
    ['D088', 'forbid_auto_approve_personal_access_token_requests.disable', {}, { kind: 'protection', detail: removed }],
    ['D090', 'repo.update_actions_secret', { key: 'NPM' }, { kind: 'secret', detail: { name: 'NPM' } }],
    [
      'D090',
      'environment.create_actions_secret',
      { key: 'NPM', environment_name: 'production' },
      { detail: { name: 'NPM', environment: 'production' } },
    ],
    [
      'D096',
      'secret_scanning_push_protection.bypass',
      { push_protection_bypass_reason: 'used in tests', secret_type: 'aws_key' },
      { detail: { change: 'overridden', reasons: ['used in tests'], target: 'aws_key' } },
    ],
    [
      'D096',
      'secret_scanning_alert.create',
      { secret_type: 'aws_key' },
      { kind: 'alert', detail: { rule: 'aws_key' } },
    ],
    [
      'D099',
      'org.register_self_hosted_runner',
      { runner_id: 4, runner_name: 'b-4', actor_ip: '192.0.2.1' },
      { kind: 'runner', cicd: { worker: { id: '4', name: 'b-4' } }, client: { address: '192.0.2.1' } },
    ],
    ['D100', 'repo.remove_self_hosted_runner', {}, { kind: 'runner', detail: { action: 'remove_self_hosted_runner' } }],
    [
      'D101',
      'org.runner_group_updated',
      { runner_group_name: 'big', runner_group_allow_public: true, runner_group_restricted_to_workflows: false },
      { cicd: { worker: { group: 'big' } }, detail: { allows_public: true, restricted_to_workflows: false } },
    ],
    ['D101', 'org.runner_group_visiblity_updated', { visibility: 'all' }, { detail: { visibility: 'all' } }],
    [
      'D102',
      'repo.self_hosted_runner_updated',
      { runner_name: 'b-4', source_version: '2.330', target_version: '2.331' },
      { detail: { previous_version: '2.330', version: '2.331' } },
    ],
    [
      'D111',
      'repo.access',
      { visibility: 'public', previous_visibility: 'private' },
      { kind: 'repository', vcs: { repository: { visibility: 'public' } }, detail: { from: 'private', to: 'public' } },
    ],
    ['D111', 'repo.pages_public', {}, { kind: 'setting' }],
    ['D111', 'private_repository_forking.enable', {}, { kind: 'setting' }],
    [
      'D113',
      'integration_installation.create',
      { integration: 'helper', repository_selection: 'all' },
      { kind: 'grant', detail: { name: 'helper', type: 'app', reach: 'all' } },
    ],
    ['D113', 'org.disable_oauth_app_restrictions', {}, { kind: 'protection', detail: removed }],
    [
      'D113',
      'oauth_application.reset_secret',
      { oauth_application_name: 'x' },
      { kind: 'grant', detail: { name: 'x' } },
    ],
    [
      'D114',
      'hook.create',
      { config: { url: 'https://a.example/x', insecure_ssl: 1 }, events: ['*'] },
      { kind: 'integration', detail: { host: 'a.example', insecure_ssl: true, events: ['*'] } },
    ],
    ['D118', 'copilot.custom_instructions_updated', {}, { kind: 'setting' }],
    [
      'D121',
      'actions_cache.delete',
      { actions_cache_key: 'npm-1', actions_cache_scope: 'refs/heads/main' },
      { kind: 'artifact', detail: { action: 'delete', name: 'npm-1', location: 'refs/heads/main' } },
    ],
    ['D127', 'audit_log_streaming.destroy', {}, { detail: { ...removed, what: 'audit log streaming' } }],
    ['D128', 'repository_vulnerability_alerts.disable', {}, { detail: removed }],
    ['D128', 'dependabot_alerts.disable', {}, { detail: removed }],
    ['D128', 'repo.advanced_security_disabled', {}, { detail: { ...removed, what: 'advanced security' } }],
    ['D128', 'org.secret_scanning_push_protection_disable', {}, { detail: removed }],
    ['D129', 'workflows.disable_workflow', { workflow_id: 5 }, { kind: 'setting', detail: { name: '5' } }],
    ['D130', 'repo.set_actions_retention_limit', { limit: 1, visibility: 'private' }, { detail: { to: '1' } }],
    ['D130', 'artifact.destroy', {}, { kind: 'artifact', detail: { action: 'destroy' } }],
    ['D132', 'org.disable_source_ip_disclosure', {}, { detail: { ...removed, what: 'source ip disclosure' } }],
    ['D137', 'repo.download_zip', {}, { kind: 'request', detail: { operation: 'repo.download_zip' } }],
    ['D138', 'repo.create', { visibility: 'public' }, { kind: 'repository', detail: { to: 'public' } }],
    ['D139', 'repo.destroy', {}, { kind: 'repository', detail: { action: 'destroy' } }],
    ['D139', 'repo.transfer', { old_user: 'acme', owner: 'eve' }, { detail: { from: 'acme', to: 'eve' } }],
    ['D139', 'org.transfer', { from_business: 'a', to_business: 'b' }, { detail: { from: 'a', to: 'b' } }],
    [
      'D139',
      'environment.delete',
      { environment_name: 'production' },
      { kind: 'setting', detail: { name: 'production' } },
    ],
    ['D139', 'migration.create', {}, { kind: 'request', detail: { operation: 'migration.create' } }],
  ])('%s: %s %j', (_id, action, fields, expected) => {
    expect(normalize(action, fields)[0]).toMatchObject(expected);
  });

  test('D074: the names of the secrets that a job was handed', () => {
    const [, secret] = normalize('workflows.prepared_workflow_job', { secrets_passed: ['NPM'], workflow_run_id: 17 });
    expect(secret).toMatchObject({ detail: { names: ['NPM'] }, cicd: { pipeline: { run: { id: '17' } } } });
  });

  test('D076: which definition called which, and who imposed it', () => {
    const [job] = normalize('workflows.prepared_workflow_job', {
      job_workflow_ref: 'acme/shared/.github/workflows/x.yml@main',
      calling_workflow_shas: ['b'.repeat(40)],
      imposer_repo: 'acme/rules',
    });
    expect(job?.detail).toMatchObject({
      workflow_ref: 'acme/shared/.github/workflows/x.yml@main',
      caller_revisions: ['b'.repeat(40)],
      imposer: 'acme/rules',
    });
  });
});
