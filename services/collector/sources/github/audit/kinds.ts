// Which kind of activity an audit-log action is. Actions are `category.operation`; several hundred exist and more come,
// so the table goes from the particular to the general and the first line that fits decides.
// https://docs.github.com/en/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/audit-log-events-for-your-organization
import type { ActivityKind } from '../../../../core/activity.ts';

export type AuditKind = Extract<
  ActivityKind,
  | 'access'
  | 'alert'
  | 'change'
  | 'deployment'
  | 'discussion'
  | 'grant'
  | 'integration'
  | 'job'
  | 'other'
  | 'package'
  | 'protection'
  | 'release'
  | 'repository'
  | 'request'
  | 'review'
  | 'run'
  | 'runner'
  | 'secret'
  | 'setting'
>;

/** Each pattern is matched against the whole action; all of them run in linear time. */
const TABLE: readonly (readonly [RegExp, AuditKind])[] = [
  // What runs.
  [/^workflows\.(?:prepared_workflow_job|approve_workflow_job|reject_workflow_job)$/, 'job'],
  [/^workflows\.(?:disable|enable|pin|unpin)_/, 'setting'],
  [/^workflows\./, 'run'],
  [/^(?:git|api|http_request|code_search|dependency_graph_api)\./, 'request'],
  [/self_hosted_runner|runner_group|hosted_runner|runner_scale_set|network_configuration/, 'runner'],
  [/^(?:packages?|registry_package)\./, 'package'],
  [/^release\./, 'release'],
  [/^deployment\.|^pages_(?:deployment|build)|^environment\.(?:approve|reject)/, 'deployment'],

  // Alerts are about a finding, not about the scanner's switch.
  [/_alert\.|^(?:repository_advisory|advisory_credit|security_advisory)\./, 'alert'],
  [/^(?:code_scanning|secret_scanning|dependabot)\.alert_/, 'alert'],

  [/code_scanning_analysis/, 'alert'],

  // Guard rails.
  [/^(?:protected_branch|branch_protection|repository_ruleset|organization_ruleset|enterprise_ruleset)/, 'protection'],
  [
    /^(?:required_status_check|required_workflow|merge_queue|push_rules|exemption_request|tag_protection)/,
    'protection',
  ],
  [/protection_rule|push_protection|policy_override|_bypass|bypass_/, 'protection'],
  [/secret_scanning|code_scanning|code_security|advanced_security|security_configuration/, 'protection'],
  [/^(?:repository_|org_|business_)?(?:dependabot|dependency_graph|vulnerability)/, 'protection'],
  [/^(?:repository_(?:dependency_graph|vulnerability_alerts|content_analysis)|private_vulnerability)/, 'protection'],
  [
    /two_factor|approval_(?:requirement|policy)|branch_protection|saml|oidc|ip_allow_list|oauth_app_restrictions/,
    'protection',
  ],
  [/^(?:org|business|enterprise)\.(?:sso|disable_sso|enable_sso)|^audit_log_stream/, 'protection'],

  // Secrets and what opens doors.
  [/^(?:personal_access_token|oauth_|integration|org_credential_authorization|credential_authorization)/, 'grant'],
  [/secret|actions_variable|^variable/, 'secret'],
  [/oauth_app_access|^(?:public_key|deploy_key|gpg_key|ssh_|security_key|passkey|application)/, 'grant'],
  [/^(?:repo|org|business)\.(?:add|remove|create|delete)?_?deploy_?key/, 'grant'],
  [/^hook\.|^(?:slack|teams|msteams)_|webhook/, 'integration'],

  // What members in general may do, and what a run's own token may, is configuration.
  [/_creation_permission|workflow_permissions|^members_can_/, 'setting'],

  // Who may do what.
  [/^(?:team|team_sync_tenant|external_group|external_identity|organization_role|role|business_role)\./, 'access'],
  [/^(?:repository_invitation|org_invitation|business_invitation|invitation|user|dotcom_connection)\./, 'access'],
  [/^(?:org|repo|business|enterprise|role)\..*(?:member|collaborator|admin|owner|manager|_user)/, 'access'],
  [/^(?:org|business)\.(?:.*invitation|.*external_identity|.*sso_session|.*recovery|sso_response)/, 'access'],
  [/permission|access_(?:granted|revoked)|_member$/, 'access'],

  // Code under review, and talk about it.
  [/^pull_request_review_comment\.|^commit_comment\./, 'discussion'],
  [/^pull_request_review\.|review_request/, 'review'],
  [/^pull_request\.|^merge_group\./, 'change'],
  [
    /^(?:issues?|issue_comment|discussion|discussion_post|discussion_post_reply|discussion_comment|gist)\./,
    'discussion',
  ],

  [/^repo\.(?:access|create|destroy|rename|transfer|archived|unarchived|restore|visibility)/, 'repository'],
  [/^(?:repository_visibility_change|repository_image|repo_transfer)/, 'repository'],

  // Whatever else is configured, billed or shown.
  [/^(?:org|repo|repository|business|enterprise|organization|private_repository|environment)/, 'setting'],
  [/^(?:account|billing|payment_method|marketplace|sponsors|profile_picture|codespaces|copilot|project)/, 'setting'],
  [/^(?:team_discussions|checks|actions_cache|artifact|custom_|enterprise_|metered_|immutable|interaction)/, 'setting'],
];

/** `other`: an action of a category that nothing here knows. */
export function kindOf(action: string): AuditKind {
  return TABLE.find(([pattern]) => pattern.test(action))?.[1] ?? 'other';
}
