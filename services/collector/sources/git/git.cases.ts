// Commits of a clone, as `replay --source git` makes records of them.
import type { SourceCase } from '../../source-case.ts';

const reference = 'https://git-scm.com/docs/git-log#_pretty_formats';
const SHA = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
const PARENT = '8f94139338f9404f26296befa88755fc2598c289';
const mara = { name: 'Mara Lindqvist', email: 'Mara@Example.org', date: '2026-03-04T23:10:00+08:00' };

export const cases: readonly SourceCase[] = [
  {
    name: 'a commit, signed, that changed two files',
    reference,
    record: {
      repository: 'acme/shop',
      body: { sha: SHA, parents: [PARENT], author: mara, committer: mara, signature: 'good', paths: ['a.ts', 'b.ts'] },
    },
    drafts: [
      {
        kind: 'commit',
        occurred_at: { at: Date.parse('2026-03-04T15:10:00Z'), offset_minutes: 480 },
        actor: { name: 'Mara Lindqvist', email: 'mara@example.org' },
        vcs: { repository: { name: 'acme/shop' }, ref: { head: { revision: SHA } } },
        detail: { sha: SHA, parents: 1, signature: 'good', paths: ['a.ts', 'b.ts'] },
      },
    ],
  },
  {
    name: 'one person wrote it, another committed it a day later',
    reference: 'https://git-scm.com/docs/git-am',
    record: {
      repository: 'acme/shop',
      body: {
        sha: SHA,
        parents: [PARENT],
        author: mara,
        committer: { name: 'Ines', email: 'ines@example.org', date: '2026-03-05T09:00:00Z' },
        signature: 'unknown',
      },
    },
    drafts: [
      {
        kind: 'commit',
        actor: { email: 'mara@example.org' },
        detail: {
          author: { email: 'mara@example.org' },
          committer: { email: 'ines@example.org' },
          signature: 'unknown',
        },
      },
    ],
  },
  {
    name: 'a merge has two parents, the first commit has none',
    reference: 'https://git-scm.com/docs/git-merge',
    record: {
      repository: 'acme/shop',
      body: { sha: SHA, parents: [PARENT, SHA], author: mara, committer: mara, signature: 'none' },
    },
    drafts: [{ kind: 'commit', detail: { parents: 2, signature: 'none' } }],
  },
  {
    name: 'a bot’s commit',
    reference: 'https://docs.github.com/en/authentication/managing-commit-signature-verification',
    record: {
      repository: 'acme/shop',
      body: {
        sha: SHA,
        author: { name: 'dependabot[bot]', email: '49699333+dependabot[bot]@users.noreply.github.com' },
        committer: { name: 'GitHub', email: 'noreply@github.com', date: '2026-03-05T09:00:00Z' },
      },
    },
    drafts: [{ kind: 'commit', actor: { name: 'dependabot[bot]', type: 'bot' } }],
  },
  {
    name: 'a date that is none stays missing',
    reference: 'https://git-scm.com/docs/git-commit#_date_formats',
    record: {
      repository: 'acme/shop',
      body: { sha: SHA, author: { ...mara, date: 'yesterday' }, committer: { ...mara, date: 'yesterday' } },
    },
    drafts: [{ kind: 'commit', detail: { sha: SHA, author: { email: 'mara@example.org' } } }],
  },
];
