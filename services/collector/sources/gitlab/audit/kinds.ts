// Which kind of activity an audit event is, by the words of its name: some 500 exist and more come, so the table goes
// from the particular to the general and the first line that fits decides. Words come in either order
// (`release_created`, `created release`). https://docs.gitlab.com/user/compliance/audit_event_types/
import type { ActivityKind } from '../../../../core/activity.ts';

/** Each pattern is matched against the whole name; all of them run in linear time. */
const TABLE = [
  // Signing in.
  [
    /^(?:omniauth_)?login_failed|^authenticated_with|authenticated_using|smartcard_auth|impersonat|signed_in|logged_in|to_login/,
    'session',
  ],

  // What can be read, and is.
  [/job_artifact/, 'artifact'],
  [/(?:^|_)variables?(?:_|$)|secrets_manager/, 'secret'],
  [/git_operation|_download_|download_started|_export(?:_|$)|direct_transfer|api_request|_accessed$/, 'request'],

  // Rules about runners and tokens, before runners and tokens themselves.
  [/registration_(?:token|enabled)_updated|shared_runners_minutes/, 'setting'],
  [
    /ssh_certificates_updated|disable_(?:personal_access_tokens|ssh_keys)|tokens_expiration|token_creation_allowed/,
    'protection',
  ],
  [/job_token_(?:group|project|inbound|policies|scope)|token_push_bypass/, 'protection'],
  [/(?:^|_)runners?(?:_|$)/, 'runner'],
  [/(?:^|_)tokens?(?:_|$)|gpg_key|ssh_key|deploy_key|ssh_certificate|oauth_application|passkey/, 'grant'],

  // Findings, and what was decided about them.
  [/vulnerabilit|policy_violations_(?:detected|resolved)|compliance_(?:control_status|violation)/, 'alert'],
  [/compliance_external_control/, 'alert'],

  // Guard rails: code, deployments, people, scanners, the audit log itself.
  [/^merge_request_approval|approved_merge_request|status_check_response/, 'review'],
  [/protected_(?:branch|tag|environment|container|package)|environment_(?:un)?protected/, 'protection'],
  [/approval|approve(?:_|$)|approver|code_owner|status_check|push_rules?(?:_|$)/, 'protection'],
  [/only_allow_merge|merge_on_skipped|merge_pipelines_enabled|merge_trains_enabled/, 'protection'],
  [/security_policy|policy_project|policy_warn_mode|compliance|push_protection/, 'protection'],
  [/security_(?:exclusion|setting|and_compliance|attribute|category)|validity_checks/, 'protection'],
  [
    /two_factor|(?:^|_)mfa(?:_|$)|step_up_auth|saml_provider|saml_extern_uid|ip_restrict|allowed_email_domain/,
    'protection',
  ],
  [/streaming|namespace_filter|type_filters?|amazon_s3|google_cloud_logging/, 'protection'],
  [/membership_lock|with_group_lock|prevent_(?:sharing|forking)|emails?_domain/, 'protection'],

  // What people make of code.
  [/merge_requests_(?:template|access_level)|merge_request_link/, 'setting'],
  [/merge_request/, 'change'],
  [/pipeline/, 'run'],
  [/^deployment|_deployment$/, 'deployment'],
  [/releases_access_level/, 'setting'],
  [/(?:^|_)release(?:_|$)/, 'release'],
  [/^comment|(?:^|_)(?:issue|epic|work_item|task|test_case|incident)_|_(?:issue|epic|work_item)$/, 'discussion'],
  [/^package_registry|^container_repository|^virtual_registr|^ml_model/, 'package'],
  [/webhook|project_hook|group_hook|system_hook|cluster_agent|integration/, 'integration'],

  // Who may do what.
  [/^member|_member(?:_|$)|membership|group_links?(?:_|$)|with_group_link|role(?:s|_|$)|scim/, 'access'],
  [/user_(?:profile|email_address|name|username|signups)|in_email|mentions/, 'setting'],
  [/(?:^|_)(?:user|registration|password|email)(?:_|$)/, 'access'],

  // What holds the code.
  [
    /^(?:inactive_)?(?:project|group)_(?:archived|unarchived|created|destroyed|deletion|restored|imported|scheduled)/,
    'repository',
  ],
  [/^project_(?:fork|blobs|text_replacement|namespace|path)|^group_path|visibility/, 'repository'],
  [/(?:project|group)_marked|^(?:archived|unarchived|restored|transferred|forked|imported)_/, 'repository'],

  // Whatever else was made, changed or removed is configuration.
  [
    /(?:created?|updated?|deleted?|destroyed?|destroy|removed?|added?|changed?|enabled?|disabled?|accepted)(?:_|$)/,
    'setting',
  ],
  [/housekeeping|settings?(?:_|$)/, 'setting'],
] as const satisfies readonly (readonly [RegExp, ActivityKind])[];

export type AuditKind = (typeof TABLE)[number][1] | 'other';

/** `other`: no word in the name says what it is. */
export function kindOf(name: string): AuditKind {
  return TABLE.find(([pattern]) => pattern.test(name))?.[1] ?? 'other';
}
