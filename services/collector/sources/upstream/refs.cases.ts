// What a poller of upstream refs writes, in the form of DESIGN.md section 8; refs as `git ls-remote` names them.
import type { SourceCase } from '../../source-case.ts';

const reference = 'https://git-scm.com/docs/git-ls-remote';
const sha = 'd6cd1e2bd19e03a81132a23b2025920577f84e37';

export const cases: readonly SourceCase[] = [
  {
    name: 'a tag resolves to a commit',
    reference,
    record: { body: { repository: 'acme/setup', ref: 'v4', sha, observed_at: '2026-03-01T09:00:00Z' } },
    drafts: [
      {
        kind: 'dependency',
        native_type: 'ref',
        observed_at: Date.parse('2026-03-01T09:00:00Z'),
        vcs: { repository: { name: 'acme/setup' }, ref: { head: { name: 'v4', revision: sha } } },
        detail: { type: 'action', name: 'acme/setup', requested: 'v4', resolved: sha },
      },
    ],
  },
  {
    name: 'a branch, with its full name and the time in milliseconds',
    reference,
    record: { body: { repository: 'acme/setup', ref: 'refs/heads/main', sha, observed_at: 1_772_355_600_000 } },
    drafts: [{ kind: 'dependency', observed_at: 1_772_355_600_000, detail: { requested: 'refs/heads/main' } }],
  },
  {
    name: 'an action in a folder of a repository',
    reference,
    record: { body: { repository: 'acme/actions/login', ref: 'v1.2.3', sha } },
    drafts: [{ kind: 'dependency', detail: { name: 'acme/actions/login', requested: 'v1.2.3', resolved: sha } }],
  },
  {
    name: 'a tag that is gone',
    reference,
    record: { body: { repository: 'acme/setup', ref: 'v3', sha: null, observed_at: '2026-03-01T09:00:00Z' } },
    drafts: [{ kind: 'dependency', native_type: 'ref.gone', detail: { name: 'acme/setup', requested: 'v3' } }],
  },
  {
    name: 'a commit of a repository that uses SHA-256, and a time that is none',
    reference,
    record: { body: { repository: 'acme/setup', ref: 'v4', sha: '0a'.repeat(32), observed_at: 'this morning' } },
    drafts: [{ kind: 'dependency', detail: { resolved: '0a'.repeat(32) } }],
    notes: ['observed_at: expected a time, found text'],
  },
];
