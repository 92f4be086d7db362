// Bitbucket deliveries of both editions, cut down to what is read of them.
import type { SourceCase } from '../../source-case.ts';
import { serverCases } from './webhook/server.cases.ts';

const CLOUD = 'https://support.atlassian.com/bitbucket-cloud/docs/event-payloads/';
const SPANS = 'https://www.atlassian.com/blog/bitbucket/bitbucket-pipelines-opentelemetry-traces-via-webhooks';
const SHA = '709d658dc5b6d6afcd46049c2f332ee3f515a67d';
const BASE = '1e65c05c1d5171631d92438a13901ca7dae9618c';

const mona = {
  type: 'user',
  display_name: 'Mona Lisa',
  nickname: 'mona',
  account_id: '557058:d5765ebd-27de-4ce3-b859-a77882cee3ab',
  uuid: '{d301aafa-d676-4ee0-88be-962be7417567}',
};
const shop = {
  type: 'repository',
  full_name: 'acme/shop',
  name: 'shop',
  uuid: '{673a6070-3421-46c9-9d48-90745f7bfe8e}',
  is_private: true,
  workspace: { type: 'workspace', slug: 'acme', uuid: '{c040300a-0d62-4b66-9f87-b8f5a0a8f5b0}' },
  mainbranch: { type: 'branch', name: 'main' },
};
const fork = {
  type: 'repository',
  full_name: 'eve/shop',
  name: 'shop',
  uuid: '{11111111-3421-46c9-9d48-90745f7bfe8e}',
};
const common = { actor: mona, repository: shop };
const pull = {
  id: 1,
  title: 'Fix the build',
  description: 'It **works**.',
  state: 'OPEN',
  author: { type: 'user', nickname: 'eve', account_id: '557058:e', uuid: '{e}' },
  source: { branch: { name: 'fix' }, commit: { hash: SHA.slice(0, 12) }, repository: fork },
  destination: { branch: { name: 'main' }, commit: { hash: BASE.slice(0, 12) }, repository: shop },
  merge_commit: null,
  created_on: '2026-03-01T10:00:00.000000+00:00',
  updated_on: '2026-03-02T10:00:00.000000+00:00',
};
const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } });

