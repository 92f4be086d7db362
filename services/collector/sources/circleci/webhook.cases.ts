// Deliveries as CircleCI's documentation shows them, and what they become.
import type { SourceCase } from '../../source-case.ts';

const reference = 'https://circleci.com/docs/reference/outbound-webhooks-reference/';
const revision = '1dc6aa69429bff4806ad6afe58d3d8f57e25973e';

const around = {
  happened_at: '2026-03-02T22:49:34.317Z',
  webhook: { id: 'cf8c4fdd-0587-4da1-b4ca-4846e9640af9', name: 'Pipewarden' },
  project: { id: '84996744-a854-4f5e-aea3-04e2851dc1d2', name: 'shop', slug: 'gh/acme/shop' },
  organization: { id: 'f22b6566-597d-46d5-ba74-99ef5bb3d85c', name: 'acme' },
};
const workflow = {
  id: 'fda08377-fe7e-46b1-8992-3a7aaecac9c3',
  name: 'build-test',
  url: 'https://app.circleci.com/pipelines/github/acme/shop/130/workflows/fda08377-fe7e-46b1-8992-3a7aaecac9c3',
};
const vcs = {
  provider_name: 'github',
  origin_repository_url: 'https://github.com/nils/shop',
  target_repository_url: 'https://github.com/acme/shop',
  revision,
  commit: { subject: 'Mend', author: { name: 'Mara Lind', email: 'Mara@example.org' } },
  branch: 'main',
};
const pipeline = { id: '1285fe1d-d3a6-44fc-8886-8979558254c4', number: 130, trigger: { type: 'webhook' }, vcs };
const pushed = {
  ...pipeline,
  trigger: { type: 'gitlab' },
  vcs: undefined,
  trigger_parameters: {
    gitlab: { user_username: 'mara', repo_url: 'git@gitlab.com:acme/shop.git', type: 'push' },
    git: { tag: 'v1.0.0', checkout_sha: revision, ref: 'refs/tags/v1.0.0' },
    circleci: { event_time: '2026-03-02T22:10:18.349Z', actor_id: '6a19122c-40e0-4d56-a875-aac6ccc27700' },
  },
};
const job = { id: '8b91f9a8-7975-4e60-916c-f0152ccbc937', name: 'test', status: 'failed', number: 136 };

export const cases: readonly SourceCase[] = [
  {
    name: 'A workflow that a push started is over',
    reference: `${reference}#workflow-completed-for-github-and-bitbucket`,
    record: {
      body: {
        id: '3888f21b',
        type: 'workflow-completed',
        ...around,
        workflow: { ...workflow, status: 'success' },
        pipeline,
      },
    },
    drafts: [
      {
        kind: 'run',
        natural_id: `workflow/${workflow.id}/success`,
        observed_at: Date.parse('2026-03-02T22:49:34.317Z'),
        organization: 'acme',
        actor: { name: 'Mara Lind', email: 'mara@example.org', type: 'unknown' },
        vcs: {
          provider: { name: 'github' },
          repository: { name: 'acme/shop' },
          ref: { head: { name: 'main', revision, type: 'branch' } },
        },
        cicd: {
          pipeline: {
            name: 'build-test',
            run: { id: workflow.id, trigger: 'webhook', state: 'finished', result: 'success', url: workflow.url },
          },
        },
        detail: { action: 'success' },
      },
    ],
  },
  {
    name: 'A job of it failed',
    reference: `${reference}#job-completed-for-github-and-bitbucket`,
    record: { body: { id: '8bd71c28', type: 'job-completed', ...around, workflow, job, pipeline } },
    drafts: [
      {
        kind: 'job',
        natural_id: `job/${job.id}/failed`,
        cicd: {
          pipeline: { run: { id: workflow.id }, task: { name: 'test', run: { id: '136', result: 'failure' } } },
        },
        detail: { action: 'failed' },
      },
    ],
  },
  {
    name: 'A workflow of a GitLab project, for a tag',
    reference: `${reference}#workflow-completed-gitlab`,
    record: {
      body: {
        id: 'cbabbb40',
        type: 'workflow-completed',
        ...around,
        project: { name: 'shop', slug: 'circleci/DdaVtNusHqi24D4YT3X4eu/6EkDPZoN4ZdMKKZtBkRodt' },
        workflow: { ...workflow, status: 'canceled' },
        pipeline: pushed,
      },
    },
    drafts: [
      {
        kind: 'run',
        actor: { name: 'mara', id: '6a19122c-40e0-4d56-a875-aac6ccc27700' },
        vcs: {
          provider: { name: 'gitlab' },
          repository: { name: 'acme/shop' },
          ref: { head: { name: 'v1.0.0', revision, type: 'tag' } },
        },
        cicd: { pipeline: { run: { trigger: 'gitlab', result: 'cancellation' } } },
      },
    ],
  },
  {
    name: 'A job, though the delivery calls itself a workflow, as the documentation shows it',
    reference: `${reference}#job-completed-gitlab`,
    record: { body: { id: '47a497be', type: 'workflow-completed', ...around, job: { ...job, status: 'success' } } },
    drafts: [
      {
        kind: 'job',
        vcs: { provider: { name: 'github' }, repository: { name: 'acme/shop' } },
        cicd: { pipeline: { task: { name: 'test', run: { result: 'success' } } } },
      },
    ],
  },
  {
    name: 'A scheduled workflow: the author of the commit did not start it',
    reference: `${reference}#trigger`,
    record: {
      body: {
        id: '1',
        type: 'workflow-completed',
        ...around,
        workflow,
        pipeline: { ...pipeline, trigger: { type: 'schedule' } },
      },
    },
    drafts: [
      {
        kind: 'run',
        natural_id: '1',
        cicd: { pipeline: { run: { trigger: 'schedule' } } },
        detail: { action: 'completed' },
      },
    ],
  },
  {
    name: 'An event that nothing here knows, with a project of the wrong type',
    reference,
    record: {
      body: { id: '2', type: 'orb-published', happened_at: around.happened_at, webhook: around.webhook, project: 7 },
    },
    drafts: [{ kind: 'other', detail: { type: 'orb-published' } }],
    notes: ['project: expected an object, found a number'],
  },
];
