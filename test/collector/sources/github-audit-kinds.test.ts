// Documented actions of the audit log, by the kind that a person would put them under.
import { expect, test } from 'vitest';
import { kindOf } from '../../../services/collector/sources/github/audit/kinds.ts';

test.each<[string, string]>([
  [
    'access',
    `org.add_outside_collaborator org.add_security_manager org.integration_manager_added business.invite_admin
     business.remove_organization business.add_support_entitlee external_group.link external_identity.provision
     enterprise_role.assign enterprise_team.add_member organization_role.assign organization_moderators.add_team
     repository_invitation.accept role.create team_group_mapping.create integration.manager_added user.promote
     user.suspend org.codespaces_team_access_allowed repo.temporary_access_granted project_collaborator.add`,
  ],
  [
    'alert',
    `code_scanning.alert_created dependabot_closure_request.approve secret_scanning_alert.public_leak
     secret_scanning_closure_request.deny secret_scanning_scan.completed repo.code_scanning_analysis_deleted`,
  ],
  ['change', 'merge_queue.pull_request_dequeued pull_request.ready_for_review'],
  ['deployment', 'workflows.reject_workflow_job repo.pages_build'],
  ['discussion', 'commit_comment.destroy issue.transfer sub_issues.sub_issue_add user.minimize_comment'],
  [
    'grant',
    `oauth_access.regenerate oauth_authorization.create personal_access_token.request_created passkey.register
     git_signing_ssh_public_key.create gpg_key.create org.oauth_app_access_approved integration.generate_client_secret
     user.two_factor_recovery_codes_viewed account_recovery_token.confirm staff.dependabot_debug_credentials_generated`,
  ],
  ['integration', 'hook.active_changed hook.events_changed'],
  ['package', 'packages.package_published packages.package_version_deleted'],
  [
    'protection',
    `business_secret_scanning_push_protection.disable org_secret_scanning_custom_pattern.delete org.codeql_disabled
     repository_secret_scanning_push_protection_bypass_list.add org_secret_scanning_generic_secrets.disabled
     business_dependabot_alerts_new_repos.disable business_advanced_security.user_namespace_repos_disabled
     environment.remove_protection_rule org.required_workflow_delete personal_access_token.expiration_limit_unset
     private_vulnerability_reporting.disable repository_malware_alerts.disable repository_security_updates.disable
     repository_security_configuration.removed security_configuration.update sso_lockdown.disable
     two_factor_authentication.disabled org.clear_disallowed_two_factor_methods business.proxy_security_header_disabled
     vulnerability_alert_rule.create workflows.actions_policy_violation merge_queue.update_settings
     repo.code_scanning_delegated_alert_dismissal_disabled business.disable_open_scim`,
  ],
  ['repository', 'repo.transfer_outgoing repo.unarchived repo.restore gist.visibility_change'],
  ['request', 'org.audit_log_export business.security_center_export_risk migration.download user.audit_log_export'],
  ['review', 'pull_request.create_review_request pull_request_review.dismiss'],
  ['run', 'workflows.cancel_workflow_run workflows.rerun_workflow_run'],
  [
    'runner',
    `org.configure_self_hosted_jit_runner enterprise.runner_group_renamed github_hosted_runner.create
     network_configuration.update org.delete_custom_image premium_runner.create`,
  ],
  ['secret', 'org.create_integration_secret repo.remove_actions_variable user.update_integration_secret'],
  ['session', 'org.sso_response business.recovery_code_used user.login user.two_factor_challenge_failure user.logout'],
  [
    'setting',
    `billing.budget_update business.update_actions_settings business.advanced_security_metered_usage_lock
     copilot.swe_agent_mcp_config_updated custom_property_value.update enterprise_announcement.create
     issues.deletes_enabled mcp_registry.allowlist_update members_can_delete_repos.enable org.config.enable_contributors_only
     org.members_limit_warning org.update_repo_self_hosted_runners_policy org.update_default_repository_permission
     organization_default_label.create payment_method.remove prebuild_configuration.create repo.change_merge_setting
     repo.immutable_releases_settings_disabled repository_visibility_change.enable sandbox.create user.rename
     sponsors.agreement_sign team.members_limit_warning environment.create workflows.pin_workflow`,
  ],
  ['access', 'org.add_member repo.add_member team.add_member org.add_billing_manager org.invite_member team.destroy'],
  ['alert', 'secret_scanning_alert.create repository_vulnerability_alert.dismiss repository_advisory.publish'],
  ['change', 'pull_request.create pull_request.merge'],
  ['discussion', 'issues.destroy discussion_post.update pull_request_review_comment.create'],
  ['grant', 'public_key.create deploy_key.create personal_access_token.access_granted oauth_application.reset_secret'],
  ['grant', 'oauth_access.create integration_installation.create org_credential_authorization.grant'],
  ['integration', 'hook.create hook.config_changed'],
  ['job', 'workflows.prepared_workflow_job'],
  ['package', 'packages.package_version_published'],
  ['repository', 'repo.create repo.access repo.transfer repo.archived'],
  ['request', 'git.clone git.push git.fetch api.request'],
  ['review', 'pull_request_review.submit'],
  ['run', 'workflows.created_workflow_run workflows.completed_workflow_run workflows.cancel_workflow_run'],
  ['runner', 'org.register_self_hosted_runner enterprise.runner_group_created repo.remove_self_hosted_runner'],
  ['secret', 'repo.create_actions_secret org.update_actions_secret codespaces.create_an_org_secret'],
  [
    'setting',
    'workflows.disable_workflow org.update_actions_settings billing.change_email members_can_create_pages.enable',
  ],
  ['other', 'quantum.entangle nothing'],
])('%s: %s', (kind, actions) => {
  const found = actions
    .trim()
    .split(/\s+/)
    .map((action) => [action, kindOf(action)]);
  expect(found.filter(([, is]) => is !== kind)).toEqual([]);
});
