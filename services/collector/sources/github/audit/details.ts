// What each kind of activity says beyond the common fields, read from an audit-log entry.
import type { ActivityDetails } from '../../../../core/activity.ts';
import type { JsonObject } from '../../../../core/json.ts';
import { at, flag, known, list, number, text, texts } from '../../../fields.ts';
import type { ActivityDraft, DistributiveOmit } from '../../../source.ts';
import { loosened } from '../shared/guard.ts';
import type { AuditKind } from './kinds.ts';

type Said = DistributiveOmit<ActivityDraft, 'native_type'>;

/** `action` is the entry's full action, `category.operation`. */
export function said(kind: AuditKind, action: string, entry: JsonObject): Said {
  const operation = action.slice(action.indexOf('.') + 1);
  switch (kind) {
    case 'request':
      return {
        kind,
        detail: known({
          operation: action === 'api.request' ? (text(entry, 'route') ?? action) : action,
          method: text(entry, 'request_method'),
          path: text(entry, 'url_path'),
          status: number(entry, 'status_code'),
        }),
      };
    case 'protection':
      return { kind, detail: protection(action, operation, entry) };
    case 'secret':
      return {
        kind,
        detail: known({ action, name: text(entry, 'key') ?? text(entry, 'secret_name') ?? text(entry, 'name') }),
      };
    case 'access':
      return { kind, detail: known({ action, subject: subject(entry), role: role(entry) }) };
    case 'grant':
      return { kind, detail: known({ action, name: grantName(entry) }) };
    case 'integration':
      return { kind, detail: known({ action, host: host(entry) }) };
    case 'alert':
      return { kind, detail: known({ action, tool: action.split('.', 1)[0], rule: alertRule(entry) }) };
    case 'discussion':
      return { kind, detail: { action, on: place(action) } };
    case 'change':
      return { kind, detail: known({ action: operation, merged: operation.endsWith('merge') ? true : undefined }) };
    case 'review':
      return { kind, detail: known({ action: operation, verdict: text(entry, 'review_state') }) };
    case 'package':
      return {
        kind,
        detail: known({ action: operation, name: text(entry, 'package'), version: text(entry, 'version') }),
      };
    case 'release':
      return { kind, detail: known({ action: operation, tag: text(entry, 'tag_name') }) };
    case 'deployment':
      return {
        kind,
        detail: known({
          action: operation,
          environment: text(entry, 'environment_name') ?? text(entry, 'environment'),
        }),
      };
    case 'setting':
      return { kind, detail: known({ action, name: text(entry, 'name') }) };
    case 'run':
    case 'job':
    case 'repository':
    case 'runner':
      return { kind, detail: { action: operation } };
    case 'other':
      return { kind, detail: { type: action } };
  }
}

/** The secrets that a job was handed, by name: an activity beside the job's own. */
export function handedSecrets(action: string, entry: JsonObject): Said | undefined {
  const names = texts(entry, 'secrets_passed') ?? [];
  return names.length === 0 ? undefined : { kind: 'secret', detail: { action, names } };
}

const REMOVED = /destroy|disable|delete|remove|revoke/;
const ADDED = /\.(?:create|enable|add)|_enabled$|\.enabled$/;
const OVERRIDDEN = /override|bypass/;

function protection(action: string, operation: string, entry: JsonObject): ActivityDetails['protection'] {
  return known({
    change: protectionChange(action, operation, entry),
    what: what(action, operation),
    target: text(entry, 'ruleset_name') ?? text(entry, 'name') ?? text(entry, 'environment_name'),
  });
}

function protectionChange(
  action: string,
  operation: string,
  entry: JsonObject,
): ActivityDetails['protection']['change'] {
  if (OVERRIDDEN.test(operation)) return 'overridden';
  if (REMOVED.test(operation)) return 'removed';
  // `update_X` carries the new value under the name X.
  const setting = /^update_(\w+)$/.exec(operation)?.[1];
  if (setting !== undefined && loosened(setting, undefined, at(entry, setting))) return 'removed';
  const before = text(entry, 'ruleset_old_enforcement');
  if (isEnforced(before) && !isEnforced(text(entry, 'ruleset_enforcement'))) return 'removed';
  return ADDED.test(action) ? 'added' : 'changed';
}

function isEnforced(enforcement: string | undefined): boolean {
  return enforcement === 'active' || enforcement === 'enabled';
}

const GUARDS: ReadonlyMap<string, string> = new Map([
  ['protected_branch', 'branch protection'],
  ['repository_ruleset', 'ruleset'],
  ['org', ''],
  ['business', ''],
  ['enterprise', ''],
  ['repo', ''],
]);

/** `protected_branch.update_admin_enforced` → `branch protection: admin enforced`. */
function what(action: string, operation: string): string {
  const category = action.slice(0, Math.max(action.indexOf('.'), 0));
  const guard = GUARDS.get(category) ?? category.replaceAll('_', ' ');
  const rest = operation
    .replace(/^(?:create|destroy|enable|disable|delete|remove|add|update)(?:_|$)/, '')
    .replace(/_?(?:enabled|disabled)$/, '')
    .replaceAll('_', ' ');
  return [guard, rest].filter((part) => part !== '').join(': ') || action;
}

function subject(entry: JsonObject): string | undefined {
  return (
    text(entry, 'user') ??
    text(entry, 'invitee') ??
    text(entry, 'blocked_user') ??
    text(entry, 'team') ??
    text(entry, 'data', 'user') ??
    text(entry, 'data', 'team') ??
    text(entry, 'email')
  );
}

function role(entry: JsonObject): string | undefined {
  return (
    text(entry, 'new_repo_permission') ??
    text(entry, 'new_permission') ??
    text(entry, 'permission') ??
    text(entry, 'new_role') ??
    text(entry, 'role')
  );
}

function grantName(entry: JsonObject): string | undefined {
  return (
    text(entry, 'oauth_application_name') ??
    text(entry, 'oauth_application') ??
    text(entry, 'integration') ??
    text(entry, 'user_programmatic_access_name') ??
    text(entry, 'title') ??
    text(entry, 'name')
  );
}

function host(entry: JsonObject): string | undefined {
  const url = text(entry, 'config', 'url') ?? text(entry, 'hook_url') ?? text(entry, 'url');
  const name = url === undefined ? undefined : URL.parse(url)?.hostname;
  return name === '' ? undefined : name;
}

function alertRule(entry: JsonObject): string | undefined {
  return text(entry, 'ghsa_id') ?? text(entry, 'secret_type') ?? text(entry, 'rule_id');
}

function place(action: string): ActivityDetails['discussion']['on'] {
  if (action.startsWith('pull_request')) return 'change';
  if (action.startsWith('commit')) return 'commit';
  return action.startsWith('issue') ? 'issue' : 'discussion';
}

/** First element of what may be a list: entries of enterprises name several organizations or repositories. */
export function firstText(entry: JsonObject, key: string): string | undefined {
  const first = list(entry, key)[0];
  return text(entry, key) ?? (typeof first === 'string' ? first : undefined);
}

/** Whether the repository is public, under the three names that entries use for it. */
export function visibility(entry: JsonObject): 'public' | 'private' | undefined {
  const isPublic = flag(entry, 'public_repo') ?? flag(entry, 'repository_public');
  if (isPublic !== undefined) return isPublic ? 'public' : 'private';
  const word = text(entry, 'visibility');
  return word === 'public' ? 'public' : word === 'private' || word === 'internal' ? 'private' : undefined;
}
