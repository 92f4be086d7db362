// What each kind of activity says beyond the common fields, read from an audit-log entry.
import type { ActivityDetails } from '../../../../core/activity.ts';
import type { JsonObject } from '../../../../core/json.ts';
import { identifier, known, number, scalar, text, words, yesNo } from '../../../fields.ts';
import type { Piece } from '../../../source.ts';
import { accessOf, grantOf, integrationOf, runnerOf, sessionOf } from './administration.ts';
import type { AuditKind } from './kind.ts';
import { protectionOf } from './protection.ts';

/** `action` is the entry's full action, `category.operation`. */
export function said(kind: AuditKind, action: string, entry: JsonObject): Piece {
  const operation = action.slice(action.indexOf('.') + 1);
  switch (kind) {
    case 'request':
      return { kind, detail: requestOf(action, entry) };
    case 'protection':
      return { kind, detail: protectionOf(action, operation, entry) };
    case 'secret':
      return { kind, detail: known({ action, name: secretName(entry), environment: environment(entry) }) };
    case 'access':
      return { kind, detail: accessOf(action, operation, entry) };
    case 'grant':
      return { kind, detail: grantOf(action, entry) };
    case 'integration':
      return { kind, detail: integrationOf(action, entry) };
    case 'session':
      return { kind, detail: sessionOf(operation, entry) };
    case 'alert':
      return { kind, detail: alertOf(action, operation, entry) };
    case 'discussion':
      return { kind, detail: { action: operation, on: place(action) } };
    case 'change':
      return { kind, detail: changeOf(operation) };
    case 'review':
      return { kind, detail: known({ action: operation, verdict: text(entry, 'review_state')?.toLowerCase() }) };
    case 'package':
      return { kind, detail: packageOf(operation, entry) };
    case 'artifact':
      return { kind, detail: artifactOf(operation, entry) };
    case 'release':
      return { kind, detail: known({ action: operation, tag: text(entry, 'tag_name') }) };
    case 'deployment':
      return {
        kind,
        detail: known({ action: DECISIONS.get(operation) ?? operation, environment: environment(entry) }),
      };
    case 'setting':
      return { kind, detail: settingOf(action, entry) };
    case 'job':
      return { kind, detail: jobOf(operation, entry) };
    case 'runner':
      return { kind, detail: runnerOf(operation, entry) };
    case 'repository':
      return { kind, detail: repositoryOf(operation, entry) };
    case 'run':
      return { kind, detail: { action: operation } };
    case 'other':
      return { kind, detail: { type: action } };
  }
}

/** The secrets that a job was handed, by name: an activity beside the job's own. */
export function handedSecrets(action: string, entry: JsonObject): Piece | undefined {
  const names = words(entry, 'secrets_passed') ?? [];
  if (names.length === 0) return undefined;
  return { kind: 'secret', detail: known({ action, names, environment: environment(entry) }) };
}

/** https://docs.github.com/en/enterprise-cloud@latest/admin/monitoring-activity-in-your-enterprise/reviewing-audit-logs-for-your-enterprise/streaming-the-audit-log-for-your-enterprise#enabling-audit-log-streaming-of-api-requests */
function requestOf(action: string, entry: JsonObject): ActivityDetails['request'] {
  return known({
    operation: action === 'api.request' ? (text(entry, 'route') ?? action) : action,
    method: text(entry, 'request_method'),
    path: text(entry, 'url_path'),
    status: number(entry, 'status_code'),
    transport: text(entry, 'transport_protocol_name') ?? text(entry, 'protocol_name'),
  });
}

function secretName(entry: JsonObject): string | undefined {
  return text(entry, 'key') ?? text(entry, 'secret_name') ?? text(entry, 'name');
}

function environment(entry: JsonObject): string | undefined {
  return text(entry, 'environment_name') ?? text(entry, 'environment');
}

/** The words that webhooks have for the same. */
const CHANGES: ReadonlyMap<string, string> = new Map([
  ['create', 'opened'],
  ['close', 'closed'],
  ['reopen', 'reopened'],
  ['merge', 'closed'],
  ['indirect_merge', 'closed'],
]);
const DECISIONS: ReadonlyMap<string, string> = new Map([
  ['approve_workflow_job', 'approved'],
  ['reject_workflow_job', 'rejected'],
  ['comment_workflow_job', 'commented'],
]);

