// A job is defined in the CI system itself, and somebody who never does so, or an account that has just appeared, changes it;
// then starts it by hand. State, by system: at most 100 editors, 1,000 accounts (hashed), 20 changes and 20 runs by hand; under
// 40 KB. Accounts are followed only where jobs are defined in the system itself.
import type { Activity, ActivityOf } from '../../services/core/activity.ts';
import { defineWatch, type Raise } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import type { Entity } from '../../services/core/entity.ts';
import { actorId } from '../../services/core/identity/actor.ts';
import { contentId } from '../../services/core/json.ts';
import type { Severity } from '../../services/core/severity.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../../services/core/time.ts';
import { risksIn } from './definition-risk.ts';

const EDITORS = 100;
const ACCOUNTS = 1_000;
const RECENT = 20;
/** A change is learned after so long. */
const PROBATION = DAY;
/** An account is new for so long, once the system's accounts have been watched for longer. */
const NEW = 2 * DAY;
const WATCHED = 7 * DAY;
/** From so many changes on it is known who makes them. */
const ENOUGH_CHANGES = 3;
const RUN_AFTER = HOUR;
const TOLD_AGAIN = 5 * MINUTE;

type Editor = readonly [account: string, times: number];
type Change = readonly [account: string, job: string, at: Instant, odd: Severity | ''];
type ByHand = readonly [account: string, job: string, at: Instant];

type State = {
  readonly since: Instant;
  readonly editors: readonly Editor[];
  readonly accounts: readonly (readonly [account: string, first: Instant])[];
  /** Also those on probation. */
  readonly changes: readonly Change[];
  readonly byHand: readonly ByHand[];
};

type Step = { readonly state: State; readonly raise?: Raise | undefined };

export const jobConfigChanged = defineWatch<'definition' | 'run' | 'session' | 'access', State>({
  id: 'job-config-changed',
  title: 'Job changed in the CI system by somebody who never does so',
  summary:
    'Learns who changes the jobs that are defined in the CI system itself, and notices a change by another account, worse by one that has just appeared; and a start by hand right after it.',
  catalogue: 'D056',
  severity: 'high',
  maturity: 'incubating',
  owasp: ['CICD-SEC-4', 'CICD-SEC-7'],
  attack: [
    { tactic: 'TA0002', technique: 'T1677' },
    { tactic: 'TA0003', technique: 'T1543' },
  ],
  cases: () => import('./job-config-changed.cases.ts'),
  watches: ['definition', 'run', 'session', 'access'],
  falsePositives: ['A new administrator takes over.', 'A colleague mends a job in an emergency.'],
  next: [
    'Compare the job’s configuration with its last reviewed version, and put that back.',
    'Ask whoever owns the account; look at when and how it was made.',
  ],
  by: 'system',
  entity: (activity) => entityOf('system', activity),
  empty: () => ({ since: 0, editors: [], accounts: [], changes: [], byHand: [] }),

  step(before, activity) {
    const account = activity.actor?.type === 'bot' ? undefined : actorId(activity);
    if (account === undefined) return { state: before };
    if (before.since === 0 && activity.kind !== 'definition') return { state: before };
    const state = met(matured(before, activity.observed_at), account, activity.observed_at);
    if (activity.kind === 'definition') return changed(state, activity, account);
    if (activity.kind === 'run') return started(state, activity, account);
    return { state };
  },
});

function met(state: State, account: string, at: Instant): State {
  const since = state.since === 0 ? at : Math.min(state.since, at);
  const hashed = short(account);
  const known = state.accounts.some(([other]) => other === hashed);
  if (known) return since === state.since ? state : { ...state, since };
  return { ...state, since, accounts: [...state.accounts, [hashed, at] as const].slice(-ACCOUNTS) };
}

function short(account: string): string {
  return contentId(account).slice(0, 10);
}

/** Changes that nobody doubted for a day say who makes them. */
function matured(state: State, at: Instant): State {
  const due = state.changes.filter(([, , when]) => at - when >= PROBATION);
  if (due.length === 0) return state;
  const times = new Map(state.editors);
  for (const [account] of due) {
    const known = times.get(account) ?? 0;
    times.delete(account);
    times.set(account, known + 1);
  }
  return {
    ...state,
    editors: [...times].slice(-EDITORS),
    changes: state.changes.filter((each) => !due.includes(each)),
  };
}

