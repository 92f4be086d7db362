// Entries of Bitbucket's audit log in the forms of Data Center and of Cloud, cut down to what is read of them.
import type { SourceCase } from '../../source-case.ts';

const EVENTS = 'https://confluence.atlassian.com/bitbucketserver/audit-log-events-776640423.html';
const FILES = 'https://confluence.atlassian.com/bitbucketserver/view-and-configure-the-audit-log-776640417.html';
const ORGANIZATION = 'https://developer.atlassian.com/cloud/admin/organization/rest/api-group-events/';
const WORKSPACE = 'https://support.atlassian.com/bitbucket-cloud/kb/request-audit-log-data-for-a-workspace/';

const file = {
  affectedObjects: [],
  author: { id: '2', name: 'admin', type: 'NORMAL' },
  changedValues: [],
  extraAttributes: [],
  method: 'Browser',
  node: '8767044c-1b98-4d64-82db-ef29af8c3792',
  source: '203.0.113.7,10.0.0.4',
  system: 'https://bitbucket.acme.example:7990',
  timestamp: { epochSecond: 1_772_445_600, nano: 313_000_000 },
  version: '1.0',
};
const typed = (action: string, category: string) => ({ action, category, level: 'BASE' });
const extra = (name: string, value: string) => ({ name, nameI18nKey: `bitbucket.${name}`, value });

