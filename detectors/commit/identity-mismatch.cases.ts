// Cases of identity-mismatch: a repository in which ada and grace push their own signed commits, and relbot its releases.
import type { Activity } from '../../services/core/activity.ts';
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { DAY, HOUR, MINUTE } from '../../services/core/time.ts';

const START = Date.UTC(2026, 0, 5, 9);

interface Commit {
  readonly author?: string;
  readonly committer?: string;
  readonly pusher?: string;
  readonly ref?: string;
  readonly forced?: boolean;
  readonly signature?: 'good' | 'none';
  readonly offset?: number;
}

/** A push and its commit. */
function pushed(at: number, options: Commit = {}): readonly [Activity, Activity] {
  const {
    author = 'ada',
    committer = author,
    pusher = author,
    ref = 'main',
    forced = false,
    signature = 'good',
    offset,
  } = options;
  const sha = `${author}${at}`.padEnd(40, '0');
  const person = (name: string) => ({
    name,
    email: `${name}@example.org`,
    time: { at, ...(offset !== undefined && { offset_minutes: offset }) },
  });
  const vcs = {
    provider: { name: 'github' },
    repository: { name: 'example/shop' },
    ref: { head: { name: ref, revision: sha, type: 'branch' } },
  } as const;
  return [
    activityAt(
      at,
      'push',
      { forced, created: false, deleted: false, commits: 1, default_branch: ref === 'main' },
      { source: 'github.webhook', actor: { name: pusher, email: `${pusher}@example.org`, type: 'person' }, vcs },
    ),
    activityAt(
      at,
      'commit',
      { sha, parents: 1, author: person(author), committer: person(committer), signature },
      { source: 'github.webhook', actor: { name: author, email: `${author}@example.org`, type: 'unknown' }, vcs },
    ),
  ];
}

function months(count: number, more: Commit = {}) {
  return Array.from({ length: count }, (_, index) =>
    pushed(START + index * 8 * HOUR, { author: index % 2 === 0 ? 'ada' : 'grace', offset: 60, ...more }),
  ).flat();
}

const NOW = START + 90 * DAY;
const history = months(200);

/** The commit of a push, after the push itself. */
function commitOf(options: Commit, at = NOW) {
  const [push, commit] = pushed(at, options);
  return { history: [...history, push], activity: commit };
}

export const cases: readonly DetectorCase[] = [
  {
    name: 'A commit in the bot’s name, pushed to a release branch by a person, by force',
    kind: 'hit',
    ...commitOf({ author: 'relbot', pusher: 'ada', ref: 'release/7.2', forced: true }),
    expected: 'medium',
  },
  {
    name: 'A commit that says ada wrote and committed it, pushed by grace',
    kind: 'hit',
    ...commitOf({ author: 'ada', pusher: 'grace', offset: 60 }),
    expected: 'low',
  },
  {
    name: 'Ada, who always signs, does not',
    kind: 'hit',
    ...commitOf({ author: 'ada', signature: 'none', offset: 60 }),
    expected: 'low',
  },
  {
    name: 'An hour after a commit in one zone, ada claims another seven hours away',
    kind: 'hit',
    history: [...history, ...pushed(NOW, { offset: 60 }), pushed(NOW + HOUR, { offset: 480 })[0]],
    activity: pushed(NOW + HOUR, { offset: 480 })[1],
    expected: 'low',
  },
  {
    name: 'Grace applies a patch of ada’s, so she is its committer',
    kind: 'near-miss',
    ...commitOf({ author: 'ada', committer: 'grace', pusher: 'grace', offset: 60 }),
    expected: null,
  },
  {
    name: 'Ada pushes a commit of her own',
    kind: 'near-miss',
    ...commitOf({ author: 'ada', offset: 60 }),
    expected: null,
  },
  {
    name: 'Ada pushes the bot’s release again, as she does every week',
    kind: 'near-miss',
    history: [
      ...history,
      ...pushed(NOW - 7 * DAY, { author: 'relbot', pusher: 'ada' }),
      pushed(NOW, { author: 'relbot', pusher: 'ada' })[0],
    ],
    activity: pushed(NOW, { author: 'relbot', pusher: 'ada' })[1],
    expected: null,
  },
  {
    name: 'The second commit that is known, by another pusher',
    kind: 'cold-start',
    history: [...pushed(START), pushed(START + MINUTE, { author: 'grace', pusher: 'ada' })[0]],
    activity: pushed(START + MINUTE, { author: 'grace', pusher: 'ada' })[1],
    expected: null,
  },
  {
    name: 'A commit of nobody',
    kind: 'malformed',
    history,
    activity: activityAt(
      NOW,
      'commit',
      { sha: 'f'.repeat(40), author: {}, committer: {}, signature: 'none' },
      { vcs: { repository: { name: 'example/shop' } } },
    ),
    expected: null,
  },
];
