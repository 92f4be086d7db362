// What would tell of a deed goes within hours of it: a run or its log is deleted, a branch lives for minutes, a change is closed
// by whoever opened it once its pipeline ran (I15, I16, I18, I24, I30). Robots that tidy up delete what is old.
//
// State of a place: 20 branches that were made or deleted in the last minutes, 12 privileged runs of changes in the last hours,
// 20 people who deleted young runs, each with the days on which they did. 6 KB at most.
import type { Activity } from '../../services/core/activity.ts';
import { type Context, defineWatch, type Raise } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import { placeOf } from '../../services/core/place.ts';
import { impactOf, isPrivileged } from '../../services/core/run-facts.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../../services/core/time.ts';
import { withEntry } from '../credential/bounded.ts';
import { branchOf, isDeletion, MACHINE_BRANCH, wordsOf } from './deletions.ts';

const RUN_YOUNG = 6 * HOUR;
/** A record of the run itself that came just before, in another feed. */
const SAME_DEED = 30_000;
const BRANCH_YOUNG = 5 * MINUTE;
const CHANGE_YOUNG = 3 * HOUR;
const USUAL_DAYS = 3;
const BRANCHES = 20;
const CHANGES = 12;
const PEOPLE = 20;

type Branch = readonly [at: Instant, name: string, what: 'made' | 'deleted' | 'asked'];
type State = {
  readonly branches: readonly Branch[];
  readonly changes: readonly (readonly [at: Instant, change: string])[];
  readonly people: Readonly<Record<string, readonly [days: number, last: number]>>;
};

interface Step {
  readonly state: State;
  readonly raise?: Raise | undefined;
}

export const tracksRemoved = defineWatch<'run' | 'job' | 'secret' | 'setup' | 'push' | 'change', State>({
  id: 'tracks-removed',
  title: 'Tracks removed',
  summary:
    'Notices a run or log that is deleted within hours of running by somebody who does not do that, a branch that is gone minutes after it was made, and a change that its author closes or resets right after its privileged pipeline.',
  catalogue: 'D065',
  severity: 'medium',
  maturity: 'stable',
  owasp: ['CICD-SEC-10'],
  attack: [{ tactic: 'TA0005', technique: 'T1070' }],
  cases: () => import('./tracks-removed.cases.ts'),
  // What a run holds may be told after all else of it.
  watches: ['run', 'job', 'secret', 'setup', 'push', 'change'],
  by: 'place',
  falsePositives: [
    'Somebody tidies up after a mistake in a pipeline.',
    'A job makes a branch to try something, and deletes it.',
  ],
  next: [
    'Look for the run, branch or change in what Pipewarden has kept of it.',
    'Ask the person who removed it, over another channel.',
    'Take what the run could read for read.',
  ],

  entity: (activity) => placeOf(activity),
  empty: () => ({ branches: [], changes: [], people: {} }),

  step(state, activity, context) {
    if (activity.kind === 'push') return ofBranch(state, activity);
    if (activity.kind === 'change') return ofChange(state, activity);
    if (isDeletion(activity)) return ofRun(state, activity, context);
    return { state: remembered(state, activity, context) };
  },
});

function ofRun(state: State, activity: Activity, { run }: Context): Step {
  const at = activity.observed_at;
  const age = run ? at - run.first : 0;
  // Unknown: all that is known of the run is that it is gone.
  if (age < SAME_DEED || age > RUN_YOUNG) return { state };
  const who = entityOf('actor', activity)?.id ?? '';
  const day = Math.floor(at / DAY);
  const [days, last] = (Object.hasOwn(state.people, who) ? state.people[who] : undefined) ?? [0, 0];
  const isUsual = days - (day === last ? 1 : 0) >= USUAL_DAYS;
  const people =
    day > last ? withEntry(state.people, who, [days + 1, day] as const, PEOPLE, ([, when]) => when) : state.people;
  const isLow = isUsual || activity.actor?.type === 'bot' || impactOf(run) === 'low';
  return {
    state: people === state.people ? state : { ...state, people },
    raise: {
      severity: isLow ? 'low' : 'medium',
      observed: `${wordsOf(activity)} deleted a run${run?.pipeline === undefined ? '' : ` of ${run.pipeline}`} ${spanWords(age)} after it had started, or its log.`,
      expected: isUsual ? 'They have done so before.' : 'Runs are kept; what tidies up deletes old ones.',
      history: `On ${days} earlier days the same account deleted young runs here.`,
      oddity: `run:${run?.id}`,
    },
  };
}

