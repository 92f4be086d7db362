// Cases of github.inventory: what an organization and its repositories are set to, and what it was before.
import type { SourceCase } from '../../source-case.ts';

const PROTECTION = 'https://docs.github.com/en/rest/branches/branch-protection#get-branch-protection';
const HOOKS = 'https://docs.github.com/en/rest/orgs/webhooks#list-organization-webhooks';
const KEYS = 'https://docs.github.com/en/rest/deploy-keys/deploy-keys#list-deploy-keys';
const RUNNERS =
  'https://docs.github.com/en/rest/actions/self-hosted-runners#list-self-hosted-runners-for-an-organization';
const PERMISSIONS = 'https://docs.github.com/en/rest/actions/permissions';
const MEMBERS = 'https://docs.github.com/en/rest/orgs/members#list-organization-members';

const shop = { repository: 'acme/shop', organization: 'acme', revision: 1 };

export const cases: readonly SourceCase[] = [
  {
    name: 'A branch’s protection no longer asks for reviews',
    reference: PROTECTION,
    record: {
      body: {
        ...shop,
        kind: 'protection',
        what: 'branch protection',
        change: 'changed',
        name: 'main',
        before: { required_reviews: true, required_approving_review_count: 2, enforce_admins: true },
        after: { required_reviews: false, enforce_admins: true },
      },
    },
    drafts: [
      {
        kind: 'protection',
        native_type: 'protection.changed',
        organization: 'acme',
        vcs: { repository: { name: 'acme/shop' } },
        detail: { change: 'removed', what: 'branch protection: required reviews', target: 'main' },
      },
    ],
  },
  {
    name: 'A webhook sends to another host',
    reference: HOOKS,
    record: {
      body: {
        organization: 'acme',
        revision: 3,
        kind: 'webhook',
        what: 'webhook',
        change: 'changed',
        name: 'evil.example',
        before: { host: 'ci.example.org', insecure_ssl: false, active: true, events: ['push'] },
        after: { host: 'evil.example', insecure_ssl: true, active: true, events: ['push'] },
      },
    },
    drafts: [
      {
        kind: 'integration',
        detail: {
          action: 'webhook.changed',
          host: 'evil.example',
          previous_host: 'ci.example.org',
          insecure_ssl: true,
          events: ['push'],
        },
      },
    ],
  },
  {
    name: 'A deploy key that may write appears',
    reference: KEYS,
    record: {
      body: {
        ...shop,
        kind: 'key',
        what: 'deploy key',
        change: 'added',
        name: 'build',
        after: { write: true, subject: 'mona' },
      },
    },
    drafts: [
      {
        kind: 'grant',
        detail: { action: 'deploy key.added', name: 'build', type: 'deploy key', write: true, subject: 'mona' },
      },
    ],
  },
  {
    name: 'A runner appears in the organization',
    reference: RUNNERS,
    record: {
      body: {
        organization: 'acme',
        revision: 1,
        kind: 'runner',
        what: 'runner',
        change: 'added',
        name: 'builder-9',
        after: { id: '9', labels: ['self-hosted', 'linux'], owner_type: 'organization', version: '2.332.0' },
      },
    },
    drafts: [
      {
        kind: 'runner',
        cicd: { worker: { id: '9', name: 'builder-9', labels: ['self-hosted', 'linux'], owner_type: 'organization' } },
        detail: { action: 'runner.added', version: '2.332.0' },
      },
    ],
  },
  {
    name: 'The token of Actions may write, and approve',
    reference: PERMISSIONS,
    record: {
      body: {
        organization: 'acme',
        revision: 1,
        kind: 'setting',
        what: 'Actions token',
        change: 'changed',
        name: 'Actions token',
        before: { default_workflow_permissions: 'read', can_approve_pull_request_reviews: 'false' },
        after: { default_workflow_permissions: 'write', can_approve_pull_request_reviews: 'true' },
      },
    },
    drafts: [
      {
        kind: 'setting',
        detail: {
          action: 'Actions token.changed',
          name: 'Actions token: default_workflow_permissions',
          from: 'read',
          to: 'write',
        },
      },
      {
        kind: 'setting',
        detail: { name: 'Actions token: can_approve_pull_request_reviews', from: 'false', to: 'true' },
      },
    ],
  },
  {
    name: 'An organization has an owner less',
    reference: MEMBERS,
    record: {
      body: {
        organization: 'acme',
        revision: 1,
        kind: 'member',
        what: 'owner',
        change: 'removed',
        name: 'mona',
        before: { role: 'admin' },
      },
    },
    drafts: [{ kind: 'access', detail: { action: 'owner.removed', subject: 'mona', previous_role: 'admin' } }],
  },
];
