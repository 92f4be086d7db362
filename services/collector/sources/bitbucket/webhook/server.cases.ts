// Deliveries of Bitbucket Data Center, cut down to what is read of them. Part of ../webhook.cases.ts.
import type { SourceCase } from '../../../source-case.ts';

const SERVER = 'https://confluence.atlassian.com/bitbucketserver/event-payload-938025882.html';
const SHA = 'a00945762949b7787503c6f1ae2f1ea9e2b3f0c1';
const BASE = 'ecddabb624f6f5ba43816f5926e580a5f680a932';
const NONE = '0'.repeat(40);

const admin = { name: 'admin', emailAddress: 'Admin@acme.example', id: 1, displayName: 'Admin', type: 'NORMAL' };
const project = { key: 'PROJ', id: 84, name: 'project', public: false, type: 'NORMAL' };
const shop = { slug: 'shop', id: 84, name: 'shop', scmId: 'git', state: 'AVAILABLE', project, public: false };
const fork = {
  slug: 'shop',
  id: 97,
  name: 'shop',
  public: false,
  project: { key: '~EVE', id: 90, type: 'PERSONAL' },
  origin: shop,
};
const common = { date: '2026-03-02T09:58:11+1000', actor: admin };
const pullRequest = {
  id: 11,
  version: 1,
  title: 'A cool PR',
  state: 'MERGED',
  createdDate: 1_772_000_000_000,
  author: { user: { name: 'eve', id: 9 }, role: 'AUTHOR', approved: false, status: 'UNAPPROVED' },
  fromRef: { id: 'refs/heads/fix', displayId: 'fix', latestCommit: SHA, repository: fork },
  toRef: { id: 'refs/heads/main', displayId: 'main', latestCommit: BASE, repository: shop },
  properties: { mergeCommit: { displayId: '7e48f426f0a', id: '7e48f426f0a6e20f263d68ba5e3ec0fd2ad5cf1f' } },
};

export const serverCases: readonly SourceCase[] = [
  {
    name: 'Data Center: a tag is made, with the commit that it brings',
    reference: SERVER,
    record: {
      event: 'repo:refs_changed',
      body: {
        ...common,
        eventKey: 'repo:refs_changed',
        repository: shop,
        changes: [
          {
            ref: { id: 'refs/tags/v2', displayId: 'v2', type: 'TAG' },
            refId: 'refs/tags/v2',
            fromHash: NONE,
            toHash: SHA,
            type: 'ADD',
          },
        ],
        commits: [
          {
            id: SHA,
            displayId: SHA.slice(0, 11),
            author: { name: 'eve', emailAddress: 'eve@evil.example' },
            authorTimestamp: 1_772_400_000_000,
            committer: { name: 'admin', emailAddress: 'admin@acme.example' },
            committerTimestamp: 1_772_400_060_000,
            message: 'Release',
            parents: [{ id: BASE }],
          },
        ],
      },
    },
    drafts: [
      {
        kind: 'push',
        observed_at: Date.parse('2026-03-01T23:58:11Z'),
        actor: { name: 'admin', id: '1', email: 'admin@acme.example', type: 'person' },
        vcs: {
          repository: { name: 'PROJ/shop', visibility: 'private' },
          ref: { head: { name: 'v2', type: 'tag', revision: SHA } },
        },
        detail: { created: true, deleted: false, commits: 1 },
      },
      {
        kind: 'commit',
        actor: { name: 'eve', email: 'eve@evil.example', type: 'unknown' },
        occurred_at: { at: 1_772_400_000_000 },
        detail: {
          sha: SHA,
          parents: 1,
          author: { email: 'eve@evil.example' },
          committer: { email: 'admin@acme.example', time: { at: 1_772_400_060_000 } },
        },
      },
    ],
  },
  {
    name: 'Data Center: a pull request from a personal fork is merged',
    reference: SERVER,
    record: { event: 'pr:merged', body: { ...common, eventKey: 'pr:merged', pullRequest } },
    drafts: [
      {
        kind: 'change',
        vcs: {
          repository: { name: 'PROJ/shop', visibility: 'private' },
          ref: { head: { name: 'fix', revision: SHA }, base: { name: 'main', revision: BASE } },
          change: { id: '11', title: 'A cool PR', state: 'merged' },
        },
        detail: {
          action: 'closed',
          merged: true,
          merge_revision: '7e48f426f0a6e20f263d68ba5e3ec0fd2ad5cf1f',
          author: 'eve',
          from_fork: true,
          from_repository: '~EVE/shop',
          opened_at: 1_772_000_000_000,
        },
      },
    ],
  },
  {
    name: 'Data Center: a reviewer asks for changes; the header of the delivery is lost',
    reference: SERVER,
    record: {
      body: {
        ...common,
        eventKey: 'pr:reviewer:changes_requested',
        pullRequest: { ...pullRequest, state: 'OPEN' },
        participant: { user: admin, lastReviewedCommit: SHA, role: 'REVIEWER', status: 'NEEDS_WORK' },
        previousStatus: 'UNAPPROVED',
      },
    },
    drafts: [
      {
        kind: 'review',
        native_type: 'pr:reviewer:changes_requested',
        detail: { action: 'submitted', verdict: 'changes_requested', author: 'eve' },
      },
    ],
  },
  {
    name: 'Data Center: a repository becomes public',
    reference: SERVER,
    record: {
      event: 'repo:modified',
      body: { ...common, eventKey: 'repo:modified', old: shop, new: { ...shop, public: true } },
    },
    drafts: [
      {
        kind: 'repository',
        vcs: { repository: { name: 'PROJ/shop', visibility: 'public' } },
        detail: { action: 'publicized', from: 'private', to: 'public' },
      },
    ],
  },
  {
    name: 'Data Center: a repository is forked',
    reference: SERVER,
    record: { event: 'repo:forked', body: { ...common, eventKey: 'repo:forked', repository: fork } },
    drafts: [
      { kind: 'repository', vcs: { repository: { name: 'PROJ/shop' } }, detail: { action: 'forked', to: '~EVE/shop' } },
    ],
  },
  {
    name: 'Data Center: secret scanning found a secret in a push',
    reference: SERVER,
    record: {
      event: 'repo:secret_detected',
      body: {
        ...common,
        eventKey: 'repo:secret_detected',
        repository: shop,
        secretLocations: [
          { commitId: SHA, line: 12, path: 'conf/deploy.sh', ruleName: 'AWS access key', repository: shop },
        ],
      },
    },
    drafts: [
      {
        kind: 'alert',
        vcs: { repository: { name: 'PROJ/shop' }, ref: { head: { revision: SHA } } },
        detail: {
          action: 'created',
          tool: 'secret_scanning',
          rule: 'AWS access key',
          location: { path: 'conf/deploy.sh', line: 12 },
        },
      },
    ],
  },
  {
    name: 'Data Center: somebody tries the webhook',
    reference: SERVER,
    record: { event: 'diagnostics:ping', body: { test: true } },
    drafts: [{ kind: 'integration', native_type: 'diagnostics:ping', detail: { action: 'ping' } }],
  },
];
