// A stranger's code, title, branch or comment reaches a run that holds secrets or may write. Early in 11 of 42 incidents. That it
// happens is everyday where labels are set for every proposal; what it is joined with decides.
// State, by repository: 40 proposals, 20 privileged runs of strangers; under 8 KB.
import type { Activity, ActivityOf } from '../../services/core/activity.ts';
import { defineWatch, type Raise } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import { actorId } from '../../services/core/identity/actor.ts';
import { isStranger } from '../../services/core/identity/relation.ts';
import { impactOf, type RunFacts } from '../../services/core/run-facts.ts';
import type { Severity } from '../../services/core/severity.ts';
import { HOUR, type Instant, MINUTE } from '../../services/core/time.ts';
import { type SignPlace, signIn } from './injection-text.ts';

/** Events that a stranger causes while the run has the repository's own token and secrets. */
const OPEN_TRIGGERS =
  /^(?:pull_request_target|workflow_run|issue_comment|issues|discussion|discussion_comment|pull_request_review|pull_request_review_comment|gollum|fork|watch)$/;
/** What a token writes that changes no code and publishes nothing. */
const HARMLESS = /^(?:pull-requests|issues|checks|statuses|discussions|labels|actions|metadata)$/;
const OWN_TOKEN = /^(?:job[-_]token|github_token|ci_job_token)$/i;
const PROPOSALS = 40;
const RUNS = 20;
/** Nobody reads a proposal in that time. */
const UNREAD = MINUTE;

type Proposal = readonly [
  id: string,
  opened: Instant,
  author: string,
  stranger: boolean,
  sign: SignPlace | '',
  approved: boolean,
];
type Run = readonly [change: string, pipeline: string, at: Instant];
type State = { readonly proposals: readonly Proposal[]; readonly runs: readonly Run[] };
type Step = { readonly state: State; readonly raise?: Raise | undefined };

export const strangerInPrivilegedRun = defineWatch<
  'change' | 'discussion' | 'review' | 'run' | 'job' | 'secret' | 'setup',
  State
>({
  id: 'stranger-in-privileged-run',
  title: 'Stranger’s input in a privileged run',
  summary:
    'Notices what somebody unknown to the repository wrote in a run that holds secrets or a token that writes: worse with text that a shell would run, on a machine of one’s own, or when it was approved unread.',
  catalogue: 'D058',
  severity: 'high',
  maturity: 'incubating',
  owasp: ['CICD-SEC-4', 'CICD-SEC-5'],
  attack: [
    { tactic: 'TA0001', technique: 'T1195.002' },
    { tactic: 'TA0002', technique: 'T1677' },
  ],
  cases: () => import('./stranger-in-privileged-run.cases.ts'),
  watches: ['change', 'discussion', 'review', 'run', 'job', 'secret', 'setup'],
  falsePositives: [
    'A pipeline that labels or greets every proposal, and never checks out its code.',
    'A proposal about shells, whose title quotes a command.',
  ],
  next: [
    'Read the proposal as it was when the run began, and the run’s log.',
    'If the run executed any of it: cancel it, and rotate every secret and cache that it could reach.',
  ],
  by: 'place',
  entity: (activity) => entityOf('repository', activity) ?? entityOf('pipeline', activity),
  empty: () => ({ proposals: [], runs: [] }),

  step(state, activity, { run }) {
    switch (activity.kind) {
      case 'change':
        return proposed(state, activity);
      case 'discussion':
        return { state, raise: written(activity) };
      case 'review':
        return reviewed(state, activity);
      default:
        return run ? ran(state, activity, run) : { state };
    }
  },
});

function proposed(state: State, activity: ActivityOf<'change'>): Step {
  const { vcs, detail, observed_at: at } = activity;
  const id = vcs?.change?.id;
  if (id === undefined) return { state };
  const before = state.proposals.find(([other]) => other === id);
  const stranger = isStranger(activity) ?? before?.[3] ?? false;
  const sign =
    signIn({ branch: vcs?.ref?.head?.name, title: vcs?.change?.title, body: detail.body }) ?? before?.[4] ?? '';
  const author = detail.author ?? before?.[2] ?? actorId(activity) ?? '';
  const opened = Math.min(detail.opened_at ?? at, before?.[1] ?? at);
  const proposal: Proposal = [id, opened, author, stranger, sign, before?.[5] ?? false];
  if (before && JSON.stringify(before) === JSON.stringify(proposal)) return { state };
  const next = {
    ...state,
    proposals: [...state.proposals.filter((each) => each !== before), proposal].slice(-PROPOSALS),
  };
  if (sign === '' || (!stranger && sign !== 'branch')) return { state: next };
  const reached = state.runs.find(([change, , when]) => change === id && Math.abs(at - when) <= HOUR);
  const severity: Severity = sign === 'body' ? 'low' : reached && stranger ? 'high' : 'medium';
  return {
    state: next,
    raise: {
      severity,
      observed: `${author || 'Somebody'} wrote text that a shell would run into the ${sign} of change #${id}${reached ? `, which ran in ${reached[1]}` : ''}.`,
      expected: 'Titles, names of branches and comments are text; a pipeline that pastes them into a script runs them.',
      history: stranger ? 'The repository has merged nothing of this author.' : 'The author is no stranger here.',
      oddity: `text ${id} ${severity}`,
    },
  };
}

