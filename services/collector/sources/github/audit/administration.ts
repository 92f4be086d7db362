// What audit-log entries about access, credentials, integrations, runners and sign-ins say.
import type { ActivityDetails } from '../../../../core/activity.ts';
import type { Json, JsonObject } from '../../../../core/json.ts';
import { at, instant, known, text, words, yesNo } from '../../../fields.ts';
import { hostOf } from '../shared/address.ts';

export function accessOf(action: string, operation: string, entry: JsonObject): ActivityDetails['access'] {
  const team = text(entry, 'team') ?? text(entry, 'data', 'team');
  return known({
    action,
    subject: subject(entry) ?? team,
    role: role(operation, entry),
    previous_role: previous(entry),
    team,
  });
}

function subject(entry: JsonObject): string | undefined {
  return (
    text(entry, 'user') ??
    text(entry, 'invitee') ??
    text(entry, 'blocked_user') ??
    text(entry, 'manager') ??
    text(entry, 'data', 'user') ??
    text(entry, 'email')
  );
}

/** Roles that the action names itself. */
const NAMED: readonly (readonly [RegExp, string])[] = [
  [/^(?:add|invite)_admin$/, 'admin'],
  [/^(?:add|invite)_billing_manager$/, 'billing_manager'],
  [/^add_security_manager$/, 'security_manager'],
  [/manager_added$/, 'app_manager'],
  [/^promote_maintainer$/, 'maintainer'],
  [/^demote_maintainer$/, 'member'],
  [/^promote$/, 'site_admin'],
];

function role(operation: string, entry: JsonObject): string | undefined {
  return (
    text(entry, 'new_repo_permission') ??
    text(entry, 'new_repo_base_role') ??
    text(entry, 'new_permission') ??
    text(entry, 'permission') ??
    text(entry, 'new_role') ??
    text(entry, 'role') ??
    text(entry, 'organization_role_name') ??
    text(entry, 'enterprise_role_name') ??
    text(entry, 'base_role') ??
    NAMED.find(([pattern]) => pattern.test(operation))?.[1]
  );
}

function previous(entry: JsonObject): string | undefined {
  return (
    text(entry, 'old_repo_permission') ??
    text(entry, 'old_repo_base_role') ??
    text(entry, 'old_permission') ??
    text(entry, 'old_role') ??
    text(entry, 'old_base_role')
  );
}

const GRANTS: readonly (readonly [RegExp, string])[] = [
  [/^personal_access_token/, 'personal access token'],
  [/^integration/, 'app'],
  [/^oauth_application|oauth_app_access/, 'oauth app'],
  [/^oauth_/, 'oauth token'],
  [/^org_credential_authorization|^credential_authorization/, 'single sign-on authorization'],
  [/^ssh_certificate_authority/, 'ssh certificate authority'],
  [/^gpg_key|^git_signing/, 'signing key'],
  [/^deploy_key/, 'deploy key'],
  [/recovery_codes/, 'recovery codes'],
  [/^passkey|^security_key/, 'second factor'],
];

export function grantOf(action: string, entry: JsonObject): ActivityDetails['grant'] {
  const readOnly = yesNo(entry, 'read_only');
  return known({
    action,
    name: grantName(entry),
    type: grantType(action, entry),
    subject: text(entry, 'user') ?? text(entry, 'requester'),
    fingerprint: text(entry, 'fingerprint'),
    write: readOnly === undefined ? undefined : !readOnly,
    reach: text(entry, 'repository_selection'),
    repositories: words(entry, 'repositories_added_names') ?? words(entry, 'repositories_removed_names'),
    expires_at: instant(entry, 'token_expires_at'),
  });
}

/** A key that belongs to a repository is a deploy key. */
function grantType(action: string, entry: JsonObject): string | undefined {
  if (action.startsWith('public_key.')) return text(entry, 'repo') ? 'deploy key' : 'ssh key';
  return GRANTS.find(([pattern]) => pattern.test(action))?.[1];
}

function grantName(entry: JsonObject): string | undefined {
  return (
    text(entry, 'oauth_application_name') ??
    text(entry, 'oauth_application') ??
    text(entry, 'integration') ??
    text(entry, 'user_programmatic_access_name') ??
    text(entry, 'title') ??
    text(entry, 'passkey_nickname') ??
    text(entry, 'nickname') ??
    text(entry, 'name')
  );
}

export function integrationOf(action: string, entry: JsonObject): ActivityDetails['integration'] {
  const config = at(entry, 'config');
  const host = hostIn(config) ?? hostOf(text(entry, 'hook_url')) ?? hostOf(text(entry, 'url'));
  const before = hostIn(at(entry, 'config_was'));
  return known({
    action,
    name: text(entry, 'name'),
    host,
    previous_host: before === host ? undefined : before,
    insecure_ssl: yesNo(config, 'insecure_ssl'),
    events: words(entry, 'events'),
  });
}

function hostIn(config: Json | undefined): string | undefined {
  return hostOf(text(config, 'url'));
}

export function runnerOf(operation: string, entry: JsonObject): ActivityDetails['runner'] {
  return known({
    action: operation,
    version: text(entry, 'target_version') ?? text(entry, 'runner_version'),
    previous_version: text(entry, 'source_version'),
    visibility: operation.includes('group') ? text(entry, 'visibility') : undefined,
    allows_public: yesNo(entry, 'runner_group_allow_public'),
    restricted_to_workflows: yesNo(entry, 'runner_group_restricted_to_workflows'),
  });
}

const SESSIONS: readonly (readonly [RegExp, ActivityDetails['session']['action']])[] = [
  [/fail/, 'failure'],
  [/logout/, 'logout'],
  [/impersonat|fake_login/, 'impersonation'],
  [/login|sign_in_from|new_device_used|challenge_success|code_used|verification_success|two_factor_recover$/, 'login'],
];
const METHODS: readonly (readonly [RegExp, string])[] = [
  [/sso/, 'single sign-on'],
  [/recover/, 'recovery code'],
  [/two_factor|sms/, 'two factor'],
  [/device/, 'device verification'],
  [/password/, 'password'],
];

export function sessionOf(operation: string, entry: JsonObject): ActivityDetails['session'] {
  return known({
    action: SESSIONS.find(([pattern]) => pattern.test(operation))?.[1] ?? 'other',
    method: METHODS.find(([pattern]) => pattern.test(operation))?.[1],
    mfa: operation === 'two_factor_challenge_success' ? true : undefined,
    reason: text(entry, 'reason') ?? operation,
  });
}