export const cases: readonly SourceCase[] = [
  {
    name: 'Somebody becomes a system administrator',
    reference: EVENTS,
    record: {
      body: {
        ...file,
        auditType: typed('Global permission granted', 'Permissions'),
        affectedObjects: [{ id: '3', name: 'eve', type: 'USER' }],
        extraAttributes: [extra('Permission', 'SYS_ADMIN'), extra('target', 'Global')],
      },
    },
    drafts: [
      {
        kind: 'access',
        native_type: 'Global permission granted',
        observed_at: Date.parse('2026-03-02T10:00:00.313Z'),
        organization: 'bitbucket.acme.example',
        actor: { name: 'admin', id: '2', type: 'person' },
        client: { address: '203.0.113.7' },
        vcs: { provider: { name: 'bitbucket' } },
        detail: { action: 'Global permission granted', subject: 'eve', role: 'SYS_ADMIN' },
      },
    ],
  },
  {
    name: 'A sign-in over SSH fails; the form of the REST interface',
    reference: FILES,
    record: {
      body: {
        ...file,
        timestamp: '2026-03-02T10:00:00.087Z',
        author: { id: '-2', name: 'Anonymous', type: 'user' },
        type: { action: 'User login failed(SSH)', category: 'Authentication' },
        affectedObjects: [{ id: '2', name: 'admin', type: 'USER' }],
        extraAttributes: [extra('Authentication Method', 'ssh'), extra('Error', 'Key unknown')],
      },
    },
    drafts: [
      {
        kind: 'session',
        observed_at: Date.parse('2026-03-02T10:00:00.087Z'),
        actor: { name: 'admin', id: '2', type: 'unknown' },
        detail: { action: 'failure', method: 'ssh', reason: 'Key unknown' },
      },
    ],
  },
  {
    name: 'The audit log covers less than before',
    reference: FILES,
    record: {
      body: {
        ...file,
        timestamp: 1_772_445_600_313,
        auditType: typed('Audit Log configuration updated', 'Auditing'),
        changedValues: [
          { key: 'Coverage Level', i18nKey: 'atlassian.audit', from: 'security : full', to: 'security : off' },
        ],
      },
    },
    drafts: [
      {
        kind: 'protection',
        observed_at: 1_772_445_600_313,
        detail: { change: 'removed', what: 'audit log configuration', reasons: ['Coverage Level'] },
      },
    ],
  },
  {
    name: 'Secret scanning no longer looks at a repository',
    reference: EVENTS,
    record: {
      body: {
        ...file,
        auditType: typed('Secret scanning exempt repository added', 'Repositories'),
        affectedObjects: [
          { id: '5', name: 'Payments', type: 'PROJECT', uri: 'https://bitbucket.acme.example/projects/PAY' },
          {
            id: '9',
            name: 'shop',
            type: 'REPOSITORY',
            uri: 'https://bitbucket.acme.example/projects/PAY/repos/shop/browse',
          },
        ],
      },
    },
    drafts: [
      {
        kind: 'protection',
        vcs: { repository: { name: 'PAY/shop' } },
        detail: { change: 'removed', what: 'secret scanning exempt repository', target: 'Payments' },
      },
    ],
  },
  {
    name: 'Somebody exports all data',
    reference: EVENTS,
    record: { body: { ...file, auditType: typed('Full data export triggered', 'Data pipeline') } },
    drafts: [{ kind: 'request', actor: { name: 'admin' }, detail: { operation: 'Full data export triggered' } }],
  },
  {
    name: 'Somebody makes an access token',
    reference: EVENTS,
    record: {
      body: {
        ...file,
        auditType: typed('Personal access token created', 'Users and groups'),
        affectedObjects: [{ id: '2', name: 'admin', type: 'USER' }],
        extraAttributes: [extra('Name', 'ci'), extra('Permissions', 'PROJECT_ADMIN, REPO_ADMIN')],
      },
    },
    drafts: [
      {
        kind: 'grant',
        detail: { name: 'ci', type: 'personal access token', subject: 'admin', write: true },
      },
    ],
  },
  {
    name: 'The server changes a setting of its own',
    reference: FILES,
    record: {
      body: {
        ...file,
        source: undefined,
        auditType: typed('Elasticsearch settings changed', 'Global administration'),
        author: { id: '-1', name: 'System', type: 'system' },
        changedValues: [{ key: 'Username', i18nKey: 'bitbucket.search', to: 'bitbucket' }],
      },
    },
    drafts: [
      { kind: 'setting', actor: { name: 'System', type: 'bot' }, detail: { name: 'Username', to: 'bitbucket' } },
    ],
  },
  {
    name: 'Cloud: somebody adds a deploy key with a token',
    reference: ORGANIZATION,
    record: {
      body: {
        id: '01HQ7Z0000',
        type: 'events',
        attributes: {
          time: '2026-03-02T10:00:00.000Z',
          action: 'repository_deploy_key_added',
          actor: {
            id: '557058:d5765ebd',
            name: 'Mona',
            email: 'Mona@acme.example',
            auth: { authType: 'apiToken', tokenId: '42', tokenLabel: 'laptop' },
          },
          context: [{ id: '{r}', type: 'repositories', attributes: { full_name: 'acme/shop' } }],
          container: [{ id: '{w}', type: 'workspaces', attributes: { slug: 'acme' } }],
          location: { ip: '198.51.100.9', geo: '52.5,13.4', countryName: 'Germany' },
        },
      },
    },
    drafts: [
      {
        kind: 'grant',
        natural_id: '01HQ7Z0000',
        observed_at: Date.parse('2026-03-02T10:00:00Z'),
        organization: 'acme',
        actor: { name: 'Mona', id: '557058:d5765ebd', email: 'mona@acme.example' },
        credential: { id: '42', type: 'apiToken', name: 'laptop' },
        client: { address: '198.51.100.9' },
        vcs: { repository: { name: 'acme/shop' } },
        detail: { type: 'deploy key' },
      },
    ],
  },
  {
    name: "Cloud: a workspace's log tells that a second factor is no longer required",
    reference: WORKSPACE,
    record: {
      body: {
        Date: '2026-03-02T10:00:00Z',
        Actor: 'mona@acme.example',
        Event: 'account_property_changed',
        IP: '198.51.100.9',
        Workspace: 'acme',
        Description: '2FA is disabled',
      },
    },
    drafts: [
      {
        kind: 'protection',
        organization: 'acme',
        actor: { name: 'mona@acme.example', email: 'mona@acme.example', type: 'unknown' },
        client: { address: '198.51.100.9' },
        detail: { change: 'removed' },
      },
    ],
  },
  {
    name: "Cloud: a workspace's log tells of an app",
    reference: WORKSPACE,
    record: { body: { created_on: '2026-03-02T10:00:00Z', actor: 'mona', event: 'addon_installed' } },
    drafts: [{ kind: 'integration', actor: { name: 'mona' }, detail: { action: 'addon_installed' } }],
  },
];