function written(activity: ActivityOf<'discussion'>): Raise | undefined {
  const { detail } = activity;
  if (isStranger(activity) !== true) return undefined;
  const sign = signIn({ title: detail.title, body: detail.body });
  if (!sign) return undefined;
  const who = activity.actor?.name ?? 'Somebody';
  return {
    severity: sign === 'title' ? 'medium' : 'low',
    observed: `${who}, a stranger here, wrote text that a shell would run into the ${sign} of ${detail.on === 'page' ? 'a page' : `a comment or ${detail.on}`}.`,
    expected: 'Titles and comments are text; a pipeline that pastes them into a script runs them.',
    history: 'The repository has merged nothing of this author.',
    oddity: `text of ${actorId(activity) ?? who}`,
  };
}

/** Approved before anybody can have read it: a colluding or stolen account lets its own proposal run. */
function reviewed(state: State, activity: ActivityOf<'review'>): Step {
  const id = activity.vcs?.change?.id;
  const before = state.proposals.find(([other]) => other === id);
  if (!before || activity.detail.verdict !== 'approved' || activity.actor?.type === 'bot') return { state };
  const [change, opened, author, stranger, sign, approved] = before;
  const seconds = Math.round((activity.observed_at - opened) / 1_000);
  if (!stranger || approved || seconds < 0 || activity.observed_at - opened > UNREAD) return { state };
  const proposal: Proposal = [change, opened, author, stranger, sign, true];
  return {
    state: { ...state, proposals: state.proposals.map((each) => (each === before ? proposal : each)) },
    raise: {
      severity: 'low',
      observed: `${activity.actor?.name ?? 'Somebody'} approved change #${change} of ${author || 'a stranger'} ${seconds} seconds after it was opened.`,
      expected: 'A stranger’s change is read before it is approved.',
      history: 'The repository has merged nothing of this author.',
      oddity: `approved ${change}`,
    },
  };
}

function ran(state: State, activity: ActivityOf<'run' | 'job' | 'secret' | 'setup'>, run: RunFacts): Step {
  if (!run.stranger) return { state };
  const own = run.ownRunner === true || activity.cicd?.worker?.hosted === false;
  const open = OPEN_TRIGGERS.test(run.trigger ?? '') && impactOf(run) === 'high';
  if (!own && !open && !holdsMuch(activity)) return { state };
  const pipeline = (run.definition ?? run.pipeline ?? entityOf('pipeline', activity)?.id ?? 'a pipeline').slice(0, 120);
  const proposal = state.proposals.find(([id]) => id === run.change);
  const runs = state.runs.some(([change, other]) => change === run.change && other === pipeline)
    ? state.runs
    : [...state.runs, [run.change ?? '', pipeline, activity.observed_at] as const].slice(-RUNS);
  const sign = signIn({ branch: run.ref }) ?? proposal?.[4] ?? '';
  const unread = proposal?.[5] === true;
  const severity = severityOf(run, activity, { sign, own, unread });
  const author = proposal?.[2] || run.actor || 'A stranger';
  const why = [
    sign === '' || sign === 'body' ? '' : `its ${sign} holds text that a shell would run`,
    own ? 'it runs on a machine of one’s own' : '',
    unread ? 'it was approved unread' : '',
  ].filter((text) => text !== '');
  return {
    state: runs === state.runs ? state : { ...state, runs },
    raise: {
      severity,
      observed: `A run of ${pipeline} ${run.change === undefined ? '' : `for change #${run.change} `}takes input of ${author}, a stranger here, and holds ${holdings(run, activity)}${why.length > 0 ? `; ${why.join(', and ')}` : ''}.`,
      expected: 'What strangers propose runs without secrets and without rights to write, until somebody has read it.',
      history: 'The repository has merged nothing of this author.',
      oddity: `${author} ${pipeline} ${severity}`.slice(0, 200),
    },
  };
}

/** What this very activity says that the run was given. */
function holdsMuch({ kind, detail }: ActivityOf<'run' | 'job' | 'secret' | 'setup'>): boolean {
  if (kind === 'secret') return (detail.names ?? []).some((name) => !OWN_TOKEN.test(name));
  if (kind !== 'setup') return false;
  const writes = Object.entries(detail.permissions ?? {}).filter(
    ([scope, right]) => right === 'write' && !HARMLESS.test(scope),
  );
  return writes.length > 0 || (detail.variables ?? []).some((name) => !OWN_TOKEN.test(name));
}

function severityOf(
  run: RunFacts,
  activity: Activity,
  { sign, own, unread }: { readonly sign: SignPlace | ''; readonly own: boolean; readonly unread: boolean },
): Severity {
  const privileged = impactOf(run) === 'high';
  if ((sign === 'branch' || sign === 'title') && privileged) return 'high';
  if (own || unread || sign === 'branch' || sign === 'title') return 'medium';
  return worth(run).length > 0 || activity.kind === 'secret' ? 'low' : 'informational';
}

/** Secrets, environments, and rights to change code or publish. */
function worth(run: RunFacts): readonly string[] {
  return [
    ...(run.secrets ?? []).filter((name) => !OWN_TOKEN.test(name)),
    ...(run.environments ?? []).map((name) => `the environment ${name}`),
    ...(run.writes ?? []).filter((scope) => !HARMLESS.test(scope)).map((scope) => `the right to write ${scope}`),
  ];
}

function holdings(run: RunFacts, activity: Activity): string {
  const told = activity.kind === 'secret' ? (activity.detail.names ?? []) : [];
  const all = [...new Set([...worth(run), ...told])].map((name) => name.slice(0, 60));
  if (all.length === 0)
    return (run.writes ?? []).length > 0 ? `the right to write ${run.writes?.join(', ')}` : 'a network of one’s own';
  return `${all.slice(0, 4).join(', ')}${all.length > 4 ? ` and ${all.length - 4} more` : ''}`;
}
