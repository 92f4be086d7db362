// Lines as git-secrets prints them; what stands for a secret is none.
import type { SourceCase } from '../../source-case.ts';

const reference = 'https://github.com/awslabs/git-secrets#synopsis';
const SOURCE = 'https://github.com/awslabs/git-secrets/blob/master/git-secrets';
const commit = '006d84a823ec5d46086f278aea15912b7737af51';

export const cases: readonly SourceCase[] = [
  {
    name: 'a line of a file',
    reference,
    record: { repository: 'acme/shop', body: 'src/config.py:3:three plain words' },
    drafts: [
      {
        kind: 'alert',
        native_type: 'match',
        vcs: { repository: { name: 'acme/shop' } },
        detail: { action: 'found', tool: 'git-secrets', location: { path: 'src/config.py', line: 3 } },
      },
    ],
  },
  {
    name: 'a line of the history',
    reference: SOURCE,
    record: { repository: 'acme/shop', body: `${commit}:deploy/env.sh:12:a: b: c` },
    drafts: [
      {
        kind: 'alert',
        vcs: { ref: { head: { revision: commit } } },
        detail: { location: { path: 'deploy/env.sh', line: 12 } },
      },
    ],
  },
  {
    name: 'what it says below the matches is none',
    reference: SOURCE,
    record: { body: '[ERROR] Matched one or more prohibited patterns' },
    drafts: [],
  },
  {
    name: 'how to go on is none either',
    reference: SOURCE,
    record: { body: '- Use --no-verify if this is a one-time false positive' },
    drafts: [],
  },
  {
    name: 'a match that is empty but for its place',
    reference: SOURCE,
    record: { body: 'notes.txt:1:' },
    drafts: [{ kind: 'alert', detail: { location: { path: 'notes.txt', line: 1 } } }],
  },
];
