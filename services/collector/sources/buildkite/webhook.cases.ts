// Deliveries in the form of the webhooks' pages, with objects as the REST API's pages show them, shortened.
import type { SourceCase } from '../../source-case.ts';

const BUILDS = 'https://buildkite.com/docs/apis/webhooks/pipelines/build-events';
const JOBS = 'https://buildkite.com/docs/apis/webhooks/pipelines/job-events';
const AGENTS = 'https://buildkite.com/docs/apis/webhooks/pipelines/agent-events';

const sender = { id: '8a7693f8-dbae-4783-9137-84090fce9045', name: 'Some Person' };
const pipeline = {
  id: '849411f9-9e6d-4739-a0d8-e247088e9b52',
  url: 'https://api.buildkite.com/v2/organizations/acme/pipelines/shop',
  name: 'Shop',
  slug: 'shop',
  repository: 'git@github.com:acme/shop.git',
  default_branch: 'main',
  provider: { id: 'github', webhook_url: 'https://webhook.example/deliver/plain-words' },
};
const commit = 'abcd0b72a1e580e90712cdd9eb26d3fb41cd09c8';

function build(more: object): object {
  return {
    id: 'f62a1b4d-10f9-4790-bc1c-e2c3a0c80983',
    web_url: 'https://buildkite.com/acme/shop/builds/1',
    number: 1,
    state: 'passed',
    blocked: false,
    message: 'Bumping to version 0.2',
    commit,
    branch: 'main',
    tag: null,
    source: 'webhook',
    creator: { id: '3d3c3bf0-7d58-4afe-8fe7-b3017d5504de', name: 'Mara', email: 'Mara@example.org' },
    created_at: '2026-03-01T10:00:00.000Z',
    scheduled_at: '2026-03-01T10:00:01.000Z',
    started_at: '2026-03-01T10:00:02.000Z',
    finished_at: '2026-03-01T10:01:00.000Z',
    pull_request: null,
    rebuilt_from: null,
    ...more,
  };
}

const job = {
  id: 'b63254c0-3271-4a98-8270-7cfbd6c2f14e',
  type: 'script',
  name: 'RSpec',
  step_key: 'rspec',
  state: 'passed',
  exit_status: 0,
  agent: { id: '0b461f65-e7be-4c80-888a-ef11d81fd971', name: 'my-agent-123', meta_data: ['queue=default'] },
  started_at: '2026-03-01T10:00:10.000Z',
  finished_at: '2026-03-01T10:00:50.000Z',
};

