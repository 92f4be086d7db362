// Which kind of activity an audited action is. Actions are `Area.What`; the first line that fits decides.
// https://learn.microsoft.com/en-us/azure/devops/organizations/audit/auditing-events
import type { ActivityKind } from '../../../../core/activity.ts';

export type AuditKind = Extract<
  ActivityKind,
  | 'access'
  | 'definition'
  | 'deployment'
  | 'grant'
  | 'integration'
  | 'other'
  | 'protection'
  | 'release'
  | 'repository'
  | 'request'
  | 'run'
  | 'runner'
  | 'secret'
  | 'setting'
>;

const TABLE: readonly (readonly [RegExp, AuditKind])[] = [
  // Guard rails: streams of this log, policies, checks.
  [/^AuditLog\.Stream(?!Read)/, 'protection'],
  [/^AuditLog\.|^Library\.ServiceConnectionExecuted$/, 'request'],
  [/^Git\.RefUpdatePoliciesBypassed|^Policy\.|^CheckConfiguration\.|^OrganizationPolicy\./, 'protection'],
  [/^CheckSuite\./, 'deployment'],

  [/^Organization\.(?:Link|Unlink)/, 'protection'],

  [/^Git\.Repository|^Project\.(?!AreaPath)/, 'repository'],

  // Who may do what.
  [/^Security\.|^Permission|^Group\.|^Licensing\.|^Organization\.Update\.(?:ForceUpdate)?Owner/, 'access'],
  [/^Pipelines\.Resource(?:Not|Un)?[Aa]uthorized/, 'access'],
  [/^Token\.|^OAuth|^Library\.ServiceConnection/, 'grant'],
  [/^Library\.(?:VariableGroup|SecureFile|Variable)/, 'secret'],
  [/^Library\.Agent|^(?:Agent|ElasticPool|DeploymentGroup)/, 'runner'],
  [/^Extension\.|^Hook|^ServiceHook|^Notification/, 'integration'],

  // What runs and what it runs from.
  [/^Pipelines\.Deployment|^Release\.(?:Deployment|Approval)|^Environment/, 'deployment'],
  [/^Pipelines\.Pipeline(?:Created|Deleted|Modified)|^Release\.ReleasePipeline/, 'definition'],
  [/^Pipelines\.(?:Run|Build)/, 'run'],
  [/^Release\./, 'release'],

  [
    /^(?:Organization|Project|Pipelines|Process|Billing|Artifacts|Profile|Wiki|Analytics|Work|Favorites|Test)\b/,
    'setting',
  ],
];

export function kindOf(action: string): AuditKind {
  return TABLE.find(([pattern]) => pattern.test(action))?.[1] ?? 'other';
}
