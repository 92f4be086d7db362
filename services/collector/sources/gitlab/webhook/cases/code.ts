// Pushes, merge requests and comments, as GitLab's documentation shows them.
import type { SourceCase } from '../../../../source-case.ts';
import { before, HOOKS, mara, project, sha, shop } from './shop.ts';

export const code: readonly SourceCase[] = [
  {
    name: 'A push moves the default branch and brings a commit',
    reference: `${HOOKS}#push-events`,
    record: {
      event: 'Push Hook',
      body: {
        object_kind: 'push',
        event_name: 'push',
        before,
        after: sha,
        ref: 'refs/heads/main',
        ref_protected: true,
        user_id: 4,
        user_name: 'Mara Lind',
        user_username: 'mara',
        user_email: '',
        project,
        commits: [
          {
            id: sha,
            message: 'Mend the build\n',
            timestamp: '2026-03-02T14:27:31+02:00',
            author: { name: 'Mara Lind', email: 'mara@example.org' },
            added: ['.gitlab-ci.yml'],
            modified: ['src/app.rb'],
            removed: [],
          },
        ],
        total_commits_count: 1,
      },
    },
    drafts: [
      {
        kind: 'push',
        native_type: 'push',
        organization: 'acme',
        actor: { name: 'mara', id: '4', type: 'person' },
        vcs: { ...shop, ref: { head: { name: 'main', revision: sha, type: 'branch' }, base: { revision: before } } },
        detail: {
          created: false,
          deleted: false,
          commits: 1,
          default_branch: true,
          paths: { added: ['.gitlab-ci.yml'], modified: ['src/app.rb'], removed: [] },
        },
      },
      {
        kind: 'commit',
        occurred_at: { at: Date.parse('2026-03-02T12:27:31Z'), offset_minutes: 120 },
        actor: { name: 'Mara Lind', email: 'mara@example.org' },
        detail: { sha, author: { email: 'mara@example.org' }, paths: ['.gitlab-ci.yml', 'src/app.rb'] },
      },
    ],
  },
  {
    name: 'A tag is deleted',
    reference: `${HOOKS}#tag-events`,
    record: {
      event: 'Tag Push Hook',
      body: {
        object_kind: 'tag_push',
        before: sha,
        after: '0000000000000000000000000000000000000000',
        ref: 'refs/tags/v1.0.0',
        user_id: 4,
        user_username: 'mara',
        project,
        commits: [],
        total_commits_count: 0,
      },
    },
    drafts: [
      {
        kind: 'push',
        vcs: { ref: { head: { name: 'v1.0.0', type: 'tag' }, base: { revision: sha } } },
        detail: { created: false, deleted: true, commits: 0, default_branch: false },
      },
    ],
  },
  {
    name: 'A newcomer opens a merge request from a fork',
    reference: `${HOOKS}#merge-request-events`,
    record: {
      event: 'Merge Request Hook',
      body: {
        object_kind: 'merge_request',
        event_type: 'merge_request',
        user: { id: 51, name: 'Nils', username: 'nils', email: '[REDACTED]' },
        project,
        object_attributes: {
          id: 99,
          iid: 1,
          target_branch: 'main',
          source_branch: 'patch-1',
          source_project_id: 14,
          target_project_id: 15,
          title: 'Faster tests',
          created_at: '2026-03-02T12:23:34Z',
          updated_at: '2026-03-02T12:23:34Z',
          state: 'opened',
          first_contribution: true,
          last_commit: { id: sha },
          action: 'open',
        },
      },
    },
    drafts: [
      {
        kind: 'change',
        native_type: 'merge_request.open',
        observed_at: Date.parse('2026-03-02T12:23:34Z'),
        actor: { name: 'nils', id: '51', type: 'person' },
        vcs: {
          ...shop,
          ref: { head: { name: 'patch-1', revision: sha }, base: { name: 'main' } },
          change: { id: '1', title: 'Faster tests', state: 'opened' },
        },
        detail: { action: 'open', author_association: 'FIRST_TIME_CONTRIBUTOR', from_fork: true, merged: false },
      },
    ],
  },
  {
    name: 'The user of a project access token approves a merge request',
    reference: `${HOOKS}#merge-request-events`,
    record: {
      event: 'Merge Request Hook',
      body: {
        object_kind: 'merge_request',
        user: {
          id: 90,
          name: 'release',
          username: 'project_15_bot_5e1f0b',
          email: 'project_15_bot_5e1f0b@noreply.gitlab.com',
        },
        project,
        object_attributes: {
          iid: 1,
          source_branch: 'patch-1',
          target_branch: 'main',
          state: 'opened',
          action: 'approved',
        },
      },
    },
    drafts: [
      {
        kind: 'review',
        actor: { name: 'project_15_bot_5e1f0b', type: 'bot' },
        vcs: { change: { id: '1' } },
        detail: { action: 'approved', verdict: 'approved' },
      },
    ],
  },
  {
    name: 'Somebody comments on a merge request',
    reference: `${HOOKS}#comment-on-a-merge-request`,
    record: {
      event: 'Note Hook',
      body: {
        object_kind: 'note',
        user: mara,
        project,
        object_attributes: {
          id: 1244,
          note: 'This needs work.',
          noteable_type: 'MergeRequest',
          created_at: '2026-03-02 18:21:36 UTC',
          updated_at: '2026-03-02 18:21:36 UTC',
          action: 'create',
        },
        merge_request: {
          iid: 1,
          source_branch: 'patch-1',
          target_branch: 'main',
          title: 'Faster tests',
          last_commit: { id: sha },
        },
      },
    },
    drafts: [
      {
        kind: 'discussion',
        observed_at: Date.parse('2026-03-02T18:21:36Z'),
        vcs: { change: { id: '1' }, ref: { head: { revision: sha } } },
        detail: { action: 'create', on: 'change' },
      },
    ],
  },
];
