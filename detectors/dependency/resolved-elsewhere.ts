// A job was given something else under the same name and version than in its runs before.
// State, by job: at most 120 references with what they resolved to; under 20 KB.
import type { Dependency } from '../../services/core/details/pipeline.ts';
import { defineWatch, type Raise } from '../../services/core/detector.ts';
import type { Instant } from '../../services/core/time.ts';
import { jobLevels, jobWords } from '../process/levels.ts';
import { isExact, short } from './versions.ts';

const REFERENCES = 120;
/** Runs that a reference must have been the same in. */
const SETTLED = 3;

type Reference = readonly [name: string, resolved: string, times: number, at: Instant];
type State = { readonly references: readonly Reference[] };

export const resolvedElsewhere = defineWatch<'setup', State>({
  id: 'resolved-elsewhere',
  title: 'A job’s reference resolved to something else',
  summary:
    'Remembers what each action and image of a job resolved to, and notices one that became something else under the same version; low where the label is one that moves with releases.',
  catalogue: 'D050',
  severity: 'medium',
  maturity: 'stable',
  owasp: ['CICD-SEC-3'],
  attack: [{ tactic: 'TA0001', technique: 'T1195.001' }],
  cases: () => import('./resolved-elsewhere.cases.ts'),
  watches: ['setup'],
  by: 'place',
  falsePositives: ['A release of the action that moved its major label.'],
  next: ['Compare the two commits; pin the action to the one that you have read.'],
  entity: (activity) => jobLevels(activity)[0],
  empty: () => ({ references: [] }),

  step(state, activity) {
    const at = activity.observed_at;
    const told = (activity.detail.dependencies ?? []).flatMap(named);
    const changed: (readonly [string, string, string])[] = [];
    let references = state.references;
    for (const [name, resolved] of told) {
      const known = references.find(([other]) => other === name);
      if (known && known[1] !== resolved && at >= known[3]) {
        if (known[2] >= SETTLED) changed.push([name, known[1], resolved]);
      } else if (known && known[1] !== resolved) continue;
      const times = known && known[1] === resolved ? known[2] + 1 : 1;
      references = [
        ...references.filter((each) => each !== known),
        [name, resolved, times, Math.max(known?.[3] ?? at, at)] as const,
      ].slice(-REFERENCES);
    }
    const [first] = changed.toSorted(([a], [b]) => Number(exactly(b)) - Number(exactly(a)));
    return {
      state: references === state.references ? state : { references },
      raise: first && raiseOf(first, jobWords(activity)),
    };
  },
});

function named({ type, name, requested, resolved }: Dependency): readonly (readonly [string, string])[] {
  if (requested === undefined || resolved === undefined || requested === resolved) return [];
  return type === 'package' ? [] : [[`${name}@${requested}`, resolved]];
}

function exactly(name: string): boolean {
  return isExact(name.slice(name.lastIndexOf('@') + 1));
}

function raiseOf([name, before, now]: readonly [string, string, string], job: string): Raise {
  return {
    severity: exactly(name) ? 'medium' : 'low',
    observed: `${job} was given ${short(now)} for ${name}.`,
    expected: `In its runs before it was ${short(before)}.`,
    history: 'Compared with at least three runs before.',
    oddity: `resolved:${name}:${short(now)}`,
  };
}
