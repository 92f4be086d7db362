// A run that failed has published all the same: a payload in a test publishes with the run's own rights, and the release step
// never came. A step that fails after publishing looks alike, so it is low, and strengthens what else is odd about the run.
// State, by place: at most 20 runs that published, 40 that failed; under 4 KB.
import type { Activity } from '../../services/core/activity.ts';
import { defineWatch, type Raise } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import { KEYS } from '../../services/core/keyed-by.ts';
import { PUBLICATIONS, type PublicationKind, publicationIn, publicationWords } from './publication.ts';

const PUBLISHED = 20;
const FAILED = 40;
/** Runs that published before one that fails says anything; and the share of failed ones that is a habit. */
const ENOUGH = 5;
const HABIT = 1 / 10;

type State = {
  readonly published: readonly (readonly [run: string, what: string])[];
  readonly failed: readonly string[];
  readonly runs: number;
  readonly both: number;
};

export const failedRunPublished = defineWatch<PublicationKind | 'run', State>({
  id: 'failed-run-published',
  title: 'A failed run has published',
  summary: 'Notices a package or artifact that came from a run which failed, where publishing runs do not fail.',
  catalogue: 'D123',
  severity: 'low',
  maturity: 'incubating',
  owasp: ['CICD-SEC-9'],
  attack: [{ tactic: 'TA0001', technique: 'T1195.002' }],
  cases: () => import('./failed-run-published.cases.ts'),
  watches: [...PUBLICATIONS, 'run'],
  by: 'place',
  falsePositives: ['A step that comes after publishing fails: an announcement, documentation.'],
  next: ['Look at which step published, and whether the release job ran at all.'],
  entity: (activity) => KEYS.place(activity),
  empty: () => ({ published: [], failed: [], runs: 0, both: 0 }),

  step(state, activity) {
    const run = entityOf('run', activity)?.id;
    if (run === undefined) return { state };
    if (activity.kind === 'run') return hasFailed(activity) ? failed(state, run, activity) : { state };
    const publication = publicationIn(activity);
    if (!publication || state.published.some(([id]) => id === run)) return { state };
    const what = publicationWords(publication);
    const published = [...state.published, [run, what] as const].slice(-PUBLISHED);
    return concluded({ ...state, published, runs: state.runs + 1 }, run, what);
  },
});

function hasFailed({ cicd }: Activity): boolean {
  const result = cicd?.pipeline?.run?.result;
  return result === 'failure' || result === 'error' || result === 'timeout';
}

function failed(
  state: State,
  run: string,
  activity: Activity,
): { readonly state: State; readonly raise?: Raise | undefined } {
  if (state.failed.includes(run)) return { state };
  const what = state.published.find(([id]) => id === run)?.[1];
  const pipeline = activity.cicd?.pipeline?.name;
  return concluded({ ...state, failed: [...state.failed, run].slice(-FAILED) }, run, what, pipeline);
}

/** Both are known of the run by now. */
function concluded(state: State, run: string, what: string | undefined, pipeline?: string) {
  if (what === undefined || !state.failed.includes(run)) return { state };
  const next = { ...state, both: state.both + 1 };
  const others = state.runs - 1;
  if (others < ENOUGH || state.both > others * HABIT) return { state: next };
  return {
    state: next,
    raise: {
      severity: 'low',
      observed: `Run ${run}${pipeline === undefined ? '' : ` of ${pipeline}`} failed, and has published the ${what}.`,
      expected: 'What fails is not published.',
      history: `${others} other runs have published here; ${state.both === 0 ? 'none' : state.both} of them failed.`,
    } satisfies Raise,
  };
}
