// Audit-log entries about who may do what, and about what watches them.
import type { SourceCase } from '../../../source-case.ts';

const EVENTS =
  'https://docs.github.com/en/enterprise-cloud@latest/admin/monitoring-activity-in-your-enterprise/reviewing-audit-logs-for-your-enterprise/audit-log-events-for-your-enterprise';
const AT = Date.parse('2026-03-02T10:00:00.123Z');

const streamed = { '@timestamp': AT, created_at: AT, org: 'acme', org_id: 3, business: 'acme-inc', repo: 'acme/shop' };

export const administrationCases: readonly SourceCase[] = [
  {
    name: 'A member becomes an owner (exported by a query engine)',
    reference: EVENTS,
    record: {
      body: {
        at_sign_timestamp: '2026-03-02 10:00:00.123000000',
        action: 'org.update_member',
        actor: 'mona',
        org: ['acme'],
        user: 'eve',
        permission: 'admin',
        old_permission: 'read',
      },
    },
    drafts: [
      {
        kind: 'access',
        observed_at: AT,
        organization: 'acme',
        detail: { action: 'org.update_member', subject: 'eve', role: 'admin', previous_role: 'read' },
      },
    ],
  },
  {
    name: 'A deploy key that may write is added',
    reference: EVENTS,
    record: {
      body: {
        ...streamed,
        action: 'public_key.create',
        actor: 'mona',
        title: 'robot',
        fingerprint: 'SHA256:5IWMSqZDRbXRrGMHPZ8Oq7ZWqRMMB8ZBQs2t3CBBCQA',
        read_only: 'false',
      },
    },
    drafts: [
      {
        kind: 'grant',
        detail: {
          action: 'public_key.create',
          name: 'robot',
          type: 'deploy key',
          fingerprint: 'SHA256:5IWMSqZDRbXRrGMHPZ8Oq7ZWqRMMB8ZBQs2t3CBBCQA',
          write: true,
        },
      },
    ],
  },
  {
    name: 'A webhook is led elsewhere',
    reference: EVENTS,
    record: {
      body: {
        ...streamed,
        action: 'hook.config_changed',
        actor: 'mona',
        hook_id: 5,
        config: { url: 'https://sink.example.net/a', insecure_ssl: '1', content_type: 'json' },
        config_was: { url: 'https://ci.acme.example/hook', insecure_ssl: '0', content_type: 'json' },
        events: ['push'],
      },
    },
    drafts: [
      {
        kind: 'integration',
        detail: {
          action: 'hook.config_changed',
          host: 'sink.example.net',
          previous_host: 'ci.acme.example',
          insecure_ssl: true,
          events: ['push'],
        },
      },
    ],
  },
  {
    name: 'The stream of the audit log is paused',
    reference: EVENTS,
    record: {
      body: {
        '@timestamp': AT,
        action: 'audit_log_streaming.update',
        actor: 'mona',
        business: 'acme-inc',
        audit_log_stream_enabled: false,
        audit_log_stream_sink: 'Amazon S3',
      },
    },
    drafts: [
      {
        kind: 'protection',
        organization: 'acme-inc',
        detail: { change: 'removed', what: 'audit log streaming' },
      },
    ],
  },
  {
    name: 'A pull request is merged',
    reference: EVENTS,
    record: {
      body: {
        ...streamed,
        action: 'pull_request.merge',
        actor: 'mona',
        pull_request_id: 2_000_000_001,
        pull_request_title: 'Fix',
        pull_request_url: 'https://github.com/acme/shop/pull/12',
      },
    },
    drafts: [
      {
        kind: 'change',
        vcs: { change: { id: '12', title: 'Fix' } },
        detail: { action: 'closed', merged: true },
      },
    ],
  },
  {
    name: 'Somebody fails to sign in',
    reference:
      'https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/security-log-events#user',
    record: { body: { '@timestamp': AT, action: 'user.failed_login', actor: 'mona', actor_ip: '203.0.113.7' } },
    drafts: [{ kind: 'session', actor: { name: 'mona' }, detail: { action: 'failure', reason: 'failed_login' } }],
  },
];
