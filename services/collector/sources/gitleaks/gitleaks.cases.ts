// Rows of a report, in the form of the README; what stands for a secret is none.
import type { SourceCase } from '../../source-case.ts';

const reference = 'https://github.com/gitleaks/gitleaks#reporting';
const commit = 'cd5226711335c68be1e720b318b7bc3135a30eb2';

function row(more: object): object {
  return {
    Description: 'Identified a possible key',
    StartLine: 20,
    EndLine: 20,
    StartColumn: 14,
    EndColumn: 40,
    Match: 'key = three plain words',
    Secret: 'three plain words',
    File: 'cmd/generate/config/rules/sidekiq.go',
    SymlinkFile: '',
    Commit: commit,
    Entropy: 3.1,
    Author: 'Mara',
    Email: 'mara@example.org',
    Date: '2022-08-03T12:31:40Z',
    Message: 'Update rules',
    Tags: [],
    RuleID: 'sidekiq-secret',
    Fingerprint: `${commit}:cmd/generate/config/rules/sidekiq.go:sidekiq-secret:20`,
    ...more,
  };
}

export const cases: readonly SourceCase[] = [
  {
    name: 'a report with one secret in a commit',
    reference,
    record: { body: [row({})], repository: 'acme/shop' },
    drafts: [
      {
        kind: 'alert',
        vcs: { repository: { name: 'acme/shop' }, ref: { head: { revision: commit } } },
        detail: {
          action: 'found',
          tool: 'Gitleaks',
          rule: 'sidekiq-secret',
          title: 'Identified a possible key',
          location: { path: 'cmd/generate/config/rules/sidekiq.go', line: 20 },
        },
      },
    ],
  },
  {
    name: 'the link to a forge tells the repository',
    reference,
    record: {
      body: row({ Link: `https://github.com/acme/shop/blob/${commit}/cmd/generate/config/rules/sidekiq.go#L20` }),
    },
    drafts: [{ kind: 'alert', vcs: { repository: { name: 'acme/shop' } } }],
  },
  {
    name: 'a folder without history has no commit',
    reference: 'https://github.com/gitleaks/gitleaks#directory-aliases-files-directory',
    record: { body: row({ Commit: '', Author: '', Email: '', Date: '', Message: '', File: '.env' }) },
    drafts: [{ kind: 'alert', detail: { location: { path: '.env', line: 20 } } }],
  },
  {
    name: 'a report that Gitleaks redacted itself',
    reference: 'https://github.com/gitleaks/gitleaks#redacting-secrets',
    record: { body: [row({ Match: 'key = REDACTED', Secret: 'REDACTED' }), row({ RuleID: 'generic-api-key' })] },
    drafts: [
      { kind: 'alert', detail: { rule: 'sidekiq-secret' } },
      { kind: 'alert', detail: { rule: 'generic-api-key' } },
    ],
  },
  {
    name: 'a line that is none',
    reference,
    record: { body: row({ StartLine: 'twenty' }) },
    drafts: [{ kind: 'alert', detail: { location: { path: 'cmd/generate/config/rules/sidekiq.go' } } }],
    notes: ['StartLine: expected a number, found text'],
  },
];
