// Rows in the form of the query API's page, with the actions of the list of events; streams write the same in upper case.
import type { SourceCase } from '../../source-case.ts';

const LIST = 'https://learn.microsoft.com/en-us/azure/devops/organizations/audit/auditing-events';
const QUERY = 'https://learn.microsoft.com/en-us/rest/api/azure/devops/audit/audit-log/query';
const STREAM = 'https://learn.microsoft.com/en-us/azure/devops/organizations/audit/auditing-streaming';

function row(actionId: string, data: object, more: object = {}): object {
  return {
    id: '2638135012;00000064-0000-8888-8000-000000000000;a3f1',
    correlationId: '7e2e5cf1',
    activityId: '7e2e5cf2',
    actorCUID: '4b8c1d2e',
    actorUserId: '5d1f2a3b',
    actorClientId: '00000000-0000-0000-0000-000000000000',
    actorUPN: 'Mara@example.org',
    authenticationMechanism: 'AAD_Cookie',
    timestamp: '2026-03-01T10:00:00.1234567Z',
    scopeType: 'organization',
    scopeDisplayName: 'fabrikam (Organization)',
    projectId: '6ce954b1',
    projectName: 'Fabrikam',
    ipAddress: '198.51.100.7',
    userAgent: 'Mozilla/5.0',
    actionId,
    data,
    details: 'Something was done.',
    area: actionId.split('.')[0],
    category: 'modify',
    actorDisplayName: 'Mara',
    ...more,
  };
}

export const cases: readonly SourceCase[] = [
  {
    name: 'branch policies are bypassed',
    reference: LIST,
    record: {
      body: row('Git.RefUpdatePoliciesBypassed', { RepoName: 'shop', FriendlyName: 'main', BypassReason: 'urgent' }),
    },
    drafts: [
      {
        kind: 'protection',
        native_type: 'Git.RefUpdatePoliciesBypassed',
        natural_id: '2638135012;00000064-0000-8888-8000-000000000000;a3f1',
        observed_at: Date.parse('2026-03-01T10:00:00.123Z'),
        organization: 'fabrikam',
        actor: { name: 'Mara@example.org', email: 'mara@example.org', id: '5d1f2a3b', type: 'unknown' },
        client: { address: '198.51.100.7', user_agent: 'Mozilla/5.0' },
        vcs: { repository: { name: 'Fabrikam/shop' }, ref: { head: { name: 'main' } } },
        detail: { change: 'overridden', what: 'branch policy', target: 'main' },
      },
    ],
  },
  {
    name: 'a token is made with a token, told by a stream',
    reference: STREAM,
    record: {
      body: {
        Id: 'x1',
        ActorUPN: 'mara@example.org',
        ActorUserId: '5d1f2a3b',
        AuthenticationMechanism: 'PAT_Unscoped authorizationId: 67f3b0ba-4d1e-4f2f-9df1-0a1b2c3d4e5f',
        Timestamp: '2026-03-01T10:00:00Z',
        ScopeDisplayName: 'fabrikam (Organization)',
        IpAddress: '198.51.100.7',
        UserAgent: 'curl/8.5.0',
        ActionId: 'Token.PatCreateEvent',
        Data: { DisplayName: 'build', Scopes: ['vso.code_write'] },
        Area: 'Token',
        Category: 'create',
      },
    },
    drafts: [
      {
        kind: 'grant',
        natural_id: 'x1',
        organization: 'fabrikam',
        credential: { id: '67f3b0ba-4d1e-4f2f-9df1-0a1b2c3d4e5f', type: 'PAT_Unscoped' },
        client: { address: '198.51.100.7', user_agent: 'curl/8.5.0' },
        detail: { action: 'Token.PatCreateEvent', name: 'build' },
      },
    ],
  },
  {
    name: 'a permission is given',
    reference: LIST,
    record: {
      body: row('Security.ModifyPermission', {
        NamespaceName: 'Git Repositories',
        ChangedPermission: 'Bypass policies when pushing',
        PermissionModifiedTo: 'Allow',
        SubjectDisplayName: '[Fabrikam]\\Contributors',
      }),
    },
    drafts: [
      {
        kind: 'access',
        detail: {
          action: 'Security.ModifyPermission',
          subject: '[Fabrikam]\\Contributors',
          role: 'Bypass policies when pushing: Allow',
        },
      },
    ],
  },
  {
    name: 'the stream of this log is disabled',
    reference: LIST,
    record: { body: row('AuditLog.StreamDisabledByUser', { ConsumerType: 'Splunk', DisplayName: 'siem' }) },
    drafts: [{ kind: 'protection', detail: { change: 'removed', what: 'audit stream', target: 'siem' } }],
  },
  {
    name: 'strangers may look in',
    reference: LIST,
    record: {
      body: row('OrganizationPolicy.PolicyValueUpdated', {
        PolicyName: 'Policy.AllowAnonymousAccess',
        PolicyValue: 'ON',
      }),
    },
    drafts: [
      {
        kind: 'protection',
        detail: { change: 'removed', what: 'organization policy', target: 'Policy.AllowAnonymousAccess' },
      },
    ],
  },
  {
    name: 'a variable group is changed by a pipeline',
    reference: LIST,
    record: {
      body: row(
        'Library.VariableGroupModified',
        { VariableGroupName: 'production' },
        { actorUPN: '', actorDisplayName: 'Fabrikam Build Service (fabrikam)' },
      ),
    },
    drafts: [
      {
        kind: 'secret',
        actor: { name: 'Fabrikam Build Service (fabrikam)', type: 'bot' },
        detail: { action: 'Library.VariableGroupModified', name: 'production' },
      },
    ],
  },
  {
    name: 'runs are kept for a day only',
    reference: LIST,
    record: {
      body: row('Pipelines.PipelineRetentionSettingChanged', { SettingName: 'PurgeRuns', OldValue: '30', NewValue: 1 }),
    },
    drafts: [{ kind: 'setting', detail: { name: 'PurgeRuns', from: '30', to: '1' } }],
  },
  {
    name: 'a pipeline is made',
    reference: LIST,
    record: { body: row('Pipelines.PipelineCreated', { PipelineName: 'release' }) },
    drafts: [{ kind: 'definition', detail: { system: 'azure-devops', path: 'release', change: 'added' } }],
  },
  {
    name: 'an extension is installed; an address that is none',
    reference: QUERY,
    record: { body: row('Extension.Installed', { ExtensionName: 'helper', PublisherName: 'x' }, { ipAddress: 7 }) },
    drafts: [{ kind: 'integration', detail: { action: 'Extension.Installed' } }],
    notes: ['ipAddress: expected text, found a number'],
  },
];
