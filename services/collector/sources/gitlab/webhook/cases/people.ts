// Members, keys, tokens, projects and findings, as GitLab's documentation shows them.
import type { SourceCase } from '../../../../source-case.ts';
import { HOOKS, project, SYSTEM, shop } from './shop.ts';

export const people: readonly SourceCase[] = [
  {
    name: 'A user becomes a member of a group',
    reference: `${HOOKS}#group-member-events`,
    record: {
      event: 'Member Hook',
      body: {
        created_at: '2026-03-02T04:57:22Z',
        updated_at: '2026-03-02T04:57:22Z',
        group_name: 'Acme',
        group_path: 'acme',
        group_id: 100,
        user_username: 'nils',
        user_name: 'Nils',
        user_email: 'nils@example.org',
        user_id: 64,
        group_access: 'Maintainer',
        expires_at: null,
        event_name: 'user_add_to_group',
      },
    },
    drafts: [
      {
        kind: 'access',
        organization: 'acme',
        observed_at: Date.parse('2026-03-02T04:57:22Z'),
        detail: { action: 'user_add_to_group', subject: 'nils', role: 'Maintainer' },
      },
    ],
  },
  {
    name: 'A user adds a key',
    reference: `${SYSTEM}#hooks-request-example`,
    record: {
      event: 'System Hook',
      body: {
        event_name: 'key_create',
        created_at: '2026-03-02 18:45:16 UTC',
        updated_at: '2026-03-02T18:45:16Z',
        username: 'mara',
        key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 mara@laptop',
        id: 4,
      },
    },
    drafts: [
      {
        kind: 'grant',
        observed_at: Date.parse('2026-03-02T18:45:16Z'),
        actor: { name: 'mara', type: 'person' },
        detail: {
          action: 'key_create',
          name: 'mara@laptop',
          id: 'SHA256:5/gdC8tsZ+1R7UnoiM4pMal9U3M82idPVzt95oIw3hQ',
        },
      },
    ],
  },
  {
    name: 'A blocked user tries to sign in',
    reference: `${SYSTEM}#hooks-request-example`,
    record: {
      event: 'System Hook',
      body: {
        event_name: 'user_failed_login',
        created_at: '2020-10-03T06:08:48Z',
        updated_at: '2024-01-15T04:52:06Z',
        name: 'Nils',
        email: 'nils@example.org',
        user_id: 26,
        username: 'nils',
        state: 'blocked',
      },
    },
    drafts: [
      {
        kind: 'session',
        actor: { name: 'nils', id: '26', email: 'nils@example.org' },
        detail: { action: 'failure', reason: 'blocked' },
      },
    ],
  },
  {
    name: 'A project is transferred to another group',
    reference: `${SYSTEM}#hooks-request-example`,
    record: {
      event: 'System Hook',
      body: {
        created_at: '2024-07-21T07:30:58Z',
        updated_at: '2026-03-02T07:38:22Z',
        event_name: 'project_transfer',
        name: 'Shop',
        path: 'shop',
        path_with_namespace: 'elsewhere/shop',
        project_id: 73,
        owners: [{ name: 'Mara', email: 'mara@example.org' }],
        project_visibility: 'visibilitylevel|internal',
        old_path_with_namespace: 'acme/shop',
      },
    },
    drafts: [
      {
        kind: 'repository',
        organization: 'elsewhere',
        observed_at: Date.parse('2026-03-02T07:38:22Z'),
        vcs: { repository: { name: 'elsewhere/shop', visibility: 'private' } },
        detail: { action: 'project_transfer' },
      },
    ],
  },
  {
    name: "A project's token is about to expire",
    reference: `${HOOKS}#project-and-group-access-token-events`,
    record: {
      event: 'Resource Access Token Hook',
      body: {
        object_kind: 'access_token',
        project,
        object_attributes: {
          user_id: 90,
          created_at: '2026-01-24 16:27:40 UTC',
          id: 25,
          name: 'release',
          expires_at: '2026-03-09',
        },
        event_name: 'expiring_access_token',
      },
    },
    drafts: [
      {
        kind: 'grant',
        vcs: shop,
        detail: { action: 'expiring_access_token', name: 'release', id: 'PersonalAccessToken/25' },
      },
    ],
  },
  {
    name: 'A scanner finds a vulnerable dependency',
    reference: `${HOOKS}#vulnerability-events`,
    record: {
      event: 'Vulnerability Hook',
      body: {
        object_kind: 'vulnerability',
        object_attributes: {
          title: 'Denial of service',
          state: 'detected',
          project_id: 50,
          location: { file: 'Gemfile.lock' },
          severity: 'high',
          identifiers: [
            { name: 'Gemnasium-29dce398', external_type: 'gemnasium' },
            { name: 'CVE-2024-41123', external_type: 'cve' },
          ],
          report_type: 'dependency_scanning',
          updated_at: '2026-03-02T00:46:14.413Z',
        },
      },
    },
    drafts: [
      {
        kind: 'alert',
        detail: {
          action: 'detected',
          tool: 'dependency_scanning',
          rule: 'CVE-2024-41123',
          level: 'high',
          location: { path: 'Gemfile.lock' },
        },
      },
    ],
  },
  {
    name: 'An event that nothing here knows, with a user of the wrong type',
    reference: HOOKS,
    record: { event: 'Comet Hook', body: { object_kind: 'comet', user: ['mara'], project } },
    drafts: [{ kind: 'other', vcs: shop, detail: { type: 'comet' } }],
    notes: ['user: expected an object, found a list'],
  },
];
