// History that others build on is replaced: a forced push to the default or a release branch, a tag that names another commit.
// Early in 7 of 42 incidents. Developers rewrite their own branches all day, and floating tags move with every release: so
// what matters is the reference, and whether it, or this identity, has been so before.
// State, by repository: 60 references, 30 identities, 20 deleted tags, 10 rewrites on probation; under 12 KB.
import type { ActivityOf } from '../../services/core/activity.ts';
import { defineWatch, type Raise } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import { actorId } from '../../services/core/identity/actor.ts';
import type { Severity } from '../../services/core/severity.ts';
import { DAY, HOUR, type Instant } from '../../services/core/time.ts';
import { isDefaultName, isFullVersion, isReleaseBranch } from './release-refs.ts';

const REFERENCES = 60;
const IDENTITIES = 30;
const DELETED = 20;
const WAITING = 10;
const PROBATION = DAY;
/** A tag deleted and made anew within this time was moved. */
const MADE_ANEW = DAY;
/** With fewer pushes known, a repository is at its beginning, where history is still sorted out. */
const ENOUGH_PUSHES = 20;
/** So often rewritten before, it is how this reference, or this identity, works. */
const USUAL = 2;
/** Known for less, a repository has no ways yet. */
const SETTLED = 7 * DAY;
/** Versions that were different ones and now are one commit: told from two on, and no release is ever so from three on. */
const TWO = 2;
const MANY = 3;
const TOGETHER = DAY;

type Counted = readonly [name: string, times: number];
type Rewrite = readonly [at: Instant, ref: string, who: string];
/** A full version that was moved: from what (its commit, or its number where that is not told) to which commit. */
type Moved = readonly [at: Instant, from: string, to: string];
type State = {
  readonly pushes: number;
  readonly references: readonly Counted[];
  readonly identities: readonly Counted[];
  readonly waiting: readonly Rewrite[];
  readonly moved: readonly Moved[];
  readonly since: Instant;
  readonly deleted: readonly (readonly [tag: string, at: Instant, revision: string])[];
  /** Tags made of late, for a deletion that is told later. */
  readonly made: readonly (readonly [tag: string, at: Instant, revision: string])[];
};
type What = 'default branch' | 'release branch' | 'version tag' | 'tag';
type Step = { readonly state: State; readonly raise?: Raise | undefined };

export const historyRewrite = defineWatch<'push' | 'commit', State>({
  id: 'history-rewrite',
  title: 'History or tag rewritten',
  summary:
    'Notices a forced push to the default or a release branch, and a tag that is moved to another commit or deleted and made anew, and a commit without a past, where neither the reference nor the identity is known for it.',
  catalogue: 'D122',
  severity: 'high',
  maturity: 'incubating',
  owasp: ['CICD-SEC-1', 'CICD-SEC-9'],
  attack: [
    { tactic: 'TA0005', technique: 'T1070' },
    { tactic: 'TA0003', technique: 'T1195.002' },
  ],
  cases: () => import('./history-rewrite.cases.ts'),
  watches: ['push', 'commit'],
  falsePositives: [
    'A secret or a large file is taken out of the history, as announced.',
    'A release is tagged again because its first tag was wrong.',
  ],
  next: [
    'Compare the commits before and after; the audit log has the reference’s earlier value.',
    'Ask whoever pushed; hold what is built from the reference until then.',
  ],
  by: 'place',
  entity: (activity) => entityOf('repository', activity),
  empty: () => ({ pushes: 0, references: [], identities: [], waiting: [], moved: [], deleted: [], made: [], since: 0 }),

  step(before, activity) {
    const matured = after(before, activity.observed_at);
    const pushes = Math.min(matured.pushes + 1, ENOUGH_PUSHES);
    const since = matured.since === 0 ? activity.observed_at : Math.min(matured.since, activity.observed_at);
    const isOld = pushes === matured.pushes && since === matured.since;
    const state = isOld ? matured : { ...matured, pushes, since };
    if (activity.kind === 'commit') return { state, raise: orphaned(matured, activity) };
    const head = activity.vcs?.ref?.head;
    if (head?.name === undefined) return { state };
    return head.type === 'tag' ? tagged(state, activity, head.name) : pushed(state, activity, head.name);
  },
});

/** A commit that descends from nothing, in a repository that has a past: how a payload is kept off every branch. */
function orphaned(state: State, { detail, actor }: ActivityOf<'commit'>): Raise | undefined {
  if (detail.parents !== 0 || state.pushes < ENOUGH_PUSHES) return undefined;
  return {
    severity: 'low',
    observed: `${detail.author.name ?? actor?.name ?? 'Somebody'} made ${detail.sha.slice(0, 8)}, which descends from no other commit.`,
    expected: 'A repository that has a past goes on from it; pages and imported projects are the exception.',
    history: `${ENOUGH_PUSHES} pushes and commits and more of this repository are known.`,
    oddity: `orphan ${detail.sha}`,
  };
}

function after(state: State, at: Instant): State {
  const due = state.waiting.filter(([since]) => at - since >= PROBATION);
  if (due.length === 0) return state;
  return {
    ...state,
    references: due.reduce((list, [, ref]) => counted(list, ref, REFERENCES), state.references),
    identities: due.reduce((list, [, , who]) => counted(list, who, IDENTITIES), state.identities),
    waiting: state.waiting.filter((each) => !due.includes(each)),
  };
}

