// Cases of pipeline-definition-changed: a repository where grace keeps the pipelines and ada writes the program.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { HOUR } from '../../services/core/time.ts';

const START = Date.UTC(2026, 0, 5, 9);

function commit(
  index: number,
  who: string,
  paths: readonly string[] | undefined,
  added: readonly string[] = [],
  sha = `${who}${index}00000000`,
) {
  const at = START + index * HOUR;
  const person = { name: who, email: `${who}@example.org`, time: { at, offset_minutes: 0 } };
  return activityAt(
    at,
    'commit',
    {
      sha,
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

interface Landing {
  readonly pusher?: string;
  readonly ref?: string;
  readonly message?: string;
  readonly committer?: string;
}

/** A push to a branch, with its one commit, as a forge tells of them. */
function pushed(
  index: number,
  who: string,
  paths: readonly string[],
  landing: Landing = {},
  added: readonly string[] = [],
) {
  const { pusher = who, ref = 'main', message = 'Work', committer = `${who}@example.org` } = landing;
  const at = START + index * HOUR;
  const sha = `${who}${index}`.padEnd(40, '0');
  const vcs = {
    provider: { name: 'github' },
    repository: { name: 'example/app' },
    ref: { head: { name: ref, revision: sha, type: 'branch' } },
  } as const;
  const source = 'github.webhook';
  const modified = paths.filter((path) => !added.includes(path));
  return [
    activityAt(
      at,
      'push',
      {
        forced: false,
        created: false,
        deleted: false,
        commits: 1,
        default_branch: ref === 'main',
        paths: { added, modified, removed: [] },
      },
      { source, actor: { name: pusher, email: `${pusher}@example.org`, type: 'person' }, vcs },
    ),
    activityAt(
      at,
      'commit',
      {
        sha,
        author: { name: who, email: `${who}@example.org` },
        committer: { email: committer },
        signature: 'unknown',
        message,
        paths,
        added,
      },
      { source, actor: { name: who, email: `${who}@example.org`, type: 'unknown' }, vcs },
    ),
  ] as const;
}

const FORGE = 'noreply@github.com';

function proposal(index: number, id: number, action: string) {
  return activityAt(
    START + index * HOUR,
    'change',
    { action, ...(action === 'closed' && { merged: true }) },
    {
      source: 'github.webhook',
      vcs: { provider: { name: 'github' }, repository: { name: 'example/app' }, change: { id: `${id}` } },
    },
  );
}

/** A team whose changes come through review: ada and grace propose, the other merges; grace keeps the workflows. */
function reviewed(changes: number) {
  return Array.from({ length: changes }, (_, index) => {
    const who = index % 3 === 0 ? 'grace' : 'ada';
    const paths = index % 9 === 0 ? ['.github/workflows/ci.yml'] : ['src/main.ts'];
    const message = `Merge pull request #${index + 1} from app/fix`;
    return [
      ...pushed(4 * index, who, paths, { ref: `fix-${index}` }),
      proposal(4 * index + 1, index + 1, 'opened'),
      ...pushed(4 * index + 2, who, paths, { pusher: who === 'ada' ? 'grace' : 'ada', message, committer: FORGE }),
      proposal(4 * index + 3, index + 1, 'closed'),
    ];
  }).flat();
}

/** The commit of a push, after its push. */
function landing(...options: Parameters<typeof pushed>) {
  const [push, commit] = pushed(...options);
  return { history: [...reviewed(60), push], activity: commit };
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
    name: 'Ada pushes a new workflow straight to the default branch, past the review that all changes go through',
    kind: 'hit',
    ...landing(300, 'ada', [NEW_WORKFLOW], {}, [NEW_WORKFLOW]),
    expected: 'medium',
  },
  {
    name: 'A stranger’s commit claims to be the merge of a proposal that nobody made',
    kind: 'hit',
    ...landing(300, 'mallory', [NEW_WORKFLOW], { message: 'Merge pull request #999 from app/fix' }, [NEW_WORKFLOW]),
    expected: 'medium',
  },
  {
    name: 'The commit’s own feed comes first, and the push tells later where it went',
    kind: 'hit',
    history: [...reviewed(60), commit(300, 'alan', [NEW_WORKFLOW], [NEW_WORKFLOW], `alan300`.padEnd(40, '0'))],
    activity: pushed(300, 'alan', [NEW_WORKFLOW], {}, [NEW_WORKFLOW])[0],
    expected: 'medium',
  },
  {
    name: 'Ada adds a workflow on a branch, to propose it',
    kind: 'hit',
    ...landing(300, 'ada', [NEW_WORKFLOW], { ref: 'add-cache' }, [NEW_WORKFLOW]),
    expected: 'low',
  },
  {
    name: 'Grace merges the workflow that ada proposed',
    kind: 'near-miss',
    history: [...reviewed(60), proposal(290, 61, 'opened'), pushed(300, 'ada', [NEW_WORKFLOW], { pusher: 'grace' })[0]],
    activity: pushed(
      300,
      'ada',
      [NEW_WORKFLOW],
      { pusher: 'grace', message: 'Merge pull request #61 from app/add-cache', committer: FORGE },
      [NEW_WORKFLOW],
    )[1],
    expected: null,
  },
  {
    name: 'Ada pushes a mend of the program straight to the default branch',
    kind: 'near-miss',
    ...landing(300, 'ada', ['src/main.ts']),
    expected: null,
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