const cloudCases: readonly SourceCase[] = [
  {
    name: 'The main branch is pushed by force, with a commit',
    reference: CLOUD,
    record: {
      event: 'repo:push',
      body: {
        ...common,
        push: {
          changes: [
            {
              new: { type: 'branch', name: 'main', target: { type: 'commit', hash: SHA } },
              old: { type: 'branch', name: 'main', target: { type: 'commit', hash: BASE } },
              created: false,
              closed: false,
              forced: true,
              truncated: false,
              commits: [
                {
                  type: 'commit',
                  hash: SHA,
                  message: 'new commit message\n',
                  date: '2026-03-02T03:34:56+09:00',
                  author: { type: 'author', raw: 'Mona Lisa <Mona@acme.example>', user: mona },
                  parents: [{ type: 'commit', hash: BASE }],
                },
              ],
            },
          ],
        },
      },
    },
    drafts: [
      {
        kind: 'push',
        native_type: 'repo:push',
        organization: 'acme',
        actor: { name: 'mona', id: '557058:d5765ebd-27de-4ce3-b859-a77882cee3ab', type: 'person' },
        vcs: {
          provider: { name: 'bitbucket' },
          repository: { name: 'acme/shop', visibility: 'private' },
          ref: { head: { name: 'main', type: 'branch', revision: SHA }, base: { revision: BASE } },
        },
        detail: { forced: true, created: false, deleted: false, commits: 1, default_branch: true },
      },
      {
        kind: 'commit',
        actor: { name: 'mona', email: 'mona@acme.example', type: 'unknown' },
        occurred_at: { at: Date.parse('2026-03-01T18:34:56Z'), offset_minutes: 540 },
        vcs: { ref: { head: { name: 'main', revision: SHA, type: 'branch' } } },
        detail: {
          sha: SHA,
          parents: 1,
          author: { name: 'Mona Lisa', email: 'mona@acme.example' },
          signature: 'unknown',
        },
      },
    ],
  },
  {
    name: 'A tag is deleted and a branch is made in one push',
    reference: CLOUD,
    record: {
      event: 'repo:push',
      body: {
        ...common,
        push: {
          changes: [
            {
              new: null,
              old: { type: 'tag', name: 'v1', target: { hash: BASE } },
              created: false,
              closed: true,
              forced: false,
            },
            {
              new: { type: 'branch', name: 'next', target: { hash: SHA } },
              old: null,
              created: true,
              closed: false,
              forced: false,
              commits: [],
            },
          ],
        },
      },
    },
    drafts: [
      {
        kind: 'push',
        vcs: { ref: { head: { name: 'v1', type: 'tag' }, base: { revision: BASE } } },
        detail: { created: false, deleted: true, default_branch: false },
      },
      {
        kind: 'push',
        vcs: { ref: { head: { name: 'next', type: 'branch', revision: SHA } } },
        detail: { created: true, deleted: false, default_branch: false },
      },
    ],
  },
  {
    name: 'A pull request from a fork is opened',
    reference: CLOUD,
    record: { event: 'pullrequest:created', body: { ...common, pullrequest: pull } },
    drafts: [
      {
        kind: 'change',
        observed_at: Date.parse('2026-03-02T10:00:00Z'),
        vcs: {
          ref: {
            head: { name: 'fix', revision: SHA.slice(0, 12), type: 'branch' },
            base: { name: 'main', revision: BASE.slice(0, 12) },
          },
          change: { id: '1', title: 'Fix the build', state: 'open' },
        },
        detail: {
          action: 'opened',
          author: 'eve',
          from_fork: true,
          from_repository: 'eve/shop',
          merged: false,
          opened_at: Date.parse('2026-03-01T10:00:00Z'),
          body: 'It **works**.',
        },
      },
    ],
  },
  {
    name: 'A pull request is merged',
    reference: CLOUD,
    record: {
      event: 'pullrequest:fulfilled',
      body: { ...common, pullrequest: { ...pull, state: 'MERGED', merge_commit: { hash: '764413d85e29' } } },
    },
    drafts: [{ kind: 'change', detail: { action: 'closed', merged: true, merge_revision: '764413d85e29' } }],
  },
  {
    name: 'A pull request is approved',
    reference: CLOUD,
    record: {
      event: 'pullrequest:approved',
      body: { ...common, pullrequest: pull, approval: { date: '2026-03-02T10:05:00+00:00', user: mona } },
    },
    drafts: [
      {
        kind: 'review',
        observed_at: Date.parse('2026-03-02T10:05:00Z'),
        vcs: { change: { id: '1' } },
        detail: { action: 'submitted', verdict: 'approved', author: 'eve' },
      },
    ],
  },
  {
    name: 'Somebody comments on a pull request; the header of the delivery is lost',
    reference: CLOUD,
    record: {
      body: {
        ...common,
        pullrequest: pull,
        comment: {
          id: 17,
          content: { raw: 'Please run it', html: '<p>Please run it</p>' },
          created_on: '2026-03-02T11:00:00+00:00',
          updated_on: '2026-03-02T11:00:00+00:00',
        },
      },
    },
    drafts: [
      {
        kind: 'discussion',
        native_type: 'pullrequest:comment_created',
        detail: { action: 'created', on: 'change', title: 'Fix the build', body: 'Please run it' },
      },
    ],
  },
  {
    name: 'A build system reports that a commit failed',
    reference: CLOUD,
    record: {
      event: 'repo:commit_status_updated',
      body: {
        ...common,
        commit_status: {
          name: 'Unit Tests',
          state: 'FAILED',
          key: 'mybuildtool',
          refname: 'fix',
          url: 'https://build.acme.example/results/3',
          created_on: '2026-03-02T12:00:00.000000+00:00',
          updated_on: '2026-03-02T12:05:00.000000+00:00',
          type: 'build',
          links: { commit: { href: `https://api.bitbucket.org/2.0/repositories/acme/shop/commit/${SHA}` } },
        },
      },
    },
    drafts: [
      {
        kind: 'job',
        observed_at: Date.parse('2026-03-02T12:05:00Z'),
        vcs: { ref: { head: { name: 'fix', revision: SHA } } },
        cicd: { pipeline: { task: { name: 'Unit Tests', run: { result: 'failure' } } } },
        detail: { action: 'failed' },
      },
    ],
  },
  {
    name: 'A repository is forked',
    reference: CLOUD,
    record: { event: 'repo:fork', body: { ...common, fork } },
    drafts: [
      { kind: 'repository', vcs: { repository: { name: 'acme/shop' } }, detail: { action: 'forked', to: 'eve/shop' } },
    ],
  },
  {
    name: 'A run of Bitbucket Pipelines and its step have ended',
    reference: SPANS,
    record: {
      event: 'pipeline:span_created',
      body: {
        resourceSpans: [
          {
            scopeSpans: [
              {
                spans: [
                  {
                    name: 'bbc.pipeline_run',
                    spanId: '90c5a5f0d2f1b1a4',
                    startTimeUnixNano: '1772445600000000000',
                    endTimeUnixNano: '1772445690000000000',
                    attributes: [
                      attribute('pipeline_run.uuid', '{r}'),
                      attribute('pipeline.state.result.name', 'FAILED'),
                      attribute('pipeline.target.ref_type', 'BRANCH'),
                      attribute('pipeline.target.ref_name', 'main'),
                      attribute('pipeline.trigger.name', 'PUSH'),
                    ],
                  },
                  {
                    name: 'bbc.step',
                    startTimeUnixNano: '1772445610000000000',
                    endTimeUnixNano: '1772445685000000000',
                    attributes: [
                      attribute('pipeline_run.uuid', '{r}'),
                      attribute('step.uuid', '{s}'),
                      attribute('step.name', 'Build'),
                      attribute('step.state.result.name', 'COMPLETE'),
                    ],
                  },
                ],
              },
            ],
          },
        ],
      },
    },
    drafts: [
      {
        kind: 'run',
        observed_at: Date.parse('2026-03-02T10:01:30Z'),
        vcs: { ref: { head: { name: 'main', type: 'branch' } } },
        cicd: { pipeline: { run: { id: '{r}', trigger: 'push', state: 'finished', result: 'failure' } } },
        detail: { action: 'completed', seconds: 90 },
      },
      {
        kind: 'job',
        cicd: {
          pipeline: { run: { id: '{r}' }, task: { name: 'Build', run: { id: '{s}', result: 'success' } } },
        },
        detail: { action: 'completed', seconds: 75 },
      },
    ],
  },
];

export const cases: readonly SourceCase[] = [...cloudCases, ...serverCases];
