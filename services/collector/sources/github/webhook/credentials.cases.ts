// GitHub deliveries about apps, webhooks, members and tokens, cut down to what is read of them.
import type { SourceCase } from '../../../source-case.ts';

const DOCS = 'https://docs.github.com/en/webhooks/webhook-events-and-payloads';

const acme = { login: 'acme', id: 3, type: 'Organization' };
const common = {
  repository: { name: 'shop', full_name: 'acme/shop', private: false, owner: acme },
  organization: acme,
  sender: { login: 'mona', id: 7, type: 'User' },
};

export const credentialCases: readonly SourceCase[] = [
  {
    name: 'An app is installed that may write code in some repositories',
    reference: `${DOCS}#installation`,
    record: {
      event: 'installation',
      body: {
        action: 'created',
        sender: common.sender,
        installation: {
          id: 957387,
          account: acme,
          app_id: 29310,
          app_slug: 'deploy-helper',
          repository_selection: 'selected',
          permissions: { contents: 'write', metadata: 'read' },
          events: [],
          created_at: 1_772_445_600,
          updated_at: 1_772_445_600,
        },
        repositories: [{ id: 35, name: 'shop', full_name: 'acme/shop', private: false }],
      },
    },
    drafts: [
      {
        kind: 'grant',
        organization: 'acme',
        observed_at: Date.parse('2026-03-02T10:00:00Z'),
        detail: {
          action: 'installation.created',
          name: 'deploy-helper',
          type: 'app',
          subject: 'acme',
          permissions: { contents: 'write', metadata: 'read' },
          reach: 'selected',
          repositories: ['acme/shop'],
        },
      },
    ],
  },
  {
    name: 'A new webhook sends to a host whose certificate is not checked',
    reference: `${DOCS}#ping`,
    record: {
      event: 'ping',
      body: {
        ...common,
        zen: 'Design for failure.',
        hook_id: 109948940,
        hook: {
          type: 'Repository',
          name: 'web',
          active: true,
          events: ['push', 'release'],
          config: { content_type: 'json', insecure_ssl: '1', url: 'https://hooks.example.net/in?x=1' },
        },
      },
    },
    drafts: [
      {
        kind: 'integration',
        detail: { action: 'ping', host: 'hooks.example.net', insecure_ssl: true, events: ['push', 'release'] },
      },
    ],
  },
  {
    name: 'A collaborator becomes an administrator',
    reference: `${DOCS}#member`,
    record: {
      event: 'member',
      body: {
        ...common,
        action: 'edited',
        member: { login: 'eve', id: 99, type: 'User' },
        changes: { permission: { from: 'write', to: 'admin' } },
      },
    },
    drafts: [
      {
        kind: 'access',
        actor: { name: 'mona' },
        detail: { action: 'member.edited', subject: 'eve', role: 'admin', previous_role: 'write' },
      },
    ],
  },
  {
    name: 'Somebody asks for a token that may write to every repository',
    reference: `${DOCS}#personal_access_token_request`,
    record: {
      event: 'personal_access_token_request',
      body: {
        organization: acme,
        sender: common.sender,
        action: 'created',
        personal_access_token_request: {
          id: 1,
          owner: { login: 'mona', id: 7, type: 'User' },
          permissions_added: { repository: { contents: 'write' } },
          permissions_result: { repository: { contents: 'write', metadata: 'read' }, organization: {} },
          repository_selection: 'all',
          repositories: null,
          created_at: '2026-03-02T10:00:00Z',
          token_id: 5,
          token_name: 'laptop',
          token_expires_at: '2027-03-02T10:00:00Z',
        },
      },
    },
    drafts: [
      {
        kind: 'grant',
        organization: 'acme',
        detail: {
          action: 'personal_access_token_request.created',
          name: 'laptop',
          type: 'personal access token',
          subject: 'mona',
          permissions: { contents: 'write', metadata: 'read' },
          reach: 'all',
          expires_at: Date.parse('2027-03-02T10:00:00Z'),
        },
      },
    ],
  },
];
