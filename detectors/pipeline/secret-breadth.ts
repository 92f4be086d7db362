// A job is handed secrets that it never had: those of other pipelines, or more of them at once than ever. Early in 3 of 42
// incidents, and in all of them the step between a planted definition and the theft.
import type { Activity, ActivityOf } from '../../services/core/activity.ts';
import { defineDetector, type Raise } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import { entityKey } from '../../services/core/entity.ts';
import { describeOdds } from '../../services/core/odds.ts';
import {
  type FirstSeenDetail,
  type FirstSeenState,
  firstSeen,
  type Sighting,
  type Sightings,
} from '../baselines/first-seen.ts';

/** Stands for a job that was given none, so that its first secret is something new. */
const NONE = '(none)';
/** The job's own token, which every job has, and what no feed calls a secret. */
const OWN = /^(?:job[-_]token|github_token|ci_job_token|ci_registry_(?:user|password)|system\.accesstoken)$/i;
const MOST_NAMES = 60;
const UNUSUAL = 1 / 32;
/** A job is young up to so many observations; two feeds may tell of one run. */
const YOUNG = 10;
const FIRM = 50;
/** So many that others own, at once, is a collection. */
const MANY = 3;

export const secretBreadth = defineDetector<'secret' | 'setup', Sightings, FirstSeenState, FirstSeenDetail>({
  id: 'secret-breadth',
  title: 'Job given secrets it never had',
  summary:
    'Learns which secrets each job is given, and notices a job that gets others: those that other pipelines of the repository use, several at once, or any where it never had one.',
  catalogue: 'D074',
  severity: 'medium',
  maturity: 'incubating',
  owasp: ['CICD-SEC-5', 'CICD-SEC-6'],
  attack: [{ tactic: 'TA0006', technique: 'T1552' }],
  cases: () => import('./secret-breadth.cases.ts'),
  watches: ['secret', 'setup'],
  falsePositives: ['A new or reworked pipeline that uses a secret the repository already had.'],
  next: [
    'Read what changed in the definition of the pipeline since its last run, and who changed it.',
    'List the secrets that the run was given; rotate them if the change is nobody’s.',
  ],
  by: 'place',
  baseline: firstSeen,

  levels(activity, context) {
    // Without its pipeline, a job of that name is anybody's.
    if (!entityOf('run', activity) && !context.run) return [];
    const pipeline = entityOf('pipeline', activity);
    if (!pipeline) return [];
    const all = [entityOf('job', activity), pipeline, entityOf('repository', activity)].flatMap(
      (entity) => entity ?? [],
    );
    return [...new Map(all.map((entity) => [entityKey(entity), entity])).values()];
  },

  observe(activity) {
    const names = namesIn(activity)
      .filter((name) => !OWN.test(name))
      .slice(0, MOST_NAMES);
    if (names.length === 0 && activity.kind !== 'setup') return undefined;
    // How often the repository gets a new pipeline says how unusual one is that asks for much at once.
    return { secret: names.length > 0 ? names : [NONE], pipeline: [entityOf('pipeline', activity)?.id ?? ''] };
  },

  judge(activity, _observation, { observations, detail }, { run }) {
    const pipeline = detail.sightings.find(({ dimension }) => dimension === 'pipeline');
    const young = observations < YOUNG;
    if (young && !isUnusual(pipeline)) return undefined;
    const fresh = detail.sightings.filter(({ dimension, value, times, probability }) => {
      return dimension === 'secret' && times === 0 && value !== NONE && (young || probability <= UNUSUAL);
    });
    if (fresh.length === 0) return undefined;
    const odds = Math.min(...(young && pipeline ? [pipeline] : fresh).map(({ probability }) => probability));
    const weight = weightOf(activity, fresh, observations);
    if (!weight) return undefined;
    const had = (detail.known.secret ?? []).filter(({ value }) => value !== NONE);
    const names = fresh.slice(0, 5).map(({ value }) => value.slice(0, 60));
    const what = entityOf('job', activity) ?? entityOf('pipeline', activity);
    return {
      ...weight,
      impact: 'high',
      observed: `${what?.id ?? 'A job'} was given ${names.join(', ')}${fresh.length > names.length ? ` and ${fresh.length - names.length} more` : ''}${run?.actor === undefined ? '' : `, in a run started by ${run.actor}`}.`,
      expected: `${usualOf(had, observations)} ${ownersOf(activity, fresh)} ${young ? 'A new pipeline' : 'Something new'} comes ${describeOdds(odds)} times.`,
      picture: { type: 'known-and-new', what: 'secrets', known: had.slice(0, 12), fresh: names },
      oddity: `secrets ${fresh
        .map(({ value }) => value)
        .sort()
        .join()}`.slice(0, 200),
      explainable: true,
    };
  },
});

function namesIn({ kind, detail }: ActivityOf<'secret' | 'setup'>): readonly string[] {
  if (kind === 'setup') return detail.variables ?? [];
  return detail.names ?? (detail.name === undefined ? [] : [detail.name]);
}

/** A pipeline that the repository has not met, in a repository that seldom meets one. */
function isUnusual(pipeline: Sighting | undefined): boolean {
  return pipeline?.knownTo === null && pipeline.probability <= UNUSUAL;
}

/** Those that another pipeline of the repository is given. */
function foreign(activity: Activity, fresh: readonly Sighting[]): readonly Sighting[] {
  // Peers of a job are its pipeline and its repository; of a pipeline its repository alone.
  const repository =
    entityOf('job', activity) && entityOf('job', activity)?.id !== entityOf('pipeline', activity)?.id ? 1 : 0;
  return fresh.filter(({ knownTo }) => knownTo !== null && knownTo >= repository);
}

/** Undefined: not worth telling. */
function weightOf(activity: Activity, fresh: readonly Sighting[], observations: number): Partial<Raise> | undefined {
  const others = foreign(activity, fresh).length;
  if (observations < YOUNG) {
    // A new pipeline that shares a secret is everyday; one that gathers them is not.
    if (others === 0) return undefined;
    return { severity: others >= MANY ? 'medium' : 'low' };
  }
  if (observations >= FIRM && others >= 1 && (others >= 2 || fresh.length >= MANY)) return { severity: 'medium' };
  return { atMost: 'medium' };
}

function usualOf(had: readonly { readonly value: string }[], observations: number): string {
  if (observations < YOUNG) return 'It is new here.';
  if (had.length === 0) return 'It was never given any.';
  const names = had.slice(0, 4).map(({ value }) => value.slice(0, 60));
  return `It is given ${names.join(', ')}${had.length > names.length ? ` and ${had.length - names.length} more` : ''}.`;
}

function ownersOf(activity: Activity, fresh: readonly Sighting[]): string {
  const others = foreign(activity, fresh).length;
  if (others === 0) return 'Nothing else here uses what it got.';
  return others === fresh.length
    ? 'What it got is other pipelines’.'
    : `${others} of what it got are other pipelines’.`;
}
