// Cases of definition-spread: a forge on which anybody may have a repository and minutes to run.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { DAY, MINUTE } from '../../services/core/time.ts';

const START = Date.UTC(2026, 0, 5, 9);
const COMMIT = 'ab'.repeat(20);

function push(at: number, index: number, revision = COMMIT, commits = 1) {
  return activityAt(
    at,
    'push',
    {
      created: false,
      deleted: false,
      commits,
      default_branch: true,
      paths: { added: ['.gitlab-ci.yml'], modified: [], removed: [] },
    },
    {
      source: 'gitlab.webhook',
      actor: { name: `account${index}`, type: 'person' },
      vcs: {
        provider: { name: 'gitlab' },
        repository: { name: `space${index}/starter` },
        ref: { head: { name: 'main', revision, type: 'branch' } },
      },
    },
  );
}

export const cases: readonly DetectorCase[] = [
  {
    name: 'The same commit brings a pipeline to a third repository',
    kind: 'hit',
    history: [push(START, 1), push(START + MINUTE, 2)],
    activity: push(START + 2 * MINUTE, 3),
    expected: 'medium',
  },
  {
    name: 'To a second one',
    kind: 'hit',
    history: [push(START, 1)],
    activity: push(START + MINUTE, 2),
    expected: 'low',
  },
  {
    name: 'Forks that catch up with their origin',
    kind: 'near-miss',
    history: [push(START, 1, COMMIT, 12), push(START + MINUTE, 2, COMMIT, 9)],
    activity: push(START + 2 * MINUTE, 3, COMMIT, 30),
    expected: null,
  },
  {
    name: 'Three repositories get pipelines of their own',
    kind: 'near-miss',
    history: [push(START, 1, 'cd'.repeat(20)), push(START + MINUTE, 2, 'ef'.repeat(20))],
    activity: push(START + 2 * MINUTE, 3),
    expected: null,
  },
  {
    name: 'The same commit a week later',
    kind: 'near-miss',
    history: [push(START, 1), push(START + MINUTE, 2)],
    activity: push(START + 7 * DAY, 3),
    expected: null,
  },
  { name: 'The first push that is seen', kind: 'cold-start', history: [], activity: push(START, 1), expected: null },
  {
    name: 'A push without a revision',
    kind: 'malformed',
    history: [push(START, 1), push(START + MINUTE, 2)],
    activity: activityAt(
      START + 2 * MINUTE,
      'push',
      { created: false, deleted: false, commits: 1 },
      { source: 'gitlab.webhook', vcs: { repository: { name: 'space3/starter' } } },
    ),
    expected: null,
  },
];
