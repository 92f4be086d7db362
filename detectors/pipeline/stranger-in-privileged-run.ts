// A stranger's code, title, branch or comment reaches a run that holds secrets or may write. Early in 11 of 42 incidents. That it
// happens is everyday where labels are set for every proposal; what it is joined with decides.
// State, by repository: 40 proposals, 20 privileged runs of strangers, 20 runs and 20 approvals of changes that no feed has told
// yet; under 20 KB.
import type { ActivityOf } from '../../services/core/activity.ts';
import { defineWatch, type Raise } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import { entityKey } from '../../services/core/entity.ts';
import { actorId } from '../../services/core/identity/actor.ts';
import { isStranger } from '../../services/core/identity/relation.ts';
import type { RunFacts } from '../../services/core/run-facts.ts';
import type { Severity } from '../../services/core/severity.ts';
import { HOUR, type Instant, MINUTE, SECOND } from '../../services/core/time.ts';
import { type SignPlace, signIn } from './injection-text.ts';
import { type Reach, reached, reachOf } from './stranger-reach.ts';

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
type Run = readonly [change: string, pipeline: string, at: Instant, id: string];
type Approval = readonly [change: string, at: Instant, by: string];
type State = {
  readonly proposals: readonly Proposal[];
  readonly runs: readonly Run[];
  /** Of changes that no feed has told yet. */
  readonly waiting: readonly Reach[];
  readonly approvals: readonly Approval[];
};
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
  empty: () => ({ proposals: [], runs: [], waiting: [], approvals: [] }),

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
  const [late] = stranger
    ? state.waiting.filter(({ change, at: when }) => change === id && Math.abs(at - when) <= HOUR)
    : [];
  if (sign === '' || (!stranger && sign !== 'branch')) return caughtUp(next, proposal, late);
  const run = state.runs.find(([change, , when]) => change === id && Math.abs(at - when) <= HOUR);
  const into = late?.pipeline ?? run?.[1];
  const severity: Severity = sign === 'body' ? 'low' : into !== undefined && stranger ? 'high' : 'medium';
  return {
    state: next,
    raise: {
      severity,
      observed: `${author || 'Somebody'} wrote text that a shell would run into the ${sign} of change #${id}${into === undefined ? '' : `, which ran in ${into}`}.`,
      expected: 'Titles, names of branches and comments are text; a pipeline that pastes them into a script runs them.',
      history: stranger ? 'The repository has merged nothing of this author.' : 'The author is no stranger here.',
      oddity: `text ${id} ${severity}`,
      ...linkedTo(late?.run ?? run?.[3]),
    },
  };
}

/** A change that is told after what ran for it, or after it was approved. */
function caughtUp(state: State, proposal: Proposal, late: Reach | undefined): Step {
  const [id, , author, stranger, sign] = proposal;
  const approval = state.approvals.find(([change]) => change === id);
  const approved: Step = stranger && approval ? approvedBy(state, proposal, approval) : { state };
  if (!late) return approved;
  const unread = approved.state.proposals.some(([change, , , , , hasty]) => change === id && hasty);
  const waiting = approved.state.waiting.filter((each) => each !== late);
  const raise = { ...reached(late, { author, sign, unread }), ...linkedTo(late.run) };
  return { state: ranIn({ ...approved.state, waiting }, late), raise };
}

/** The change that is told late does not name its run, which is what has to be stopped. */
function linkedTo(run: string | undefined): Pick<Raise, 'links'> {
  return run === undefined || run === '' ? {} : { links: [{ key: entityKey({ type: 'run', id: run }) }] };
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
  if (id === undefined || activity.detail.verdict !== 'approved' || activity.actor?.type === 'bot') return { state };
  const approval: Approval = [id, activity.observed_at, (activity.actor?.name ?? 'Somebody').slice(0, 60)];
  const proposal = state.proposals.find(([other]) => other === id);
  if (proposal) return proposal[3] ? approvedBy(state, proposal, approval) : { state };
  return { state: { ...state, approvals: [...state.approvals, approval].slice(-RUNS) } };
}

function approvedBy(state: State, before: Proposal, [, at, by]: Approval): Step {
  const [change, opened, author, stranger, sign, approved] = before;
  if (approved || at < opened || at - opened > UNREAD) return { state };
  const proposal: Proposal = [change, opened, author, stranger, sign, true];
  return {
    state: { ...state, proposals: state.proposals.map((each) => (each === before ? proposal : each)) },
    raise: {
      severity: 'low',
      observed: `${by} approved change #${change} of ${author || 'a stranger'} ${Math.round((at - opened) / SECOND)} seconds after it was opened.`,
      expected: 'A stranger’s change is read before it is approved.',
      history: 'The repository has merged nothing of this author.',
      oddity: `approved ${change}`,
    },
  };
}

function ran(state: State, activity: ActivityOf<'run' | 'job' | 'secret' | 'setup'>, run: RunFacts): Step {
  const reach = reachOf(activity, run);
  if (!reach) return { state };
  const proposal = state.proposals.find(([id]) => id === run.change);
  if (run.stranger) {
    const [, , author, , sign = '', unread = false] = proposal ?? [];
    return { state: ranIn(state, reach), raise: reached(reach, { author, sign, unread }) };
  }
  // Whose change it is may come late.
  if (proposal || reach.change === '') return { state };
  const others = state.waiting.filter(({ change, pipeline }) => change !== reach.change || pipeline !== reach.pipeline);
  return { state: { ...state, waiting: [...others, reach].slice(-RUNS) } };
}

function ranIn(state: State, { change, pipeline, at, run }: Reach): State {
  if (state.runs.some(([other, where]) => other === change && where === pipeline)) return state;
  return { ...state, runs: [...state.runs, [change, pipeline, at, run ?? ''] as const].slice(-RUNS) };
}
