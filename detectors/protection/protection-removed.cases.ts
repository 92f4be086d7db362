// Cases of protection-removed.
import type { ActivityDetails } from '../../services/core/activity.ts';
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { DAY, MINUTE } from '../../services/core/time.ts';

const AT = Date.UTC(2026, 2, 3, 14);
const fields = {
  actor: { name: 'grace', type: 'person' as const },
  vcs: { repository: { name: 'example/app' } },
};

const organization = { actor: { name: 'grace', type: 'person' as const }, organization: 'example' };

function guard(detail: ActivityDetails['protection'], at = AT) {
  return activityAt(at, 'protection', detail, fields);
}

export const cases: readonly DetectorCase[] = [
  {
    name: 'Reviews are no longer required on a release branch',
    kind: 'hit',
    history: [],
    activity: guard({
      change: 'removed',
      what: 'branch protection: required approving review count',
      target: 'release/*',
    }),
    expected: 'high',
  },
  {
    name: 'Stale checks are accepted on main',
    kind: 'hit',
    history: [],
    activity: guard({ change: 'removed', what: 'branch protection: linear history', target: 'main' }),
    expected: 'medium',
  },
  {
    name: 'The protection of somebody’s feature branch goes',
    kind: 'hit',
    history: [],
    activity: guard({ change: 'removed', what: 'branch protection', target: 'feature/import' }),
    expected: 'low',
  },
  {
    name: 'Secret scanning is switched off',
    kind: 'hit',
    history: [],
    activity: guard({ change: 'removed', what: 'repository secret scanning push protection' }),
    expected: 'high',
  },
  {
    name: 'A ruleset takes the place of a protection',
    kind: 'hit',
    history: [guard({ change: 'added', what: 'ruleset', target: 'all branches' }, AT - 10 * MINUTE)],
    activity: guard({ change: 'removed', what: 'branch protection', target: 'main' }),
    expected: 'medium',
  },
  {
    name: 'A bot that keeps settings takes the protection of main away',
    kind: 'hit',
    history: [],
    activity: activityAt(
      AT,
      'protection',
      { change: 'removed', what: 'branch protection', target: 'main' },
      { ...fields, actor: { name: 'settings[bot]', type: 'bot' } },
    ),
    expected: 'medium',
  },
  {
    name: 'The gate of a preview environment goes',
    kind: 'hit',
    history: [],
    activity: guard({ change: 'removed', what: 'environment: protection rule', target: 'preview' }),
    expected: 'low',
  },
  {
    name: 'Updates of dependencies are switched off in the organization',
    kind: 'hit',
    history: [],
    activity: activityAt(AT, 'protection', { change: 'removed', what: 'dependabot security updates' }, organization),
    expected: 'medium',
  },
  {
    name: 'The organization’s sign-in is set up anew',
    kind: 'hit',
    history: [],
    activity: activityAt(AT, 'protection', { change: 'changed', what: 'saml provider settings' }, organization),
    expected: 'low',
  },
  {
    name: 'Two factors are no longer required in the organization',
    kind: 'hit',
    history: [],
    activity: activityAt(AT, 'protection', { change: 'removed', what: 'two factor requirement' }, organization),
    expected: 'high',
  },
  {
    name: 'The tokens of all jobs may write from now on',
    kind: 'hit',
    history: [],
    activity: activityAt(AT, 'setting', { action: 'org.set_default_workflow_permissions', to: 'write' }, organization),
    expected: 'medium',
  },
  {
    name: 'The tokens of all jobs may only read from now on',
    kind: 'near-miss',
    history: [],
    activity: activityAt(AT, 'setting', { action: 'org.set_default_workflow_permissions', to: 'read' }, organization),
    expected: null,
  },
  {
    name: 'One more team may pass a ruleset',
    kind: 'hit',
    history: [],
    activity: guard({ change: 'changed', what: 'ruleset', target: 'main', bypass: ['Team 17'] }),
    expected: 'low',
  },
  {
    name: 'An administrator passes the protection as every week',
    kind: 'hit',
    history: [35, 28, 21, 14].map((days) =>
      guard({ change: 'overridden', what: 'branch protection', target: 'main' }, AT - days * DAY),
    ),
    activity: guard({ change: 'overridden', what: 'branch protection', target: 'main' }),
    expected: 'low',
  },
  {
    name: 'A made-up secret of a test is let through',
    kind: 'hit',
    history: [],
    activity: guard({ change: 'overridden', what: 'secret scanning push protection', reasons: ['used_in_tests'] }),
    expected: 'low',
  },
  {
    name: 'The stream of the audit log stops, which another detector tells',
    kind: 'near-miss',
    history: [],
    activity: activityAt(AT, 'protection', { change: 'removed', what: 'audit log streaming' }, organization),
    expected: null,
  },
  {
    name: 'A required check is added',
    kind: 'near-miss',
    history: [],
    activity: guard({
      change: 'changed',
      what: 'branch protection: required status checks enforcement level',
      target: 'main',
    }),
    expected: null,
  },
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
