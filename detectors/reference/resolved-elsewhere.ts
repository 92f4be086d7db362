// A job took another commit or digest than the same reference gave to the jobs of this repository before: reference drift as
// those see it who do not watch the upstream (I15, I25, I26).
//
// State of a place: 150 references, of each at most four targets of 12 characters and the time of the last new one; 20 KB at
// most. A target that was seen once is known: runners with older copies go to and fro. What repeats changes nothing.
import type { Activity } from '../../services/core/activity.ts';
import type { Dependency } from '../../services/core/details/pipeline.ts';
import { defineWatch } from '../../services/core/detector.ts';
import { placeOf } from '../../services/core/place.ts';
import { DAY, type Instant } from '../../services/core/time.ts';
import { withEntry } from '../credential/bounded.ts';
import { jobWords } from '../process/levels.ts';
import { promiseOf, shortLabel, shortTarget } from './labels.ts';

const REFERENCES = 150;
const TARGETS = 4;
const LONGEST = 160;
/** A release that was botched is tagged again within a day. */
const SETTLED = DAY;
/** A reference that moves more often than that is worth a note at most. */
const OFTEN = 14 * DAY;

/** Targets, the newest last; when the first and the newest of them came, and how often one did. */
type Reference = readonly [targets: readonly string[], first: Instant, newest: Instant, moves: number];
type State = Readonly<Record<string, Reference>>;

interface Drift {
  readonly dependency: Dependency;
  readonly label: string;
  readonly target: string;
  readonly before: Reference;
  readonly exact: boolean;
}

export const resolvedElsewhere = defineWatch<'setup' | 'step', State>({
  id: 'resolved-elsewhere',
  title: 'Job got something else under the same version',
  summary:
    'Remembers which commit or digest each action, include, plugin and image of a repository’s jobs resolved to, and notices when the same reference gives something else: never right for an exact version, seldom for a major label.',
  catalogue: 'D050',
  severity: 'medium',
  maturity: 'stable',
  owasp: ['CICD-SEC-3', 'CICD-SEC-9'],
  attack: [{ tactic: 'TA0001', technique: 'T1195.002' }],
  cases: () => import('./resolved-elsewhere.cases.ts'),
  watches: ['setup', 'step'],
  by: 'place',
  falsePositives: [
    'The maintainers released a new version and moved their major label to it.',
    'An image was built anew on an updated base.',
  ],
  next: [
    'Compare the two commits, and look whether the new one belongs to a release.',
    'Pin the reference to the commit it gave before.',
    'Look what else was unusual about the run.',
  ],

  entity: (activity) => placeOf(activity),
  empty: () => ({}),

  step(state, activity) {
    const at = activity.observed_at;
    const drifts: Drift[] = [];
    let next = state;
    for (const dependency of taken(activity)) {
      const { type, name, requested, resolved } = dependency;
      if (requested === undefined || resolved === undefined) continue;
      const promised = promiseOf(dependency, requested);
      if (promised === 'pinned' || promised === 'moving') continue;
      const label = shortLabel(requested);
      const key = `${type}:${name}@${label}`.slice(0, LONGEST);
      const target = shortTarget(resolved);
      const before = Object.hasOwn(next, key) ? next[key] : undefined;
      if (before?.[0].includes(target)) continue;
      next = learned(next, key, before, target, at);
      // What is older than the target that it has now came late.
      if (before && at > before[2]) drifts.push({ dependency, label, target, before, exact: promised === 'exact' });
    }
    const worst = drifts.find(({ exact }) => exact) ?? drifts[0];
    return { state: next, raise: worst && raiseOf(activity, worst, drifts.length) };
  },
});

function raiseOf(activity: Activity, { dependency, label, target, before, exact }: Drift, count: number) {
  const [targets, first, newest, moves] = before;
  const at = activity.observed_at;
  const seldom = (at - first) / (moves + 1) >= OFTEN;
  const from = targets.at(-1) ?? 'something else';
  const what = `${dependency.name}${dependency.name.endsWith(label) ? '' : ` ${label}`}`;
  return {
    severity:
      exact && at - newest >= SETTLED ? ('medium' as const) : seldom ? ('low' as const) : ('informational' as const),
    observed: `${jobWords(activity)} got ${target} for ${what}; jobs of this repository had got ${from}${count > 1 ? `, and ${count - 1} more references gave something new` : ''}.`,
    expected: exact
      ? 'An exact version is published once and never becomes something else.'
      : 'Labels like this move with a release, from time to time.',
    history: `Seen for ${Math.floor((at - first) / DAY)} days; until now it moved ${moves === 1 ? 'once' : `${moves} times`}.`,
    oddity: `${dependency.type}:${dependency.name}@${label}:${target}`,
    picture: {
      type: 'delta' as const,
      lines: [
        { sign: '-' as const, text: `${what} → ${from}` },
        { sign: '+' as const, text: `${what} → ${target}` },
      ],
    },
  };
}

/** The job's own image too, where its digest is told. */
function taken({ kind, detail }: Activity): readonly Dependency[] {
  if (kind === 'step') return detail.dependencies ?? [];
  if (kind !== 'setup') return [];
  const { image, dependencies = [] } = detail;
  if (image?.digest === undefined) return dependencies;
  const requested = /:([^/:@]+)$/.exec(image.name)?.[1] ?? 'latest';
  return [...dependencies, { type: 'image', name: image.name, requested, resolved: image.digest }];
}

function learned(state: State, key: string, before: Reference | undefined, target: string, at: Instant): State {
  const [targets, first, newest, moves] = before ?? [[], at, at, -1];
  const reference = [
    // What came late is known, but not what it has now.
    at < newest ? [target, ...targets].slice(0, TARGETS) : [...targets, target].slice(-TARGETS),
    Math.min(first, at),
    Math.max(newest, at),
    moves + 1,
  ] as const;
  return withEntry<Reference>(state, key, reference, REFERENCES, ([, , when]) => when);
}
