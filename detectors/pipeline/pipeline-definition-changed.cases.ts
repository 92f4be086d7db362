// Cases of pipeline-definition-changed: a repository where grace keeps the pipelines and ada writes the program.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { HOUR } from '../../services/core/time.ts';

const START = Date.UTC(2026, 0, 5, 9);

function commit(index: number, who: string, paths: readonly string[] | undefined, added: readonly string[] = []) {
  const at = START + index * HOUR;
  const person = { name: who, email: `${who}@example.org`, time: { at, offset_minutes: 0 } };
  return activityAt(
    at,
    'commit',
    {
      sha: `${who}${index}00000000`,
      parents: 1,
      author: person,
      committer: person,
      signature: 'none',
      ...(paths ? { paths } : {}),
      added,
    },
    { vcs: { repository: { name: 'example/app' } } },
  );
}

function months(commits: number) {
  return Array.from({ length: commits }, (_, index) =>
    index % 10 === 0
      ? commit(index, 'grace', ['.github/workflows/ci.yml'])
      : commit(index, index % 2 === 0 ? 'ada' : 'grace', ['src/main.ts']),
  );
}

const NEW_WORKFLOW = '.github/workflows/cache-sync.yml';

export const cases: readonly DetectorCase[] = [
  {
    name: 'Ada, who never touched one in eighty commits, adds a workflow',
    kind: 'hit',
    history: months(200),
    activity: commit(201, 'ada', [NEW_WORKFLOW], [NEW_WORKFLOW]),
    expected: 'medium',
  },
  {
    name: 'Ada changes a workflow that exists',
    kind: 'hit',
    history: months(200),
    activity: commit(201, 'ada', ['.github/workflows/ci.yml', 'src/main.ts']),
    expected: 'low',
  },
  {
    name: 'Grace adds a workflow, as she does',
    kind: 'near-miss',
    history: months(200),
    activity: commit(201, 'grace', [NEW_WORKFLOW], [NEW_WORKFLOW]),
    expected: null,
  },
  {
    name: 'Ada, who has a young repository to herself, adds its first workflow',
    kind: 'near-miss',
    history: Array.from({ length: 50 }, (_, index) => commit(index, 'ada', ['src/main.ts'])),
    activity: commit(51, 'ada', [NEW_WORKFLOW], [NEW_WORKFLOW]),
    expected: null,
  },
  {
    name: 'Ada changes a file that only looks like a workflow',
    kind: 'near-miss',
    history: months(200),
    activity: commit(201, 'ada', ['docs/.github/workflows/example.yml']),
    expected: null,
  },
  {
    name: 'A new colleague’s second commit adds a workflow',
    kind: 'cold-start',
    history: [...months(200), commit(201, 'alan', ['README.md'])],
    activity: commit(202, 'alan', [NEW_WORKFLOW], [NEW_WORKFLOW]),
    expected: null,
  },
  {
    name: 'A commit whose paths are not known',
    kind: 'malformed',
    history: months(200),
    activity: commit(201, 'ada', undefined),
    expected: null,
  },
];
