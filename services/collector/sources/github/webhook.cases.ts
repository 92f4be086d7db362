// GitHub deliveries, cut down to what is read of them.
import type { SourceCase } from '../../source-case.ts';
import { credentialCases } from './webhook/credentials.cases.ts';
import { repositoryCases } from './webhook/repositories.cases.ts';

const DOCS = 'https://docs.github.com/en/webhooks/webhook-events-and-payloads';
const SHA = '6dcb09b5b57875f334f61aebed695e2e4193db5e';
const BASE = '7638417db6d59f3c431d3e1f261cc637155684cd';

const mona = { login: 'mona', id: 7, type: 'User' };
const shop = {
  id: 35,
  name: 'shop',
  full_name: 'acme/shop',
  private: true,
  default_branch: 'main',
  pushed_at: 1_772_445_590,
  owner: { login: 'acme', type: 'Organization' },
};
const common = { repository: shop, sender: mona };
const where = { provider: { name: 'github' }, repository: { name: 'acme/shop', visibility: 'private' } } as const;

export const cases: readonly SourceCase[] = [
  {
    name: 'A commit that was made in the browser is pushed to the default branch',
    reference: `${DOCS}#push`,
    record: {
      event: 'push',
      body: {
        ...common,
        ref: 'refs/heads/main',
        before: BASE,
        after: SHA,
        created: false,
        deleted: false,
        forced: true,
        pusher: { name: 'mona', email: 'Mona@acme.example' },
        commits: [
          {
            id: SHA,
            message: 'Ship [skip ci]',
            timestamp: '2026-03-02T09:59:30+02:00',
            author: { name: 'Mona', email: 'Mona@acme.example', username: 'mona' },
            committer: { name: 'GitHub', email: 'noreply@github.com', username: 'web-flow' },
            added: ['.github/workflows/ship.yml'],
            removed: [],
            modified: ['README.md'],
          },
        ],
      },
    },
    drafts: [
      {
        kind: 'push',
        native_type: 'push',
        organization: 'acme',
        observed_at: Date.parse('2026-03-02T09:59:50Z'),
        actor: { name: 'mona', id: '7', email: 'mona@acme.example', type: 'person' },
        vcs: { ...where, ref: { head: { name: 'main', revision: SHA, type: 'branch' }, base: { revision: BASE } } },
        detail: {
          forced: true,
          created: false,
          deleted: false,
          commits: 1,
          default_branch: true,
          paths: { added: ['.github/workflows/ship.yml'], modified: ['README.md'], removed: [] },
        },
      },
      {
        kind: 'commit',
        occurred_at: { at: Date.parse('2026-03-02T07:59:30Z'), offset_minutes: 120 },
        actor: { name: 'mona', email: 'mona@acme.example' },
        detail: {
          sha: SHA,
          message: 'Ship [skip ci]',
          committer: { name: 'GitHub', email: 'noreply@github.com' },
          signature: 'unknown',
          added: ['.github/workflows/ship.yml'],
        },
      },
    ],
  },
  {
    name: 'A stranger opens a pull request from a fork',
    reference: `${DOCS}#pull_request`,
    record: {
      event: 'pull_request',
      body: {
        ...common,
        action: 'opened',
        number: 12,
        sender: { login: 'eve', id: 99, type: 'User' },
        pull_request: {
          number: 12,
          state: 'open',
          title: 'Fix $(id)',
          body: 'Small fix',
          user: { login: 'eve', id: 99, type: 'User' },
          author_association: 'FIRST_TIME_CONTRIBUTOR',
          merged: false,
          merge_commit_sha: BASE,
          created_at: '2026-03-02T10:00:00Z',
          updated_at: '2026-03-02T10:00:00Z',
          head: { ref: 'fix', sha: SHA, repo: { id: 36, full_name: 'eve/shop', fork: true } },
          base: { ref: 'main', sha: BASE, repo: { id: 35, full_name: 'acme/shop' } },
        },
      },
    },
    drafts: [
      {
        kind: 'change',
        actor: { name: 'eve', type: 'person' },
        observed_at: Date.parse('2026-03-02T10:00:00Z'),
        vcs: {
          ref: { head: { name: 'fix', revision: SHA }, base: { name: 'main', revision: BASE } },
          change: { id: '12', title: 'Fix $(id)', state: 'open' },
        },
        detail: {
          action: 'opened',
          author: 'eve',
          author_association: 'FIRST_TIME_CONTRIBUTOR',
          from_fork: true,
          from_repository: 'eve/shop',
          merged: false,
          opened_at: Date.parse('2026-03-02T10:00:00Z'),
          body: 'Small fix',
        },
      },
    ],
  },
  {
    name: 'A run that a privileged trigger started for a fork has ended',
    reference: `${DOCS}#workflow_run`,
    record: {
      event: 'workflow_run',
      body: {
        ...common,
        action: 'completed',
        workflow: { name: 'CI', path: '.github/workflows/ci.yml' },
        workflow_run: {
          id: 30433642,
          name: 'CI',
          path: '.github/workflows/ci.yml',
          event: 'pull_request_target',
          status: 'completed',
          conclusion: 'success',
          run_attempt: 1,
          head_branch: 'fix',
          head_sha: SHA,
          html_url: 'https://github.com/acme/shop/actions/runs/30433642',
          created_at: '2026-03-02T10:00:00Z',
          run_started_at: '2026-03-02T10:00:05Z',
          updated_at: '2026-03-02T10:04:05Z',
          actor: mona,
          triggering_actor: { login: 'eve', id: 99, type: 'User' },
          pull_requests: [{ number: 12 }],
          head_repository: { id: 36, full_name: 'eve/shop', fork: true },
          referenced_workflows: [
            { path: 'acme/shared/.github/workflows/scan.yml@refs/heads/main', sha: BASE, ref: 'refs/heads/main' },
          ],
        },
      },
    },
    drafts: [
      {
        kind: 'run',
        actor: { name: 'eve', id: '99' },
        vcs: { ref: { head: { name: 'fix', revision: SHA } }, change: { id: '12' } },
        cicd: {
          pipeline: {
            name: 'CI',
            definition: '.github/workflows/ci.yml',
            run: { id: '30433642', attempt: 1, trigger: 'pull_request_target', state: 'finished', result: 'success' },
          },
        },
        detail: {
          action: 'completed',
          seconds: 240,
          queued_seconds: 5,
          from_fork: true,
          from_repository: 'eve/shop',
          dependencies: [
            {
              type: 'workflow',
              name: 'acme/shared/.github/workflows/scan.yml',
              requested: 'refs/heads/main',
              resolved: BASE,
            },
          ],
        },
      },
    ],
  },
  {
    name: 'A job on a self-hosted runner has ended, step by step',
    reference: `${DOCS}#workflow_job`,
    record: {
      event: 'workflow_job',
      body: {
        ...common,
        action: 'completed',
        workflow_job: {
          id: 2832853555,
          run_id: 30433642,
          run_attempt: 2,
          workflow_name: 'CI',
          head_branch: 'main',
          head_sha: SHA,
          status: 'completed',
          conclusion: 'neutral',
          created_at: '2026-03-02T10:00:00Z',
          started_at: '2026-03-02T10:00:20Z',
          completed_at: '2026-03-02T10:03:20Z',
          name: 'build',
          steps: [
            {
              name: 'Run make',
              status: 'completed',
              conclusion: 'success',
              number: 1,
              started_at: '2026-03-02T10:00:21.000Z',
              completed_at: '2026-03-02T10:00:51.000Z',
            },
            { name: 'Later', status: 'queued', conclusion: null, number: 2, started_at: null, completed_at: null },
          ],
          labels: ['self-hosted', 'linux'],
          runner_id: 4,
          runner_name: 'builder-4',
          runner_group_id: 2,
          runner_group_name: 'Default',
        },
      },
    },
    drafts: [
      {
        kind: 'job',
        cicd: {
          pipeline: {
            name: 'CI',
            run: { id: '30433642', attempt: 2 },
            task: { name: 'build', run: { id: '2832853555' } },
          },
          worker: { id: '4', name: 'builder-4', labels: ['self-hosted', 'linux'], hosted: false, group: 'Default' },
        },
        vcs: { ref: { head: { name: 'main', revision: SHA } } },
        detail: {
          action: 'completed',
          steps: 2,
          step_runs: [{ name: 'Run make', result: 'success', seconds: 30 }, { name: 'Later' }],
          conclusion: 'neutral',
          seconds: 180,
          queued_seconds: 20,
        },
      },
    ],
  },
  {
    name: 'Somebody lets a deployment through that another person started',
    reference: `${DOCS}#deployment_review`,
    record: {
      event: 'deployment_review',
      body: {
        ...common,
        action: 'approved',
        approver: mona,
        comment: '',
        since: '2026-03-02T10:05:00Z',
        workflow_job_runs: [{ id: 9, name: 'deploy', conclusion: null, environment: 'production' }],
        workflow_run: {
          id: 30433642,
          name: 'CD',
          path: '.github/workflows/cd.yml',
          event: 'push',
          head_branch: 'main',
          head_sha: SHA,
          run_attempt: 1,
          actor: { login: 'eve', id: 99, type: 'User' },
        },
      },
    },
    drafts: [
      {
        kind: 'deployment',
        actor: { name: 'mona' },
        observed_at: Date.parse('2026-03-02T10:05:00Z'),
        cicd: {
          pipeline: { definition: '.github/workflows/cd.yml', run: { id: '30433642' }, task: { name: 'deploy' } },
        },
        vcs: { ref: { head: { name: 'main', revision: SHA } } },
        detail: { action: 'approved', environment: 'production', requested_by: 'eve' },
      },
    ],
  },
  ...repositoryCases,
  ...credentialCases,
];
