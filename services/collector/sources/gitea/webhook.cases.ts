// Gitea and Forgejo deliveries, cut down to what is read of them.
import type { SourceCase } from '../../source-case.ts';

const GITEA = 'https://docs.gitea.com/usage/repository/webhooks';
const FORGEJO = 'https://forgejo.org/docs/latest/user/webhooks/';
const SHA = 'bffeb74224043ba2feb48d137756c8a9331c449a';
const BASE = '28e1879d029cb852e4844d9c718537df08844e03';

const mona = { id: 7, login: 'mona', full_name: 'Mona', email: 'Mona@acme.example', username: 'mona' };
const shop = {
  id: 140,
  owner: { id: 3, login: 'acme', username: 'acme' },
  name: 'shop',
  full_name: 'acme/shop',
  private: true,
  default_branch: 'main',
  created_at: '2024-02-26T04:29:06-05:00',
  updated_at: '2026-03-02T11:00:00+01:00',
};
const common = { repository: shop, sender: mona };

export const cases: readonly SourceCase[] = [
  {
    name: 'A new branch is pushed, with a commit whose signature is good',
    reference: GITEA,
    record: {
      event: 'push',
      body: {
        ...common,
        ref: 'refs/heads/develop',
        before: '0'.repeat(40),
        after: SHA,
        total_commits: 12,
        pusher: mona,
        commits: [
          {
            id: SHA,
            message: 'Webhooks yay',
            timestamp: '2026-03-02T10:52:11-04:00',
            author: { name: 'Mona', email: 'mona@acme.example', username: 'mona' },
            committer: { name: 'Mona', email: 'mona@acme.example', username: 'mona' },
            verification: { verified: true, reason: 'Mona / ABCD', signature: '', payload: '' },
            added: ['.gitea/workflows/ci.yml'],
            removed: [],
            modified: [],
          },
        ],
      },
    },
    drafts: [
      {
        kind: 'push',
        actor: { name: 'mona', id: '7', email: 'mona@acme.example', type: 'unknown' },
        vcs: {
          provider: { name: 'gitea' },
          repository: { name: 'acme/shop', visibility: 'private' },
          ref: { head: { name: 'develop', type: 'branch', revision: SHA } },
        },
        detail: { created: true, deleted: false, commits: 12, default_branch: false },
      },
      {
        kind: 'commit',
        occurred_at: { at: Date.parse('2026-03-02T14:52:11Z'), offset_minutes: -240 },
        detail: { sha: SHA, signature: 'good', paths: ['.gitea/workflows/ci.yml'] },
      },
    ],
  },
  {
    name: 'A pull request from a fork gets new commits',
    reference: GITEA,
    record: {
      event: 'pull_request',
      body: {
        ...common,
        action: 'synchronized',
        number: 5,
        pull_request: {
          id: 50,
          number: 5,
          user: { id: 99, login: 'eve', username: 'eve' },
          title: 'Fix',
          body: '',
          state: 'open',
          merged: false,
          merge_commit_sha: null,
          head: { label: 'fix', ref: 'fix', sha: SHA, repo_id: 141, repo: { id: 141, full_name: 'eve/shop' } },
          base: { label: 'main', ref: 'main', sha: BASE, repo_id: 140, repo: { id: 140, full_name: 'acme/shop' } },
          created_at: '2026-03-01T10:00:00Z',
          updated_at: '2026-03-02T10:00:00Z',
          closed_at: null,
        },
      },
    },
    drafts: [
      {
        kind: 'change',
        native_type: 'pull_request.synchronized',
        observed_at: Date.parse('2026-03-02T10:00:00Z'),
        vcs: { change: { id: '5', title: 'Fix', state: 'open' }, ref: { head: { name: 'fix', revision: SHA } } },
        detail: { action: 'synchronize', author: 'eve', from_fork: true, from_repository: 'eve/shop', merged: false },
      },
    ],
  },
  {
    name: 'A pull request is rejected in a review',
    reference: GITEA,
    record: {
      event: 'pull_request_rejected',
      body: {
        ...common,
        action: 'reviewed',
        number: 5,
        pull_request: {
          number: 5,
          title: 'Fix',
          state: 'open',
          user: { login: 'eve' },
          updated_at: '2026-03-02T10:00:00Z',
        },
        review: { type: 'pull_request_review_rejected', content: 'No' },
      },
    },
    drafts: [
      {
        kind: 'review',
        actor: { name: 'mona' },
        vcs: { change: { id: '5' } },
        detail: { action: 'submitted', verdict: 'changes_requested', author: 'eve', body: 'No' },
      },
    ],
  },
  {
    name: 'A job of Gitea Actions has ended',
    reference: GITEA,
    record: {
      event: 'workflow_job',
      body: {
        ...common,
        action: 'completed',
        workflow_job: {
          id: 31,
          run_id: 12,
          run_attempt: 1,
          name: 'build',
          labels: ['ubuntu-latest'],
          head_sha: SHA,
          head_branch: 'main',
          status: 'completed',
          conclusion: 'failure',
          runner_id: 2,
          runner_name: 'act-2',
          steps: [],
          created_at: '2026-03-02T10:00:00Z',
          started_at: '2026-03-02T10:00:10Z',
          completed_at: '2026-03-02T10:01:10Z',
        },
      },
    },
    drafts: [
      {
        kind: 'job',
        cicd: {
          pipeline: { run: { id: '12', attempt: 1 }, task: { name: 'build', run: { id: '31', result: 'failure' } } },
          worker: { id: '2', name: 'act-2', labels: ['ubuntu-latest'] },
        },
        vcs: { ref: { head: { name: 'main', revision: SHA } } },
        detail: { action: 'completed', steps: 0, seconds: 60, queued_seconds: 10 },
      },
    ],
  },
  {
    name: 'A run of Gitea Actions has ended',
    reference: GITEA,
    record: {
      event: 'workflow_run',
      body: {
        ...common,
        action: 'completed',
        workflow: { id: 'ci.yml', name: 'CI', path: '.gitea/workflows/ci.yml', state: 'active' },
        workflow_run: {
          id: 12,
          path: 'ci.yml@refs/heads/main',
          event: 'push',
          run_attempt: 1,
          head_sha: SHA,
          head_branch: 'main',
          status: 'completed',
          conclusion: 'success',
          started_at: '2026-03-02T10:00:10Z',
          completed_at: '2026-03-02T10:02:10Z',
        },
      },
    },
    drafts: [
      {
        kind: 'run',
        actor: { name: 'mona' },
        observed_at: Date.parse('2026-03-02T10:02:10Z'),
        cicd: {
          pipeline: {
            name: 'CI',
            definition: '.gitea/workflows/ci.yml',
            run: { id: '12', trigger: 'push', state: 'finished', result: 'success' },
          },
        },
        detail: { action: 'completed', seconds: 120 },
      },
    ],
  },
  {
    name: 'A run of Forgejo Actions for a fork’s pull request failed',
    reference: FORGEJO,
    record: {
      event: 'action_run_failure',
      body: {
        action: 'failure',
        prior_status: 'running',
        run: {
          id: 77,
          title: 'Fix',
          repository: shop,
          workflow_id: 'ci.yml',
          index_in_repo: 9,
          trigger_user: { id: 99, login: 'eve', username: 'eve' },
          prettyref: '#5',
          commit_sha: SHA,
          is_fork_pull_request: true,
          need_approval: false,
          event: 'pull_request',
          trigger_event: 'pull_request',
          status: 'failure',
          created: '2026-03-02T10:00:00Z',
          started: '2026-03-02T10:00:30Z',
          stopped: '2026-03-02T10:01:30Z',
          updated: '2026-03-02T10:01:30Z',
          html_url: 'https://git.acme.example/acme/shop/actions/runs/9',
        },
      },
    },
    drafts: [
      {
        kind: 'run',
        actor: { name: 'eve' },
        observed_at: Date.parse('2026-03-02T10:01:30Z'),
        vcs: { repository: { name: 'acme/shop' }, ref: { head: { revision: SHA } } },
        cicd: {
          pipeline: {
            definition: 'ci.yml',
            run: { id: '77', trigger: 'pull_request', state: 'finished', result: 'failure' },
          },
        },
        detail: { action: 'failure', seconds: 60, queued_seconds: 30, from_fork: true },
      },
    ],
  },
  {
    name: 'A repository is forked',
    reference: GITEA,
    record: {
      event: 'fork',
      body: { sender: mona, forkee: shop, repository: { ...shop, id: 141, full_name: 'mona/shop' } },
    },
    drafts: [
      { kind: 'repository', vcs: { repository: { name: 'acme/shop' } }, detail: { action: 'forked', to: 'mona/shop' } },
    ],
  },
  {
    name: 'A package is published under an organization, linked to no repository',
    reference: GITEA,
    record: {
      event: 'package',
      body: {
        action: 'created',
        repository: null,
        organization: { id: 3, login: 'acme', username: 'acme' },
        sender: mona,
        package: {
          id: 6,
          owner: { login: 'acme' },
          repository: null,
          creator: mona,
          type: 'npm',
          name: 'shop',
          version: '1.4.0',
          html_url: 'https://git.acme.example/acme/-/packages/npm/shop/1.4.0',
          created_at: '2026-03-02T10:00:00Z',
        },
      },
    },
    drafts: [
      {
        kind: 'package',
        organization: 'acme',
        observed_at: Date.parse('2026-03-02T10:00:00Z'),
        detail: { action: 'created', name: 'shop', version: '1.4.0', type: 'npm', author: 'mona' },
      },
    ],
  },
];