function counted(list: readonly Counted[], name: string, most: number): readonly Counted[] {
  const times = timesOf(list, name);
  return [...list.filter(([other]) => other !== name), [name, times + 1] as const].slice(-most);
}

function timesOf(list: readonly Counted[], name: string): number {
  return list.find(([other]) => other === name)?.[1] ?? 0;
}

function pushed(state: State, push: ActivityOf<'push'>, name: string): Step {
  const { forced, created, deleted, default_branch: isDefault } = push.detail;
  if (forced !== true || created || deleted) return { state };
  const what =
    isDefault === true || (isDefault === undefined && isDefaultName(name)) ? 'default branch' : 'release branch';
  if (what === 'release branch' && !isReleaseBranch(name)) return { state };
  return rewritten(state, push, name, what, 'rewrote');
}

function tagged(state: State, push: ActivityOf<'push'>, tag: string): Step {
  const { created, deleted } = push.detail;
  const { head, base } = push.vcs?.ref ?? {};
  const at = push.observed_at;
  const what = isFullVersion(tag) ? 'version tag' : 'tag';
  const near = ([other, when]: State['made'][number]) => other === tag && Math.abs(at - when) <= MADE_ANEW;
  if (deleted) {
    const gone = base?.revision ?? '';
    const next = { ...state, deleted: [...state.deleted, [tag, at, gone] as const].slice(-DELETED) };
    const anew = state.made.find((each) => near(each) && each[1] >= at - HOUR && each[2] !== gone && gone !== '');
    return anew && anew[1] > at ? rewritten(next, push, tag, what, 'deleted and made anew') : { state: next };
  }
  if (!created) return rewritten(state, push, tag, what, 'moved');
  const revision = head?.revision ?? '';
  const next = { ...state, made: [...state.made, [tag, at, revision] as const].slice(-DELETED) };
  const gone = state.deleted.find(near);
  // The same commit again is a mend of the tag's text.
  if (!gone || gone[1] > at || (gone[2] !== '' && gone[2] === revision)) return { state: next };
  return rewritten(next, push, tag, what, 'deleted and made anew');
}

function rewritten(state: State, push: ActivityOf<'push'>, ref: string, what: What, verb: string): Step {
  const who = actorId(push) ?? '';
  const name = push.actor?.name ?? 'Somebody';
  const [refTimes, whoTimes] = [timesOf(state.references, ref), timesOf(state.identities, who)];
  const at = push.observed_at;
  const { base, head } = push.vcs?.ref ?? {};
  const moved = what === 'version tag' ? movedWith(state, push, ref) : state.moved;
  const merged = new Set(moved.filter(([, , to]) => to === head?.revision).map(([, from]) => from)).size;
  const rewrite: Rewrite = [at, ref.slice(0, 120), who];
  const next = { ...state, moved, waiting: [...state.waiting, rewrite].slice(-WAITING) };
  const known = at - state.since >= SETTLED ? state.pushes : 0;
  const severity =
    what === 'version tag' && merged >= TWO
      ? merged >= MANY
        ? 'high'
        : 'medium'
      : severityOf(what, refTimes, whoTimes, known);
  if (severity === undefined) return { state: next };
  const from = base?.revision === undefined ? '' : ` from ${base.revision.slice(0, 8)}`;
  const to = head?.revision === undefined ? '' : ` to ${head.revision.slice(0, 8)}`;
  return {
    state: next,
    raise: {
      severity,
      observed: `${name} ${verb} the ${what} ${ref.slice(0, 100)}${from}${to}${what === 'version tag' && merged >= TWO ? `; ${merged} versions that were different ones are this commit now` : ''}.`,
      expected: `${refTimes === 0 ? 'It was never rewritten before' : `It was rewritten ${refTimes === 1 ? 'once' : `${refTimes} times`} before`}, and ${name} ${whoTimes === 0 ? 'never did such a thing here' : 'did so elsewhere in this repository'}.`,
      history: `${state.pushes >= ENOUGH_PUSHES ? `${ENOUGH_PUSHES} pushes and commits and more` : `${state.pushes} pushes and commits`} of this repository are known.`,
      oddity: `${ref} ${who}`.slice(0, 200),
    },
  };
}

function movedWith({ moved }: State, push: ActivityOf<'push'>, tag: string): readonly Moved[] {
  const { base, head } = push.vcs?.ref ?? {};
  const at = push.observed_at;
  const recent = moved.filter(([when]) => Math.abs(at - when) <= TOGETHER);
  if (head?.revision === undefined) return recent;
  const from = base?.revision ?? /\d+\.\d+\.\d+/.exec(tag)?.[0] ?? tag.slice(0, 60);
  return [...recent, [at, from, head.revision] as const].slice(-DELETED);
}

function severityOf(what: What, refTimes: number, whoTimes: number, pushes: number): Severity | undefined {
  if (refTimes >= USUAL) return undefined;
  const grave = what === 'default branch' || what === 'release branch' || what === 'version tag';
  if (!grave) return refTimes === 0 && whoTimes < USUAL && pushes >= ENOUGH_PUSHES ? 'informational' : undefined;
  if (pushes < ENOUGH_PUSHES) return 'low';
  return refTimes === 0 && whoTimes < USUAL ? 'medium' : 'low';
}
