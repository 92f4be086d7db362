// Cases of unguarded-push: grace may administer example/app.
import type { Activity } from '../../services/core/activity.ts';
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { HOUR, MINUTE } from '../../services/core/time.ts';

const AT = Date.UTC(2026, 2, 3, 14);

function by(name: string, branch = 'main') {
  return {
    actor: { name, type: 'person' as const },
    vcs: {
      repository: { name: 'example/app' },
      ref: { head: { name: branch, revision: 'c0ffee00c0ffee00', type: 'branch' as const } },
    },
  };
}

function guard(change: 'removed' | 'added', at: number, who = 'grace'): Activity {
  return activityAt(at, 'protection', { change, what: 'branch protection', target: 'main' }, by(who));
}

function push(at: number, who = 'grace', main = true): Activity {
  const detail = { forced: false, created: false, deleted: false, commits: 1, default_branch: main };
  return activityAt(at, 'push', detail, by(who, main ? 'main' : 'fix'));
}

export const cases: readonly DetectorCase[] = [
  {
    name: 'She removes the protection and pushes',
    kind: 'hit',
    history: [guard('removed', AT)],
    activity: push(AT + 2 * MINUTE),
    expected: 'medium',
  },
  {
    name: 'The push is told before the audit log tells of the protection',
    kind: 'hit',
    history: [push(AT + 2 * MINUTE)],
    activity: guard('removed', AT),
    expected: 'medium',
  },
  {
    name: 'Somebody else pushes meanwhile',
    kind: 'near-miss',
    history: [guard('removed', AT)],
    activity: push(AT + 2 * MINUTE, 'ada'),
    expected: null,
  },
  {
    name: 'The protection is back before she pushes',
    kind: 'near-miss',
    history: [guard('removed', AT), guard('added', AT + MINUTE)],
    activity: push(AT + 2 * MINUTE),
    expected: null,
  },
  {
    name: 'She pushes to a branch of her own',
    kind: 'near-miss',
    history: [guard('removed', AT)],
    activity: push(AT + 2 * MINUTE, 'grace', false),
    expected: null,
  },
  {
    name: 'A day later',
    kind: 'near-miss',
    history: [guard('removed', AT)],
    activity: push(AT + 24 * HOUR),
    expected: null,
  },
  {
    name: 'The first thing that is ever heard of the repository',
    kind: 'cold-start',
    history: [],
    activity: push(AT),
    expected: null,
  },
  {
    name: 'A push that does not say which branch is the default one',
    kind: 'malformed',
    history: [guard('removed', AT)],
    activity: activityAt(
      AT + MINUTE,
      'push',
      { forced: false, created: false, deleted: false, commits: 1 },
      by('grace'),
    ),
    expected: null,
  },
];
