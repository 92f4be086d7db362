// GitLab's audit events: which kind each that a detector waits for becomes, and whether a guard rail went up or down.
// https://docs.gitlab.com/user/compliance/audit_event_types/
import { describe, expect, test } from 'vitest';
import { noting } from '../../../services/collector/fields.ts';
import { kindOf } from '../../../services/collector/sources/gitlab/audit/kinds.ts';
import { gitlabAudit } from '../../../services/collector/sources/gitlab/audit.ts';

const KINDS: Readonly<Record<string, string>> = {
  protection: `protected_branch_allow_force_push_updated protected_branch_removed protected_branch_created
    update_approval_rules approval_rule_deleted retain_approvals_on_push_updated require_password_to_approve_updated
    delete_status_check update_status_check external_status_check_url_updated allow_merge_on_skipped_pipeline_updated
    environment_unprotected protected_environment_approval_rule_deleted protected_environment_deploy_access_level_added
    user_disable_two_factor group_require_two_factor_authentication_updated group_saml_provider_update
    ip_restrictions_changed enforce_ssh_certificates_updated secure_ci_job_token_inbound_disabled
    destroy_event_streaming_destination update_instance_event_streaming_destination
    audit_events_streaming_headers_destroy created_instance_namespace_filter event_type_filters_created
    policy_project_updated compliance_framework_removed skip_secret_push_protection security_policy_user_push_bypass
    project_push_rules_reject_unsigned_commits_updated project_security_exclusion_created`,
  access: `user_admin_status_updated user_enable_admin_mode member_created member_updated project_group_link_created
    group_share_with_group_link_created user_access_locked password_reset_requested user_created user_blocked ban_user`,
  session: `user_impersonation login_failed_with_standard_authentication login_failed_with_otp_authentication
    omniauth_login_failed authenticated_with_password`,
  grant: `add_gpg_key add_ssh_key create_ssh_certificate personal_access_token_created project_access_token_created
    group_access_token_created deploy_token_created group_deploy_token_created cluster_agent_token_created
    deploy_key_added oauth_application_created`,
  secret: `ci_variable_created ci_variable_updated ci_group_variable_deleted ci_instance_variable_created
    variable_viewed_api secrets_manager_read_project_secret`,
  runner: 'ci_runner_created ci_runner_registered ci_runner_unregistered ci_runners_bulk_deleted ci_runner_token_reset',
  repository:
    'project_visibility_level_updated project_destroyed project_archived group_destroyed project_fork_operation',
  request: `repository_git_operation repository_download_operation project_export_file_download_started
    direct_transfer_relations_export_initiated`,
  run: 'destroy_pipeline multi_project_downstream_pipeline_created',
  deployment: 'deployment_approved deployment_rejected deployment_started',
  release: 'release_created release_deleted_audit_event',
  package: 'container_repository_tags_deleted package_registry_package_published',
  integration: 'cluster_agent_created webhook_created',
  review: 'merge_request_approval_operation',
  change: 'merge_request_create merge_request_merged',
  setting: 'application_setting_updated project_default_branch_updated update_ai_catalog_agent feature_flag_updated',
};

test.each(Object.entries(KINDS))('%s', (kind, names) => {
  const found = names.split(/\s+/).map((name) => [name, kindOf(name)]);
  expect(found).toEqual(found.map(([name]) => [name, kind]));
});

/** The first activity of an event of a project. */
function draftOf(event_type: string, details: Record<string, string | number | boolean | null>) {
  const body = { author_id: 4, entity_type: 'Project', entity_path: 'acme/shop', event_type, details };
  const record = { source: 'gitlab.audit', received_at: 0, redactions: {}, body };
  const { value, notes } = noting(() => gitlabAudit.normalize(record));
  expect(notes).toEqual([]);
  return value[0];
}

describe('a guard rail', () => {
  test.each([
    ['protected_branch_allow_force_push_updated', { change: 'allow force push', from: false, to: true }, 'removed'],
    ['protected_branch_allow_force_push_updated', { change: 'allow force push', from: true, to: false }, 'changed'],
    ['allow_author_approval_updated', { change: 'prevent approval from authors', from: true, to: false }, 'removed'],
    ['require_password_to_approve_updated', { from: 'true', to: 'false' }, 'removed'],
    ['require_password_to_approve_updated', { from: 'false', to: 'true' }, 'changed'],
    ['update_approval_rules', { change: 'number of required approvals', from: 2, to: 0 }, 'removed'],
    ['update_approval_rules', { change: 'number of required approvals', from: 1, to: 2 }, 'changed'],
    ['ip_restrictions_changed', { change: 'ip_restrictions', from: '192.0.2.0/24', to: '' }, 'removed'],
    ['ip_restrictions_changed', { change: 'ip_restrictions', from: '', to: '192.0.2.0/24' }, 'changed'],
    ['disable_personal_access_tokens_updated', { from: true, to: false }, 'removed'],
    ['user_disable_two_factor', {}, 'removed'],
    ['environment_unprotected', {}, 'removed'],
    ['environment_protected', {}, 'added'],
    ['delete_status_check', {}, 'removed'],
    ['destroy_event_streaming_destination', {}, 'removed'],
    ['created_instance_namespace_filter', {}, 'changed'],
    ['protected_environment_deploy_access_level_added', {}, 'changed'],
    ['skip_secret_push_protection', {}, 'overridden'],
    ['security_policy_merge_request_bypass', {}, 'overridden'],
  ])('%s with %j is %s', (name, details, change) => {
    expect(draftOf(name, details)).toMatchObject({ kind: 'protection', detail: { change } });
  });
});

test.each([
  [{ as: 'Owner' }, 'member_created', 'Owner'],
  [{ change: 'access_level', from: 'Guest', to: 'Maintainer' }, 'member_updated', 'Maintainer'],
  [{ change: 'admin status', from: false, to: true }, 'user_admin_status_updated', 'administrator'],
  [{ change: 'admin status', from: true, to: false }, 'user_admin_status_updated', 'regular'],
])('the role of %j', (details, name, role) => {
  expect(draftOf(name, details)).toMatchObject({ kind: 'access', detail: { role } });
});

test('a hook is known by the host that it calls', () => {
  const draft = draftOf('webhook_created', { target_details: 'https://hooks.example.net/x?y=1' });
  expect(draft).toMatchObject({ kind: 'integration', detail: { host: 'hooks.example.net' } });
});

test('an event without a name has one made of its words', () => {
  const named = [
    [{ add: 'user_access', as: 'Developer' }, 'member_created'],
    [{ remove: 'project' }, 'project_destroyed'],
    [{ with: 'two-factor' }, 'authenticated_with_two_factor'],
    [{ failed_login: 'STANDARD' }, 'login_failed_with_standard_authentication'],
    [{ custom_message: 'Project archived' }, 'project_archived'],
    [{ custom_message: 'Approved merge request' }, 'approved_merge_request'],
    [{ custom_message: 'Added protected branch with [allowed to push: Nobody]' }, 'added_protected_branch'],
  ] as const;
  for (const [details, name] of named) expect(draftOf('audit_operation', details)?.native_type).toBe(name);
});
