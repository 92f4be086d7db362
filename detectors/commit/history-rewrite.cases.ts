// Cases of history-rewrite: a repository that releases from branches and tags, and whose people rewrite their own branches.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { DAY, HOUR, MINUTE } from '../../services/core/time.ts';

const START = Date.UTC(2026, 0, 5, 9);

interface Push {
  readonly who?: string;
  readonly ref?: string;
  readonly forced?: boolean;
  readonly tag?: boolean;
  readonly created?: boolean;
  readonly deleted?: boolean;
  readonly from?: string;
  readonly to?: string;
}

function push(at: number, options: Push = {}) {
  const {
    who = 'ada',
    ref = 'main',
    forced = false,
    tag = false,
    created = false,
    deleted = false,
    from,
    to,
  } = options;
  return activityAt(
    at,
    'push',
    { forced, created, deleted, commits: 1, ...(!tag && { default_branch: ref === 'main' }) },
    {
      source: 'github.webhook',
      actor: { name: who, type: 'person' },
      vcs: {
        provider: { name: 'github' },
        repository: { name: 'example/shop' },
        ref: {
          head: { name: ref, type: tag ? 'tag' : 'branch', ...(to !== undefined && { revision: to }) },
          ...(from !== undefined && { base: { revision: from } }),
        },
      },
    },
  );
}

function weeks(count: number, more: Push = {}) {
  return Array.from({ length: count }, (_, index) => push(START + index * 6 * HOUR, { to: `c${index}`, ...more }));
}

const NOW = START + 60 * DAY;

export const cases: readonly DetectorCase[] = [
  {
    name: 'The first forced push to a release branch',
    kind: 'hit',
    history: weeks(60),
    activity: push(NOW, { ref: 'release/7.2', forced: true, from: 'aaaa', to: 'bbbb' }),
    expected: 'medium',
  },
  {
    name: 'The default branch is rewritten',
    kind: 'hit',
    history: weeks(60),
    activity: push(NOW, { forced: true }),
    expected: 'medium',
  },
  {
    name: 'A version’s tag is moved',
    kind: 'hit',
    history: weeks(60),
    activity: push(NOW, { ref: 'v1.4.2', tag: true, forced: true, from: 'aaaa', to: 'bbbb' }),
    expected: 'medium',
  },
  {
    name: 'A version’s tag is deleted and made anew elsewhere',
    kind: 'hit',
    history: [...weeks(60), push(NOW, { ref: 'v1.4.2', tag: true, deleted: true, from: 'aaaa' })],
    activity: push(NOW + MINUTE, { ref: 'v1.4.2', tag: true, created: true, to: 'bbbb' }),
    expected: 'medium',
  },
  {
    name: 'The third version that is put on one commit, by an identity that moves tags with every release',
    kind: 'hit',
    history: [
      ...weeks(60),
      ...[1, 2, 3].map((week) => push(NOW - week * 7 * DAY, { who: 'robot', ref: 'v1', tag: true, forced: true })),
      push(NOW - 2 * MINUTE, { who: 'robot', ref: 'v1.4.0', tag: true, forced: true, from: 'aaaa', to: 'ffff' }),
      push(NOW - MINUTE, { who: 'robot', ref: 'v1.4.1', tag: true, forced: true, from: 'bbbb', to: 'ffff' }),
    ],
    activity: push(NOW, { who: 'robot', ref: 'v1.4.2', tag: true, forced: true, from: 'cccc', to: 'ffff' }),
    expected: 'high',
  },
  {
    name: 'Three packages of one release are tagged again, on its mended commit',
    kind: 'hit',
    history: [
      ...weeks(60),
      push(NOW - 2 * MINUTE, { ref: 'core-1.4.2', tag: true, forced: true, from: 'aaaa', to: 'ffff' }),
      push(NOW - MINUTE, { ref: 'cli-1.4.2', tag: true, forced: true, from: 'aaaa', to: 'ffff' }),
    ],
    activity: push(NOW, { ref: 'web-1.4.2', tag: true, forced: true, from: 'aaaa', to: 'ffff' }),
    expected: 'medium',
  },
  {
    name: 'A commit without a past, in a repository that has one',
    kind: 'hit',
    history: weeks(60),
    activity: activityAt(
      NOW,
      'commit',
      { sha: 'f'.repeat(40), parents: 0, author: { name: 'ada' }, committer: {}, signature: 'none' },
      { source: 'git', vcs: { repository: { name: 'example/shop' } } },
    ),
    expected: 'low',
  },
  {
    name: 'A developer rewrites a branch of their own',
    kind: 'near-miss',
    history: weeks(60),
    activity: push(NOW, { ref: 'feature/cart', forced: true }),
    expected: null,
  },
  {
    name: 'A floating tag that moves with every release',
    kind: 'near-miss',
    history: [
      ...weeks(60),
      ...[1, 2, 3].map((week) => push(NOW - week * 7 * DAY, { ref: 'v1', tag: true, forced: true })),
    ],
    activity: push(NOW, { ref: 'v1', tag: true, forced: true }),
    expected: null,
  },
  {
    name: 'A branch that a job rebuilds every night',
    kind: 'near-miss',
    history: [...weeks(60), ...[1, 2, 3].map((night) => push(NOW - night * DAY, { ref: 'stable', forced: true }))],
    activity: push(NOW, { ref: 'stable', forced: true }),
    expected: null,
  },
  {
    name: 'History is sorted out in a repository’s first days',
    kind: 'cold-start',
    history: weeks(3),
    activity: push(START + DAY, { forced: true }),
    expected: 'low',
  },
  {
    name: 'A push to nothing',
    kind: 'malformed',
    history: weeks(60),
    activity: activityAt(
      NOW,
      'push',
      { forced: true, created: false, deleted: false, commits: 0 },
      { vcs: { repository: { name: 'example/shop' } } },
    ),
    expected: null,
  },
];