function changed(state: State, activity: ActivityOf<'definition'>, account: string): Step {
  const { detail, observed_at: at } = activity;
  // What lies in a repository is judged there, with its reviews.
  if (detail.change === 'seen' || activity.vcs?.repository) return { state };
  const job = nameOf(activity);
  const odd = oddityOf(state, account, at);
  const risks = risksIn(detail);
  // Access log and audit log tell of it both.
  const told = state.changes.some(
    ([who, what, when]) => who === account && what === job && Math.abs(at - when) <= TOLD_AGAIN,
  );
  const changes = told ? state.changes : [...state.changes, [account, job, at, odd ?? ''] as const].slice(-RECENT);
  const next = { ...state, changes };
  if (odd === undefined) return { state: next };
  const ran = state.byHand.some(
    ([who, what, when]) => who === account && what === job && Math.abs(at - when) <= RUN_AFTER,
  );
  return {
    state: next,
    raise: {
      severity: odd === 'medium' && risks.length > 0 ? 'high' : odd,
      entity: entityOf('pipeline', activity) ?? entityFor(activity),
      observed: `${nameIn(activity, account)} ${verb(detail.change)} the job ${job}${ran ? ' and started it by hand' : ''}${risks.length > 0 ? `, with ${risks.join(', ')}` : ''}.`,
      ...known(state, account, at),
      oddity: `${account} changes ${job} ${risks.join()}`.slice(0, 200),
    },
  };
}

/** A start by hand of what the same account has just changed out of character. */
function started(state: State, activity: ActivityOf<'run'>, account: string): Step {
  const { observed_at: at } = activity;
  const run = activity.cicd?.pipeline?.run;
  if (!/^(?:user|manual|remote|cli|upstream-user)$/i.test(run?.trigger ?? '') || run?.state === 'finished')
    return { state };
  const job = nameOf(activity);
  const byHand = [...state.byHand, [account, job, at] as const].slice(-RECENT);
  const change = state.changes.findLast(
    ([who, what, when, odd]) => who === account && what === job && odd !== '' && Math.abs(at - when) <= RUN_AFTER,
  );
  const next = { ...state, byHand };
  const [, , , odd] = change ?? [];
  if (!odd) return { state: next };
  return {
    state: next,
    raise: {
      severity: odd,
      entity: entityOf('pipeline', activity) ?? entityFor(activity),
      observed: `${nameIn(activity, account)} started ${job} by hand, right after changing it.`,
      ...known(state, account, at),
      oddity: `${account} starts ${job}`.slice(0, 200),
    },
  };
}

function oddityOf(state: State, account: string, at: Instant): Severity | undefined {
  const all = state.editors.reduce((sum, [, times]) => sum + times, 0);
  if (all < ENOUGH_CHANGES || state.editors.some(([editor]) => editor === account)) return undefined;
  return isNew(state, account, at) ? 'medium' : 'low';
}

function isNew(state: State, account: string, at: Instant): boolean {
  const first = state.accounts.find(([other]) => other === short(account))?.[1] ?? at;
  return at - state.since >= WATCHED && at - first <= NEW;
}

function known(state: State, account: string, at: Instant): Pick<Raise, 'expected' | 'history'> {
  const all = state.editors.reduce((sum, [, times]) => sum + times, 0);
  const names = state.editors.toSorted((a, b) => b[1] - a[1]).slice(0, 3);
  const days = Math.max(Math.floor((at - state.since) / DAY), 0);
  return {
    expected: `Jobs are changed by ${names.map(([name]) => name).join(', ') || 'nobody yet'} here${isNew(state, account, at) ? ', and this account has only just appeared' : ''}.`,
    history: `${all} changes of jobs by ${state.editors.length} accounts in ${days} days.`,
  };
}

function verb(change: string): string {
  return change === 'added' ? 'made' : change === 'removed' ? 'removed' : 'changed';
}

function nameOf(activity: Activity): string {
  const path = activity.kind === 'definition' ? activity.detail.path : undefined;
  return (entityOf('pipeline', activity)?.id ?? path ?? 'a job').slice(0, 120);
}

function nameIn({ actor }: Activity, account: string): string {
  return actor?.name ?? account;
}

function entityFor(activity: Activity): Entity {
  return entityOf('actor', activity) ?? { type: 'organization', id: activity.organization ?? activity.source };
}
