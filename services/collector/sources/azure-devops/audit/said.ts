// What an audit row says beyond who and whence. `data` holds what the row's text is made of, by the names that the list of
// events shows in braces.
// https://learn.microsoft.com/en-us/azure/devops/organizations/audit/auditing-events
import type { ActivityDetails, Vcs } from '../../../../core/activity.ts';
import type { JsonObject } from '../../../../core/json.ts';
import { isObject } from '../../../../core/json.ts';
import { known } from '../../../fields.ts';
import type { Piece } from '../../../source.ts';
import { headOf } from '../shared/ref.ts';
import { kindOf } from './kinds.ts';

export function said(action: string, row: JsonObject): Piece {
  const data = isObject(row.data) ? row.data : {};
  const vcs = action.startsWith('Project.') ? projectOf(row, data) : vcsOf(row, data);
  const detail = detailOf(action, data);
  return vcs ? { ...detail, vcs } : detail;
}

function detailOf(action: string, data: JsonObject): Piece {
  const kind = kindOf(action);
  switch (kind) {
    case 'protection':
      return { kind, detail: protection(action, data) };
    case 'access':
      return { kind, detail: known({ action, subject: subjectOf(data), role: roleOf(data) }) };
    case 'grant':
      return { kind, detail: known({ action, name: first(data, 'displayName', 'connectionName', 'tokenId') }) };
    case 'secret':
      return { kind, detail: known({ action, name: first(data, 'variableGroupName', 'secureFileName', 'name') }) };
    case 'deployment':
      return { kind, detail: known({ action, environment: first(data, 'environmentName', 'stageName') }) };
    case 'release':
      return { kind, detail: known({ action, tag: first(data, 'releaseName') }) };
    case 'definition':
      return definition(action, data);
    case 'request':
      return { kind, detail: known({ operation: action, path: first(data, 'connectionName', 'format') }) };
    case 'setting':
      return { kind, detail: setting(action, data) };
    case 'integration':
    case 'run':
    case 'runner':
    case 'repository':
      return { kind, detail: { action } };
    case 'other':
      return { kind, detail: { type: action } };
  }
}

/** Names in `data` differ by event and version; another type is no mistake. */
function first(data: JsonObject, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const found = data[name];
    if (typeof found === 'string' && found !== '') return found;
    if (typeof found === 'number') return String(found);
  }
  return undefined;
}

/** A project and what it holds are made, shown and deleted as one. */
function projectOf(row: JsonObject, data: JsonObject): Vcs | undefined {
  const name = first(data, 'projectName', 'previousProjectName') ?? first(row, 'projectName');
  if (name === undefined) return undefined;
  const seen = first(data, 'projectVisibility')?.toLowerCase();
  const visibility = seen === 'public' ? ('public' as const) : seen === undefined ? undefined : ('private' as const);
  return { provider: { name: 'azure-devops' }, repository: known({ name, visibility }) };
}

function vcsOf(row: JsonObject, data: JsonObject): Vcs | undefined {
  const name = first(data, 'repoName', 'repositoryName');
  if (name === undefined) return undefined;
  const project = first(row, 'projectName') ?? first(data, 'projectName');
  const ref = first(data, 'friendlyName', 'defaultBranch', 'refName', 'name');
  const head = headOf(ref);
  return known({
    provider: { name: 'azure-devops' },
    repository: { name: project === undefined ? name : `${project}/${name}` },
    ref: head && { head },
  });
}

const GUARDS: readonly (readonly [string, string])[] = [
  ['AuditLog.', 'audit stream'],
  ['CheckConfiguration.', 'pipeline check'],
  ['OrganizationPolicy.', 'organization policy'],
  ['Organization.', 'directory of the organization'],
];

function protection(action: string, data: JsonObject): ActivityDetails['protection'] {
  return known({
    change: changeOf(action, data),
    what: GUARDS.find(([area]) => action.startsWith(area))?.[1] ?? 'branch policy',
    target: first(
      data,
      'policyName',
      'enforcePolicyName',
      'friendlyName',
      'policyTypeDisplayName',
      'displayName',
      'type',
    ),
  });
}

function changeOf(action: string, data: JsonObject): ActivityDetails['protection']['change'] {
  if (action.includes('Bypassed')) return 'overridden';
  if (/Removed|Deleted|Disabled|Unlink/.test(action) || isLoosened(data)) return 'removed';
  return /Created|Added|Enabled|Link/.test(action) ? 'added' : 'changed';
}

/** A policy `AllowX` guards by being off, any other (`DisallowX`, `EnforceX`, `LogAuditEvents`) by being on. */
function isLoosened(data: JsonObject): boolean {
  const name = first(data, 'policyName');
  const value = String(data.policyValue ?? '').toLowerCase();
  if (name === undefined || !/^(?:on|off|true|false)$/.test(value)) return false;
  return /(?:^|\.)Allow/.test(name) === (value === 'on' || value === 'true');
}

function subjectOf(data: JsonObject): string | undefined {
  return first(
    data,
    'memberDisplayName',
    'subjectDisplayName',
    'memberId',
    'subjectDescriptor',
    'userIdentifier',
    'newOwnerName',
    'identities',
    'resourceId',
  );
}

/** Of a permission, which and to what: `Contribute: Allow`. */
function roleOf(data: JsonObject): string | undefined {
  const permission = first(data, 'changedPermission');
  const to = first(data, 'permissionModifiedTo');
  if (permission !== undefined) return to === undefined ? permission : `${permission}: ${to}`;
  return first(data, 'groupDisplayName', 'groupName', 'groupId', 'accessLevel', 'resourceType');
}

/** Where its pipeline is not named, it is a setting. */
function definition(action: string, data: JsonObject): Piece {
  const path = first(data, 'pipelineName', 'releasePipelineName');
  if (path === undefined) return { kind: 'setting', detail: setting(action, data) };
  const change = action.endsWith('Created') ? 'added' : action.endsWith('Deleted') ? 'removed' : 'changed';
  return { kind: 'definition', detail: { system: 'azure-devops', path, change } };
}

function setting(action: string, data: JsonObject): ActivityDetails['setting'] {
  return known({
    action,
    name: first(data, 'settingName', 'extensionName', 'policyName', 'projectName', 'meterName', 'processName'),
    from: first(data, 'oldValue', 'previousProjectVisibility', 'fromVersion', 'previousValue'),
    to: first(data, 'newValue', 'projectVisibility', 'version', 'policyValue'),
  });
}
