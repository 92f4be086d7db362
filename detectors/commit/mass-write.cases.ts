// Cases of mass-write: an organization of many repositories, whose changes come as proposals.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { DAY, MINUTE } from '../../services/core/time.ts';

const START = Date.UTC(2026, 0, 5, 9);
const WORKFLOW = '.github/workflows/audit.yml';

interface Push {
  readonly who?: string;
  readonly repository?: string;
  readonly path?: string;
  readonly added?: boolean;
  readonly main?: boolean;
}

function push(
  at: number,
  { who = 'ada', repository = 'example/a', path = WORKFLOW, added = true, main = true }: Push = {},
) {
  return activityAt(
    at,
    'push',
    {
      forced: false,
      created: !main,
      deleted: false,
      commits: 1,
      default_branch: main,
      paths: { added: added ? [path] : [], modified: added ? [] : [path], removed: [] },
    },
    {
      source: 'github.webhook',
      actor: { name: who, type: who.endsWith('[bot]') ? 'bot' : 'person' },
      vcs: {
        provider: { name: 'github' },
        repository: { name: repository },
        ref: { head: { name: main ? 'main' : 'add-audit', revision: `${at}`, type: 'branch' } },
      },
    },
  );
}

function tag(at: number, name: string) {
  return activityAt(
    at,
    'push',
    { forced: true, created: false, deleted: false, commits: 0 },
    {
      source: 'github.webhook',
      actor: { name: 'ada', type: 'person' },
      vcs: { provider: { name: 'github' }, repository: { name: 'example/a' }, ref: { head: { name, type: 'tag' } } },
    },
  );
}

function merge(at: number, repository: string) {
  return activityAt(
    at,
    'change',
    { action: 'closed', merged: true },
    {
      source: 'github.webhook',
      actor: { name: 'ada', type: 'person' },
      vcs: { provider: { name: 'github' }, repository: { name: repository }, change: { id: '3' } },
    },
  );
}

const NAMES = ['example/a', 'example/b', 'example/c', 'example/d', 'example/e', 'example/f'];

function spread(at: number, count: number, more: Push = {}) {
  return NAMES.slice(0, count).map((repository, index) => push(at + index * 2 * MINUTE, { repository, ...more }));
}

export const cases: readonly DetectorCase[] = [
  {
    name: 'The same new workflow in a third repository within minutes',
    kind: 'hit',
    history: spread(START, 2),
    activity: push(START + 6 * MINUTE, { repository: 'example/z' }),
    expected: 'medium',
  },
  {
    name: 'Every version tag of an action is moved',
    kind: 'hit',
    history: ['v1', 'v2', 'v3', 'v3.1', 'v3.2'].map((name, index) => tag(START + index * 1_000, name)),
    activity: tag(START + 6_000, 'v4'),
    expected: 'medium',
  },
  {
    name: 'A bot proposes the same workflow to six repositories',
    kind: 'hit',
    history: spread(START, 5, { who: 'policy[bot]', main: false }).slice(0, 4),
    activity: push(START + 20 * MINUTE, { who: 'policy[bot]', repository: 'example/z', main: false }),
    expected: 'low',
  },
  {
    name: 'Ada merges the same proposal in three repositories',
    kind: 'near-miss',
    history: spread(START, 3).flatMap((each, index) => [each, merge(START + index * 2 * MINUTE, NAMES[index] ?? '')]),
    activity: push(START + 8 * MINUTE, { repository: 'example/z' }),
    expected: null,
  },
  {
    name: 'Ada changes the pipeline of three repositories in an hour',
    kind: 'near-miss',
    history: spread(START, 2, { path: '.gitlab-ci.yml', added: false }),
    activity: push(START + 6 * MINUTE, { repository: 'example/z', path: '.gitlab-ci.yml', added: false }),
    expected: null,
  },
  {
    name: 'Somebody who rolls out workflows every week',
    kind: 'near-miss',
    history: [1, 2, 3].flatMap((week) => spread(START - week * 7 * DAY, 4)).concat(spread(START, 1)),
    activity: push(START + 6 * MINUTE, { repository: 'example/z' }),
    expected: null,
  },
  { name: 'The first push of somebody', kind: 'cold-start', history: [], activity: push(START), expected: null },
  {
    name: 'A push to no repository',
    kind: 'malformed',
    history: spread(START, 2),
    activity: activityAt(
      START + 6 * MINUTE,
      'push',
      { created: false, deleted: false, commits: 1 },
      { source: 'github.webhook', actor: { name: 'ada', type: 'person' } },
    ),
    expected: null,
  },
];
