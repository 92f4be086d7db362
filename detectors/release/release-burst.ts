// Versions of one package follow each other within minutes: a stolen token is used for as long as it works (84 versions in six
// minutes, 116 packages in 25). A broken release that is mended at once looks alike, so one pair is low.
// State, by place: at most 40 packages with their last 6 versions; under 12 KB.
import { defineWatch, type Raise } from '../../services/core/detector.ts';
import { contentId } from '../../services/core/json.ts';
import { KEYS } from '../../services/core/keyed-by.ts';
import { type Instant, MINUTE } from '../../services/core/time.ts';
import { PUBLICATIONS, type Publication, type PublicationKind, publicationIn } from './publication.ts';

const PACKAGES = 40;
const VERSIONS = 6;
const TOGETHER = 15 * MINUTE;
/** Versions of one package, or packages with two versions, that are more than a release and its mend. */
const MANY = 3;
/** So often before, it is how this place releases. */
const USUAL = 3;

/** `1.2.3` of `v1.2.3-amd64`: tags of one build are one version. */
const CORE = /^(?:[\w@/.-]{0,80}[-@/])?v?(\d{1,6}\.\d{1,6}\.\d{1,6})(?![\d.])/;

type Version = readonly [core: string, at: Instant];
type Package = readonly [name: string, versions: readonly Version[]];
type State = { readonly packages: readonly Package[]; readonly pairs: number; readonly last: Instant };

export const releaseBurst = defineWatch<PublicationKind, State>({
  id: 'release-burst',
  title: 'Versions minutes apart',
  summary:
    'Notices two versions of one package within a quarter of an hour, and more than two, or several packages at once, where that is not how they are released.',
  catalogue: 'D123',
  severity: 'medium',
  maturity: 'incubating',
  owasp: ['CICD-SEC-9'],
  attack: [{ tactic: 'TA0001', technique: 'T1195.002' }],
  cases: () => import('./release-burst.cases.ts'),
  watches: PUBLICATIONS,
  by: 'place',
  falsePositives: [
    'A broken release that is mended within minutes.',
    'Fixes of a weakness for several older lines at once.',
  ],
  next: ['Compare the versions: what did the second one change?', 'Ask whoever published them, over another channel.'],
  entity: (activity) => KEYS.place(activity),
  empty: () => ({ packages: [], pairs: 0, last: 0 }),

  step(state, activity) {
    const publication = publicationIn(activity);
    const core = CORE.exec(publication?.version ?? '')?.[1];
    if (!publication || core === undefined) return { state };
    const at = activity.observed_at;
    // A tag, its release and its package are one version of one thing.
    const name = contentId(publication.name ?? '').slice(0, 8);
    const known = state.packages.find(([other]) => other === name);
    if (known?.[1].some(([other]) => other === core)) return { state };
    const versions = [...(known?.[1] ?? []), [core, at] as const].slice(-VERSIONS);
    const packages = [...state.packages.filter((each) => each !== known), [name, versions] as const].slice(-PACKAGES);
    const together = near(versions, core, at);
    if (together.length < 2) return { state: { ...state, packages } };
    const fresh = Math.abs(at - state.last) > TOGETHER;
    const next = { packages, pairs: state.pairs + (fresh ? 1 : 0), last: Math.max(state.last, at) };
    return { state: next, raise: raiseOf(publication, together, packages, at, fresh ? state.pairs : state.pairs - 1) };
  },
});

/** Versions of the same line (`1.2.x`) of late: fixes for several lines come together. */
function near(versions: readonly Version[], core: string, at: Instant): readonly string[] {
  return versions
    .filter(([other, when]) => lineOf(other) === lineOf(core) && Math.abs(at - when) <= TOGETHER)
    .map(([each]) => each);
}

function lineOf(core: string): string {
  return core.slice(0, core.lastIndexOf('.'));
}

/** Whether many packages came at once before: then they also do when a release is mended. */
function isTrain(packages: readonly Package[], at: Instant): boolean {
  const before = packages.map(([, versions]) =>
    versions.map(([, when]) => when).filter((when) => at - when > TOGETHER),
  );
  return before
    .flat()
    .some((one) => before.filter((times) => times.some((when) => Math.abs(when - one) <= TOGETHER)).length >= MANY);
}

function raiseOf(
  { form, name, who }: Publication,
  together: readonly string[],
  packages: readonly Package[],
  at: Instant,
  pairs: number,
): Raise | undefined {
  if (pairs >= USUAL) return undefined;
  const paired = packages.filter(([, versions]) =>
    versions.some(([core]) => near(versions, core, at).length >= 2),
  ).length;
  const many = together.length >= MANY || (paired >= MANY && !isTrain(packages, at));
  const others = paired > 1 ? `, and so did ${paired - 1} other ${paired === 2 ? 'package' : 'packages'}` : '';
  return {
    severity: many && pairs === 0 ? 'medium' : 'low',
    observed: `${who} published ${name === undefined ? `the ${form}s` : name.slice(0, 80)} ${together.join(' and ')} within ${TOGETHER / MINUTE} minutes${others}.`,
    expected: 'A version is followed by the next after days; minutes apart they are a mend, or somebody in a hurry.',
    history:
      pairs === 0
        ? 'It has not happened here before.'
        : `It has happened ${pairs === 1 ? 'once' : `${pairs} times`} here before.`,
    oddity: many ? 'many' : `pair:${contentId(name ?? '').slice(0, 8)}`,
  };
}
