// Bitbucket deliveries of both editions, cut down to what is read of them.
import type { SourceCase } from '../../source-case.ts';
import { BASE, CLOUD, common, fork, mona, SHA } from './webhook/cloud.cases.ts';
import { pullRequestCases } from './webhook/pull-requests.cases.ts';
import { serverCases } from './webhook/server.cases.ts';

const SPANS = 'https://www.atlassian.com/blog/bitbucket/bitbucket-pipelines-opentelemetry-traces-via-webhooks';
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

export const cases: readonly SourceCase[] = [...cloudCases, ...pullRequestCases, ...serverCases];
