// Deliveries of Bitbucket Cloud about pull requests, cut down to what is read of them. Part of ../webhook.cases.ts.
import type { SourceCase } from '../../../source-case.ts';
import { BASE, CLOUD, common, fork, mona, SHA, shop } from './cloud.cases.ts';

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

export const pullRequestCases: readonly SourceCase[] = [
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
];
