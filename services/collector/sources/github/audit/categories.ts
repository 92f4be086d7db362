// The kind of each category of audit-log actions, apart from the operations in operations.ts.
import type { AuditKind } from './kind.ts';

const BY_KIND: readonly (readonly [AuditKind, string])[] = [
  [
    'access',
    `
    enterprise_role enterprise_team external_group external_identity invitation org_invitation business_invitation
    business_role organization_moderators organization_role project_collaborator repository_invitation role
    successor_invitation team team_group_mapping team_sync_tenant
  `,
  ],
  [
    'alert',
    `
    advisory_credit code_scanning dependabot_alert dependabot_closure_request repository_advisory security_advisory
    repository_vulnerability_alert secret_scanning_alert secret_scanning_closure_request secret_scanning_scan
  `,
  ],
  ['artifact', 'actions_cache artifact attestation'],
  ['change', 'merge_group merge_queue pull_request'],
  ['deployment', 'deployment deployment_status pages_build pages_deployment'],
  [
    'discussion',
    `
    commit_comment discussion discussion_comment discussion_post discussion_post_reply issue issue_comment
    issue_dependencies issues pull_request_review_comment sub_issues user_content_edit
  `,
  ],
  [
    'grant',
    `
    account_recovery_token application credential_authorization deploy_key enterprise_installation
    git_signing_ssh_public_key gpg_key integration integration_installation integration_installation_request
    oauth_access oauth_application oauth_authorization org_credential_authorization passkey personal_access_token
    personal_access_token_request public_key security_key social_identity ssh_certificate_authority trusted_device
  `,
  ],
  ['integration', 'dotcom_connection hook msteams_app slack_integration'],
  ['package', 'package packages registry_package'],
  [
    'protection',
    `
    audit_log_streaming auto_approve_personal_access_token_requests business_advanced_security
    dependabot_alerts dependabot_alerts_new_repos dependabot_security_updates dependabot_security_updates_new_repos
    dependency_graph dependency_graph_new_repos exemption_request ip_allow_list ip_allow_list_entry
    enterprise_ruleset organization_ruleset pre_receive_environment pre_receive_hook private_vulnerability_reporting
    private_vulnerability_reporting_new_repos protected_branch repository_branch_protection_evaluation
    repository_code_security repository_dependency_graph repository_dependency_graph_autosubmit
    repository_malware_alerts repository_ruleset repository_secret_scanning repository_security_configuration
    repository_security_updates repository_vulnerability_alerts repository_vulnerability_alerts_auto_dismissal
    required_status_check required_workflow secret_scanning secret_scanning_new_repos secret_scanning_push_protection
    secret_scanning_push_protection_request security_configuration security_configuration_default
    security_configuration_policy ssh_certificate_requirement sso_lockdown sso_redirect two_factor_authentication
    vulnerability_alert_rule
  `,
  ],
  ['release', 'release'],
  ['repository', 'gist repo_transfer'],
  ['request', 'api code_search dependency_graph_api git http_request migration'],
  ['review', 'pull_request_review'],
  ['run', 'workflows'],
  ['runner', 'custom_hosted_runner github_hosted_runner network_configuration premium_runner'],
  ['session', 'two_factor_account_recovery user_session'],
  [
    'setting',
    `
    account billing billing_customer business checks codespaces config_entry copilot custom_property_definition
    custom_property_value dependabot_repository_access enterprise enterprise_announcement enterprise_domain environment
    immutable_releases interaction_limit issue_type marketplace_agreement_signature marketplace_listing
    marketplace_listing_plan mcp_registry members_can_create_pages members_can_create_private_pages
    members_can_create_public_pages members_can_delete_repos members_can_view_dependency_insights
    metered_billing_configuration org organization organization_custom_property_definition
    organization_custom_property_value organization_default_label organization_domain organization_label
    organization_projects_change organization_wide_project_base_role pages_protected_domain payment_method
    prebuild_configuration private_repository_forking profile_picture project project_base_role project_field
    project_view repo repository repository_content_analysis repository_dependency_updates_self_hosted
    repository_image repository_limit repository_projects_change repository_visibility_change
    restrict_notification_delivery sandbox sponsors staff team_discussions user user_email user_license user_status
  `,
  ],
];

export const CATEGORIES: ReadonlyMap<string, AuditKind> = new Map(
  BY_KIND.flatMap(([kind, names]) =>
    names
      .trim()
      .split(/\s+/)
      .map((name) => [name, kind] as const),
  ),
);