function changeOf(operation: string): ActivityDetails['change'] {
  const merged = operation.endsWith('merge') ? true : operation === 'close' ? false : undefined;
  return known({ action: CHANGES.get(operation) ?? operation, merged });
}

function packageOf(operation: string, entry: JsonObject): ActivityDetails['package'] {
  return known({
    action: operation,
    name: text(entry, 'package'),
    version: text(entry, 'version'),
    type: text(entry, 'ecosystem')?.toLowerCase(),
  });
}

function artifactOf(operation: string, entry: JsonObject): ActivityDetails['artifact'] {
  return known({
    action: operation,
    name: text(entry, 'actions_cache_key') ?? text(entry, 'artifact_name') ?? text(entry, 'name'),
    version: text(entry, 'actions_cache_version'),
    location: text(entry, 'actions_cache_scope'),
  });
}

function alertOf(action: string, operation: string, entry: JsonObject): ActivityDetails['alert'] {
  return known({
    action: operation,
    tool: action.split('.', 1)[0],
    rule: text(entry, 'ghsa_id') ?? text(entry, 'secret_type') ?? text(entry, 'rule_id'),
    title: text(entry, 'secret_type_display_name'),
    verified: text(entry, 'current_validity') === 'active' ? true : undefined,
  });
}

function jobOf(operation: string, entry: JsonObject): ActivityDetails['job'] {
  const callers = words(entry, 'calling_workflow_shas');
  return known({
    action: operation,
    environment: environment(entry),
    workflow_ref: text(entry, 'job_workflow_ref'),
    caller_revisions: callers?.length ? callers : undefined,
    imposer: text(entry, 'imposer_repo'),
  });
}

/** Names under which the values before and after stand, in pairs; the first pair of which something is told decides. */
const PAIRS = [
  ['old_branch', 'new_branch'],
  ['old_policy', 'new_policy'],
  ['old_policy', 'policy'],
  ['old_permission', 'permission'],
  ['old_value', 'new_value'],
  ['previous_value', 'current_value'],
  ['old_access', 'new_access'],
  ['old_repo_runners_policy', 'new_repo_runners_policy'],
  ['old_emu_repo_runners_policy', 'new_emu_repo_runners_policy'],
  ['old_project_base_role', 'new_project_base_role'],
  ['old_plan', 'plan'],
  ['from_business', 'to_business'],
  ['old_login', 'new_login'],
  ['old_user', 'owner'],
  ['repo_was', 'new_nwo'],
  ['old_name', 'name'],
  ['old_limit', 'limit'],
  ['previous_visibility', 'visibility'],
] as const;
/** Of these, the second says nothing about a change without the first. */
const TOGETHER: ReadonlySet<string> = new Set(['owner', 'name', 'plan', 'permission']);

function difference(entry: JsonObject): { readonly from?: string; readonly to?: string } {
  for (const [before, after] of PAIRS) {
    const [from, to] = [scalar(entry, before), scalar(entry, after)];
    if (from !== undefined || (to !== undefined && !TOGETHER.has(after))) return known({ from, to });
  }
  return {};
}

/** Switching the default branch and renaming it are told like the webhook tells them. */
function settingOf(action: string, entry: JsonObject): ActivityDetails['setting'] {
  const branch = /branch$/.test(action) && action.startsWith('repo.');
  // Enterprises' entries carry the enterprise's name as `name`.
  const own = action.startsWith('business.') ? undefined : text(entry, 'name');
  const name =
    text(entry, 'environment_name') ??
    text(entry, 'property_name') ??
    text(entry, 'topic') ??
    own ??
    workflow(action, entry);
  return known({ action, name: branch ? branchName(entry) : name, ...difference(entry) });
}

function branchName(entry: JsonObject): string {
  return yesNo(entry, 'default_branch') === false ? 'branch' : 'default_branch';
}

function workflow(action: string, entry: JsonObject): string | undefined {
  return action.startsWith('workflows.') ? identifier(entry, 'workflow_id') : undefined;
}

function repositoryOf(operation: string, entry: JsonObject): ActivityDetails['repository'] {
  const { from, to } = difference(entry);
  return known({ action: operation, from, to });
}

function place(action: string): ActivityDetails['discussion']['on'] {
  if (action.startsWith('pull_request')) return 'change';
  if (action.startsWith('commit')) return 'commit';
  return action.startsWith('issue') || action.startsWith('sub_issue') ? 'issue' : 'discussion';
}
