// Operations that are of another kind than their category. Each pattern is matched against what stands after the first
// dot of the action; the first that fits decides.
import type { Patterns } from './kind.ts';

/** What an organization, an enterprise and a repository have in common. */
const COMMON: Patterns = [
  [/export|download(?:_|$)/, 'request'],
  // Who may decide about a thing is a setting, whatever the thing is.
  [/runners?_policy|images?_policy|metered_usage|_limit_|rate_limit|autofix|ai_findings|custom_message/, 'setting'],
  [/self_hosted|runner_group|custom_image/, 'runner'],
  [/required_workflow/, 'protection'],
  [/_actions_secret|_integration_secret|_actions_variable|_secret$|_variable$/, 'secret'],
  [/^code_scanning_(?:analysis|configuration)/, 'alert'],
  [
    /advanced_security|code_scanning|codeql|secret_scanning|code_security|dependabot|vulnerab|dependency_graph/,
    'protection',
  ],
];

const ORGANIZATION: Patterns = [
  ...COMMON,
  [/^sso_response|recovery_code_(?:used|failed)/, 'session'],
  [/recovery_codes|^oauth_app_access/, 'grant'],
  [/two_factor|saml|oidc|scim|ip_disclosure|ip_allow|oauth_app_restrictions|proxy_security_header/, 'protection'],
  // What members in general may do, and what a run's own token may, is configuration.
  [/members_can_|creation_permission|invitation_permission|workflow_permission|repository_permission/, 'setting'],
  [/ownership|display_commenter|^config\./, 'setting'],
  [/(?:^|_)(?:members?|collaborators?|admin|owner|manager|entitlee|invitation)(?:_|$)|^invite|block_user/, 'access'],
  [/external_identity|sso_session|(?:team|user|repo)_access|^(?:add|remove)_organization$/, 'access'],
];

export const OPERATIONS: ReadonlyMap<string, Patterns> = new Map([
  ['org', ORGANIZATION],
  ['organization', ORGANIZATION],
  ['business', ORGANIZATION],
  ['enterprise', ORGANIZATION],
  [
    'repo',
    [
      ...COMMON,
      [/^config\.|workflow_permission/, 'setting'],
      [/_member$|collaborator$|staff_unlock|temporary_access|override_unlock|repo_access/, 'access'],
      [/^(?:access|create|destroy|rename|restore|archived|unarchived|disable|enable)$/, 'repository'],
      [/^(?:transfer|visibility|disk_archive|hide_from_discovery)/, 'repository'],
      [/^pages_build$/, 'deployment'],
    ],
  ],
  ['environment', [...COMMON, [/protection_rule/, 'protection'], [/^(?:approve|reject)/, 'deployment']]],
  [
    'workflows',
    [
      [/^prepared_workflow_job$/, 'job'],
      [/_workflow_job$/, 'deployment'],
      [/bypass|policy_violation/, 'protection'],
      [/^(?:disable|enable|pin|unpin)_/, 'setting'],
    ],
  ],
  [
    'user',
    [
      [/integration_secret/, 'secret'],
      [/two_factor_recovery_codes|change_password|reset_password/, 'grant'],
      [/login|logout|sign_in|device|two_factor|password|unrecognized|impersonat/, 'session'],
      [/audit_log_export/, 'request'],
      [/^(?:suspend|unsuspend|promote|demote|create|delete|destroy|async_delete|recreate)$/, 'access'],
      [/block_user|repo_access|grant_/, 'access'],
      [/comment/, 'discussion'],
    ],
  ],
  ['personal_access_token', [[/auto_approve|access_restriction|expiration_limit/, 'protection']]],
  [
    'staff',
    [
      [/credentials|token$/, 'grant'],
      [/login|impersonat/, 'session'],
    ],
  ],
  ['integration', [[/manager_/, 'access']]],
  ['checks', [[/delete_logs/, 'run']]],
  [
    'codespaces',
    [
      [/secret/, 'secret'],
      [/export/, 'request'],
      [/access|permissions/, 'access'],
    ],
  ],
  ['copilot', [[/access_(?:revoked|reinstated)|cfb_seat_(?:added|assign|cancelled)/, 'access']]],
  ['merge_queue', [[/update_settings/, 'protection']]],
  ['pull_request', [[/review_request/, 'review']]],
  ['issues', [[/^deletes_/, 'setting']]],
  ['team', [[/_limit_/, 'setting']]],
  [
    'two_factor_authentication',
    [
      [/sms$/, 'session'],
      [/recovery_codes/, 'grant'],
    ],
  ],
  ['project', [[/permission$/, 'access']]],
]);
