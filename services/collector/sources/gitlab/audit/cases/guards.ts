// Guard rails that were lowered, as audit events.
import type { SourceCase } from '../../../../source-case.ts';
import { API, mara, shop, streamed, TYPES } from './event.ts';

export const guards: readonly SourceCase[] = [
  {
    name: 'A protected branch may be pushed to by force',
    reference: `${TYPES}#compliance-management`,
    record: {
      body: streamed('protected_branch_allow_force_push_updated', {
        change: 'allow force push',
        from: false,
        to: true,
        target_type: 'ProtectedBranch',
        target_details: 'main',
      }),
    },
    drafts: [
      { kind: 'protection', actor: mara, detail: { change: 'removed', what: 'allow force push', target: 'main' } },
    ],
  },
  {
    name: 'Authors may approve their own merge requests again, told by the API of old versions',
    reference: `${API}#project-audit-events`,
    record: {
      body: {
        id: 5,
        author_id: 1,
        entity_id: 7,
        entity_type: 'Project',
        details: {
          change: 'prevent merge request approval from authors',
          from: 'true',
          to: 'false',
          author_name: 'Administrator',
          author_email: 'admin@example.org',
          target_id: 7,
          target_type: 'Project',
          target_details: 'acme/shop',
          ip_address: '192.0.2.7',
          entity_path: 'acme/shop',
        },
        created_at: '2026-03-02T22:55:04.218Z',
      },
    },
    drafts: [
      {
        kind: 'protection',
        actor: { name: 'Administrator', id: '1', email: 'admin@example.org' },
        vcs: shop,
        detail: { change: 'removed', what: 'prevent merge request approval from authors' },
      },
    ],
  },
  {
    name: 'Fewer approvals are needed, told in a sentence',
    reference: `${TYPES}#compliance-management`,
    record: {
      body: streamed('update_approval_rules', {
        custom_message: 'Changed number of required approvals from 2 to 1',
        target_type: 'ApprovalProjectRule',
        target_details: 'Security',
      }),
    },
    drafts: [
      { kind: 'protection', detail: { change: 'removed', what: 'number of required approvals', target: 'Security' } },
    ],
  },
  {
    name: 'The stream of audit events is taken down',
    reference: `${TYPES}#audit-events`,
    record: {
      body: streamed(
        'destroy_event_streaming_destination',
        { custom_message: 'Destroy event streaming destination https://siem.example.org' },
        { entity_type: 'Group', entity_path: 'acme' },
      ),
    },
    drafts: [
      { kind: 'protection', organization: 'acme', detail: { change: 'removed', what: 'event streaming destination' } },
    ],
  },
  {
    name: 'A variable is no longer protected',
    reference: `${TYPES}#continuous-integration`,
    record: {
      body: streamed('ci_variable_updated', {
        custom_message: 'Changed variable protection from true to false',
        target_type: 'Ci::Variable',
        target_details: 'DEPLOY_REGION',
      }),
    },
    drafts: [
      { kind: 'secret', detail: { action: 'ci_variable_updated', name: 'DEPLOY_REGION' } },
      { kind: 'protection', detail: { change: 'removed', what: 'variable protection', target: 'DEPLOY_REGION' } },
    ],
  },
];