export const cases: readonly SourceCase[] = [
  {
    name: 'a build ends well',
    reference: BUILDS,
    record: { event: 'build.finished', body: { event: 'build.finished', build: build({}), pipeline, sender } },
    drafts: [
      {
        kind: 'run',
        native_type: 'build.finished',
        observed_at: Date.parse('2026-03-01T10:01:00Z'),
        organization: 'acme',
        actor: { name: 'Mara', email: 'mara@example.org', type: 'unknown' },
        vcs: { repository: { name: 'acme/shop' }, ref: { head: { name: 'main', revision: commit } } },
        cicd: {
          pipeline: {
            name: 'shop',
            run: {
              id: 'f62a1b4d-10f9-4790-bc1c-e2c3a0c80983',
              trigger: 'webhook',
              state: 'finished',
              result: 'success',
              url: 'https://buildkite.com/acme/shop/builds/1',
            },
          },
        },
        detail: { action: 'finished' },
      },
    ],
  },
  {
    name: 'a build of a pull request waits, started by another build; the header is missing',
    reference: BUILDS,
    record: {
      body: {
        event: 'build.scheduled',
        build: build({
          state: 'scheduled',
          commit: 'HEAD',
          branch: 'topic',
          source: 'trigger_job',
          creator: null,
          pull_request: { id: '17', base: 'main', repository: 'https://github.com/stranger/shop.git' },
          triggered_from: { build_id: '019081aa', build_number: 5, build_pipeline_slug: 'release' },
        }),
        pipeline,
        sender,
      },
    },
    drafts: [
      {
        kind: 'run',
        observed_at: Date.parse('2026-03-01T10:00:01Z'),
        vcs: { change: { id: '17' }, ref: { head: { name: 'topic' }, base: { name: 'main' } } },
        cicd: { pipeline: { run: { state: 'pending', parent: { id: '019081aa', pipeline: 'release' } } } },
        detail: { action: 'scheduled' },
      },
    ],
  },
  {
    name: 'a job ends on an agent',
    reference: JOBS,
    record: { event: 'job.finished', body: { event: 'job.finished', job, build: build({}), pipeline, sender } },
    drafts: [
      {
        kind: 'job',
        observed_at: Date.parse('2026-03-01T10:00:50Z'),
        cicd: {
          pipeline: {
            task: { name: 'RSpec', run: { id: 'b63254c0-3271-4a98-8270-7cfbd6c2f14e', result: 'success' } },
          },
          worker: { name: 'my-agent-123', labels: ['queue=default'] },
        },
        detail: { action: 'finished' },
      },
    ],
  },
  {
    name: 'somebody lets a blocked step go on',
    reference: JOBS,
    record: {
      event: 'job.activated',
      body: {
        event: 'job.activated',
        job: {
          id: 'ce3f2c1a',
          type: 'manual',
          label: 'Deploy to production?',
          state: 'unblocked',
          unblocked_by: { id: 'u-2', name: 'Ana', email: 'ana@example.org' },
          unblocked_at: '2026-03-01T10:02:00Z',
        },
        build: build({ state: 'running' }),
        pipeline,
        sender,
      },
    },
    drafts: [
      {
        kind: 'job',
        observed_at: Date.parse('2026-03-01T10:02:00Z'),
        actor: { name: 'Ana', id: 'u-2' },
        cicd: { pipeline: { task: { name: 'Deploy to production?' } } },
        detail: { action: 'activated' },
      },
    ],
  },
  {
    name: 'an agent connects',
    reference: AGENTS,
    record: {
      event: 'agent.connected',
      body: {
        event: 'agent.connected',
        agent: {
          id: '0b461f65-e7be-4c80-888a-ef11d81fd971',
          url: 'https://api.buildkite.com/v2/organizations/acme/agents/my-agent',
          name: 'my-agent',
          hostname: 'some.server',
          ip_address: '198.51.100.7',
          user_agent: 'buildkite-agent/2.1.0 (linux; amd64)',
          meta_data: ['queue=default'],
          queue: 'default',
          connected_at: '2026-03-01T10:00:00Z',
        },
        sender,
      },
    },
    drafts: [
      {
        kind: 'runner',
        organization: 'acme',
        observed_at: Date.parse('2026-03-01T10:00:00Z'),
        client: { address: '198.51.100.7' },
        cicd: { worker: { name: 'my-agent', group: 'default' } },
        host: { name: 'some.server' },
        detail: { action: 'connected' },
      },
    ],
  },
  {
    name: 'an agent may not register from where it is',
    reference: 'https://buildkite.com/docs/apis/webhooks/pipelines/agent-token-events',
    record: {
      event: 'cluster_token.registration_blocked',
      body: {
        event: 'cluster_token.registration_blocked',
        blocked_ip: '203.0.113.9',
        cluster_token: { id: 'b6001416-0e1e-41c6-9dbe-3d96766f451a', description: 'Windows agents' },
        sender,
      },
    },
    drafts: [
      {
        kind: 'runner',
        client: { address: '203.0.113.9' },
        credential: { id: 'b6001416-0e1e-41c6-9dbe-3d96766f451a', type: 'agent token', name: 'Windows agents' },
        detail: { action: 'registration_blocked' },
      },
    ],
  },
  {
    name: "the webhook's settings change; an address that is none",
    reference: 'https://buildkite.com/docs/apis/webhooks/pipelines/ping-events',
    record: {
      event: 'ping',
      body: {
        event: 'ping',
        service: { id: '49801950', provider: 'webhook', settings: { url: 7 } },
        organization: { slug: 'acme' },
        sender,
      },
    },
    drafts: [{ kind: 'integration', organization: 'acme', detail: { action: 'ping' } }],
    notes: ['service.settings.url: expected text, found a number'],
  },
];
