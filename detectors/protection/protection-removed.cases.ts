// Cases of protection-removed.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';

const AT = Date.UTC(2026, 2, 3, 14);
const fields = {
  actor: { name: 'grace', type: 'person' as const },
  vcs: { repository: { name: 'example/app' } },
};

export const cases: readonly DetectorCase[] = [
  {
    name: 'The protection of main is deleted',
    kind: 'hit',
    history: [],
    activity: activityAt(AT, 'protection', { change: 'removed', what: 'branch protection', target: 'main' }, fields),
    expected: 'high',
  },
  {
    name: 'An administrator pushes past the protection',
    kind: 'hit',
    history: [],
    activity: activityAt(AT, 'protection', { change: 'overridden', what: 'branch protection', target: 'main' }, fields),
    expected: 'medium',
  },
  {
    name: 'A protection is added',
    kind: 'near-miss',
    history: [],
    activity: activityAt(AT, 'protection', { change: 'added', what: 'ruleset', target: 'main' }, fields),
    expected: null,
  },
  {
    name: 'The first thing ever seen of a repository is that its protection goes',
    kind: 'cold-start',
    history: [],
    activity: activityAt(
      AT,
      'protection',
      { change: 'removed', what: 'ruleset' },
      { vcs: { repository: { name: 'example/new' } } },
    ),
    expected: 'high',
  },
  {
    name: 'Nobody and nothing is named',
    kind: 'malformed',
    history: [],
    activity: activityAt(AT, 'protection', { change: 'removed', what: '' }, {}),
    expected: 'high',
  },
];
