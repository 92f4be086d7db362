// Cases of tracks-removed.
import type { Activity } from '../../services/core/activity.ts';
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { DAY, HOUR, MINUTE } from '../../services/core/time.ts';

const AT = Date.UTC(2026, 2, 3, 14);
const vcs = { repository: { name: 'example/app' } };
const grace = { name: 'grace', type: 'person' as const };

function run(at: number, action: string, id = '17', actor: Activity['actor'] = grace): Activity {
  return activityAt(
    at,
    'run',
    { action },
    { source: 'github.audit', actor, vcs, cicd: { pipeline: { name: 'release', run: { id, trigger: 'push' } } } },
  );
}

function branch(at: number, name: string, created: boolean): Activity {
  return activityAt(
    at,
    'push',
    { created, deleted: !created, commits: 0 },
    { actor: grace, vcs: { ...vcs, ref: { head: { name, type: 'branch' } } } },
  );
}

const mallory = { name: 'mallory', type: 'person' as const };

function change(at: number, action: string, more: object = {}): Activity {
  return activityAt(
    at,
    'change',
    { action, author: 'mallory', author_association: 'NONE', from_fork: true, merged: false },
    { source: 'github.webhook', actor: mallory, vcs: { ...vcs, change: { id: '7' }, ...more } },
  );
}

/** For the change of a stranger, with a secret. */
const PRIVILEGED: readonly Activity[] = [
  change(AT - HOUR, 'opened'),
  activityAt(
    AT - HOUR,
    'secret',
    { action: 'used', names: ['DEPLOY_KEY'] },
    { source: 'github.audit', vcs, cicd: { pipeline: { name: 'triage', run: { id: '21' } } } },
  ),
  activityAt(
    AT - HOUR + MINUTE,
    'run',
    { action: 'completed', from_fork: true },
    {
      source: 'github.webhook',
      actor: mallory,
      vcs: { ...vcs, change: { id: '7' } },
      cicd: { pipeline: { name: 'triage', run: { id: '21', trigger: 'pull_request_target' } } },
    },
  ),
];

export const cases: readonly DetectorCase[] = [
  {
    name: 'A run is deleted half an hour after it started',
    kind: 'hit',
    history: [run(AT - 34 * MINUTE, 'requested'), run(AT - 7 * MINUTE, 'completed')],
    activity: run(AT, 'delete_workflow_run'),
    expected: 'medium',
  },
  {
    name: 'A build of a controller is deleted an hour after it started',
    kind: 'hit',
    history: [
      activityAt(AT - HOUR, 'run', { action: 'started' }, { cicd: { pipeline: { name: 'build', run: { id: '9' } } } }),
    ],
    activity: activityAt(
      AT,
      'run',
      { action: 'doDelete' },
      { actor: grace, cicd: { pipeline: { name: 'build', run: { id: '9' } } } },
    ),
    expected: 'medium',
  },
  {
    name: 'Somebody deletes a young run, as on many days',
    kind: 'hit',
    history: [5, 4, 3, 2]
      .flatMap((days) => [
        run(AT - days * DAY - HOUR, 'requested', `${days}`),
        run(AT - days * DAY, 'delete_workflow_run', `${days}`),
      ])
      .concat(run(AT - HOUR, 'requested')),
    activity: run(AT, 'delete_workflow_run'),
    expected: 'low',
  },
  {
    name: 'A branch is gone seconds after it was made',
    kind: 'hit',
    history: [branch(AT - 1000, 'fix/typo', true)],
    activity: branch(AT, 'fix/typo', false),
    expected: 'low',
  },
  {
    name: 'The record of the end comes first',
    kind: 'hit',
    history: [branch(AT, 'fix/typo', false)],
    activity: branch(AT - 1000, 'fix/typo', true),
    expected: 'low',
  },
  {
    name: 'A stranger closes their change after its privileged pipeline ran',
    kind: 'hit',
    history: PRIVILEGED,
    activity: change(AT, 'closed'),
    expected: 'low',
  },
  {
    name: 'A stranger takes everything out of their change',
    kind: 'hit',
    history: PRIVILEGED,
    activity: change(AT, 'synchronize', { ref: { head: { revision: 'a0' }, base: { revision: 'a0' } } }),
    expected: 'low',
  },
  {
    name: 'A run of last month is deleted',
    kind: 'near-miss',
    history: [run(AT - 30 * DAY, 'requested')],
    activity: run(AT, 'delete_workflow_run'),
    expected: null,
  },
  {
    name: 'A branch is merged and deleted within minutes',
    kind: 'near-miss',
    history: [
      branch(AT - 4 * MINUTE, 'fix/typo', true),
      change(AT - 3 * MINUTE, 'opened', { ref: { head: { name: 'fix/typo' } } }),
    ],
    activity: branch(AT, 'fix/typo', false),
    expected: null,
  },
  {
    name: 'A queue of merges makes and deletes its branches',
    kind: 'near-miss',
    history: [branch(AT - MINUTE, 'gh-readonly-queue/main/pr-7', true)],
    activity: branch(AT, 'gh-readonly-queue/main/pr-7', false),
    expected: null,
  },
  {
    name: 'A change is closed that no pipeline ran for',
    kind: 'near-miss',
    history: [change(AT - HOUR, 'opened')],
    activity: change(AT, 'closed'),
    expected: null,
  },
  {
    name: 'A run that nothing is known of',
    kind: 'cold-start',
    history: [],
    activity: run(AT, 'delete_workflow_run'),
    expected: null,
  },
  {
    name: 'A deletion that names no run',
    kind: 'malformed',
    history: [],
    activity: activityAt(AT, 'run', { action: 'delete_workflow_run' }, { vcs }),
    expected: null,
  },
];