function ofBranch(state: State, activity: Activity): Step {
  const { kind, observed_at: at, actor } = activity;
  const name = branchOf(activity);
  if (kind !== 'push' || name === undefined || MACHINE_BRANCH.test(name)) return { state };
  if (!activity.detail.created && !activity.detail.deleted) return { state };
  const what = activity.detail.deleted ? 'deleted' : 'made';
  const next = { ...state, branches: keptBranches(state.branches, [at, name, what]) };
  const other = state.branches.find(([when, branch, did]) => {
    const life = what === 'deleted' ? at - when : when - at;
    return branch === name && did === (what === 'deleted' ? 'made' : 'deleted') && life >= 0 && life <= BRANCH_YOUNG;
  });
  // Merged within minutes: its branch has done its work.
  const isAsked = state.branches.some(([, branch, did]) => branch === name && did === 'asked');
  if (!other || isAsked || actor?.type === 'bot') return { state: next };
  return {
    state: next,
    raise: {
      severity: 'low',
      observed: `${wordsOf(activity)} made the branch ${name.slice(0, 80)} and deleted it ${spanWords(Math.abs(at - other[0]))} later.`,
      expected: 'Branches live until what is on them is merged.',
      history: 'No change was opened from it.',
      oddity: 'short-lived-branch',
    },
  };
}

function ofChange(state: State, activity: Activity): Step {
  const { kind, observed_at: at, vcs } = activity;
  if (kind !== 'change') return { state };
  const { detail } = activity;
  const name = branchOf(activity);
  const next =
    detail.action === 'opened' && name !== undefined
      ? { ...state, branches: keptBranches(state.branches, [at, name, 'asked']) }
      : state;
  const ran = state.changes.find(([when, change]) => change === vcs?.change?.id && Math.abs(at - when) <= CHANGE_YOUNG);
  const head = vcs?.ref?.head?.revision;
  const isReset = detail.action === 'synchronize' && head !== undefined && head === vcs?.ref?.base?.revision;
  const isOwn = detail.author !== undefined && detail.author === activity.actor?.name;
  const isClosed = detail.action === 'closed' && detail.merged === false && isOwn;
  if (!ran || !(isReset || isClosed)) return { state: next };
  return {
    state: next,
    raise: {
      severity: 'low',
      observed: `${wordsOf(activity)} ${isReset ? 'took everything out of' : 'closed'} their change ${vcs?.change?.id} ${spanWords(Math.abs(at - ran[0]))} after a pipeline with rights of its own had run for it.`,
      expected: 'Changes stay open until they are reviewed.',
      history: 'Compared with the runs of the hours before.',
      oddity: `change:${vcs?.change?.id}`,
    },
  };
}

/** A run with rights, for a change of a stranger. */
function remembered(state: State, { observed_at: at }: Activity, { run }: Context): State {
  if (run?.change === undefined || !(run.stranger || run.fork) || !isPrivileged(run)) return state;
  if (state.changes.some(([, change]) => change === run.change)) return state;
  return { ...state, changes: [...state.changes, [at, run.change] as const].slice(-CHANGES) };
}

function keptBranches(branches: readonly Branch[], branch: Branch): readonly Branch[] {
  return [...branches.filter(([when]) => branch[0] - when <= HOUR), branch].slice(-BRANCHES);
}

function spanWords(span: number): string {
  if (span < 2 * MINUTE) return `${Math.round(span / 1000)} seconds`;
  return span < 2 * HOUR ? `${Math.round(span / MINUTE)} minutes` : `${Math.round(span / HOUR)} hours`;
}
