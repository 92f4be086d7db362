// What people and machines did, as audit events.
import type { SourceCase } from '../../../../source-case.ts';
import { LOGS, SCHEMA, shop, streamed, TYPES } from './event.ts';

export const deeds: readonly SourceCase[] = [
  {
    name: 'A deploy key fetches over ssh',
    reference: `${SCHEMA}#example-audit-event-payloads-for-git-over-ssh-events-with-deploy-key`,
    record: {
      body: {
        id: '1',
        author_id: -3,
        entity_id: 29,
        entity_type: 'Project',
        details: {
          author_name: 'mirror',
          author_class: 'DeployKey',
          target_id: 29,
          target_type: 'Project',
          target_details: 'shop',
          custom_message: { protocol: 'ssh', action: 'git-upload-pack' },
          ip_address: '192.0.2.7',
          entity_path: 'acme/shop',
        },
        ip_address: '192.0.2.7',
        author_name: 'mirror',
        entity_path: 'acme/shop',
        target_details: 'shop',
        created_at: '2026-03-02T05:43:53.662Z',
        target_type: 'Project',
        target_id: 29,
        event_type: 'repository_git_operation',
      },
    },
    drafts: [
      {
        kind: 'request',
        native_type: 'repository_git_operation',
        natural_id: '1/1772430233662',
        organization: 'acme',
        actor: { name: 'mirror', type: 'bot' },
        credential: { id: 'DeployKey/acme/shop/mirror', type: 'DeployKey', name: 'mirror' },
        client: { address: '192.0.2.7' },
        vcs: shop,
        detail: { operation: 'git-upload-pack' },
      },
    ],
  },
  {
    name: 'A user makes a token',
    reference: `${TYPES}#compliance-management`,
    record: {
      body: streamed(
        'personal_access_token_created',
        {
          custom_message: 'Created personal access token with id 35892',
          target_type: 'User',
          target_details: 'Mara Lind',
        },
        { entity_type: 'User', entity_id: 4, entity_path: 'mara' },
      ),
    },
    drafts: [
      {
        kind: 'grant',
        actor: { name: 'mara', id: '4', type: 'person' },
        detail: { action: 'personal_access_token_created', id: 'PersonalAccessToken/35892' },
      },
    ],
  },
  {
    name: 'A project becomes public, as a line of the log',
    reference: `${LOGS}#audit_jsonlog`,
    record: {
      body: {
        severity: 'INFO',
        time: '2026-03-02T17:38:22.523Z',
        author_id: 3,
        entity_id: 2,
        entity_type: 'Project',
        change: 'visibility',
        from: 'Private',
        to: 'Public',
        author_name: 'Mara Lind',
        target_id: 2,
        target_type: 'Project',
        target_details: 'acme/shop',
      },
    },
    drafts: [
      {
        kind: 'repository',
        observed_at: Date.parse('2026-03-02T17:38:22.523Z'),
        organization: 'acme',
        vcs: { repository: { name: 'acme/shop', visibility: 'public' } },
        detail: { action: 'project_visibility_updated' },
      },
    ],
  },
  {
    name: 'Somebody fails to sign in',
    reference: `${TYPES}#system-access`,
    record: {
      body: streamed(
        'login_failed_with_standard_authentication',
        { failed_login: 'STANDARD', author_class: 'Gitlab::Audit::UnauthenticatedAuthor', author_name: 'mara' },
        {
          author_id: -1,
          author_name: 'mara',
          entity_type: 'Gitlab::Audit::InstanceScope',
          entity_path: 'gitlab_instance',
        },
      ),
    },
    drafts: [
      {
        kind: 'session',
        actor: { name: 'mara', type: 'unknown' },
        client: { address: '192.0.2.7' },
        detail: { action: 'failure', method: 'standard' },
      },
    ],
  },
  {
    name: 'A password reset goes to two addresses',
    reference: `${TYPES}#compliance-management`,
    record: {
      body: streamed(
        'password_reset_requested',
        {
          custom_message: 'Ask for password reset',
          target_type: 'User',
          target_details: '["a@example.org", "b@example.net"]',
        },
        { author_id: -1, author_name: 'An unauthenticated user', entity_type: 'User', entity_path: 'mara' },
      ),
    },
    drafts: [
      { kind: 'access', detail: { action: 'password_reset_requested', subject: '["a@example.org", "b@example.net"]' } },
    ],
  },
  {
    name: 'A pipeline of another project is started',
    reference: `${TYPES}#continuous-integration`,
    record: {
      body: streamed('multi_project_downstream_pipeline_created', {
        custom_message: 'Multi-project downstream pipeline created.',
        target_id: 812,
        target_type: 'Ci::Pipeline',
        target_details: '812',
        upstream_root_pipeline_id: 30,
        upstream_root_project_path: 'acme/upstream',
      }),
    },
    drafts: [
      {
        kind: 'run',
        vcs: shop,
        cicd: { pipeline: { run: { id: '812', parent: { id: '30', repository: 'acme/upstream' } } } },
      },
    ],
  },
  {
    name: 'A request with a token that was revoked, as a line of the API log',
    reference: `${LOGS}#api_jsonlog`,
    record: {
      body: {
        time: '2026-03-02T12:49:42.123Z',
        severity: 'INFO',
        status: 401,
        method: 'GET',
        path: '/api/v4/user',
        ua: 'curl/8.5.0',
        route: '/api/:version/user',
        'meta.remote_ip': '198.51.100.9',
        'meta.auth_fail_reason': 'token_revoked',
        'meta.auth_fail_token_id': 'PersonalAccessToken/12',
      },
    },
    drafts: [
      {
        kind: 'request',
        credential: { id: 'PersonalAccessToken/12' },
        client: { address: '198.51.100.9', user_agent: 'curl/8.5.0' },
        detail: { operation: '/api/:version/user', method: 'GET', path: '/api/v4/user', status: 401 },
      },
    ],
  },
  {
    name: 'Words that say nothing known, and an author of the wrong type',
    reference: SCHEMA,
    record: { body: streamed('', { custom_message: 'Hello' }, { author_id: [4] }) },
    drafts: [{ kind: 'other', detail: { type: 'hello' } }],
    notes: ['author_id: expected text or a number, found a list'],
  },
];
