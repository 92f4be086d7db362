// The very same commit, which adds a pipeline definition, appears in repository after repository, pushed by several accounts:
// how farms of accounts mine on free runners, and how worms spread. State, by forge: 60 commits with up to 12 repositories and
// accounts each, for a day; under 30 KB.
import { definitionsIn } from '../../services/core/definition-paths.ts';
import { defineWatch } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import { actorId } from '../../services/core/identity/actor.ts';
import { contentId } from '../../services/core/json.ts';
import { HOUR, type Instant } from '../../services/core/time.ts';

const WINDOW = 2 * HOUR;
const COMMITS = 60;
const PLACES = 12;
const LOW = 2;
const MEDIUM = 3;

type Seen = readonly [
  what: string,
  first: Instant,
  last: Instant,
  repositories: readonly string[],
  accounts: readonly string[],
];
type State = { readonly seen: readonly Seen[] };

export const definitionSpread = defineWatch<'push', State>({
  id: 'definition-spread',
  title: 'The same new pipeline in many repositories',
  summary:
    'Notices one and the same commit that adds a pipeline definition to several repositories within two hours, whichever accounts push it.',
  catalogue: 'D140',
  severity: 'medium',
  maturity: 'incubating',
  owasp: ['CICD-SEC-4', 'CICD-SEC-7'],
  attack: [
    { tactic: 'TA0008', technique: 'T1072' },
    { tactic: 'TA0040', technique: 'T1496' },
  ],
  cases: () => import('./definition-spread.cases.ts'),
  watches: ['push'],
  falsePositives: ['A class or an onboarding pushes the same exercise to repositories of its own.'],
  next: [
    'Cancel the runs of all these repositories, and look at what the definition runs.',
    'Look at the accounts together: when they were made, and from where.',
  ],
  by: 'system',
  entity: (activity) => entityOf('system', activity),
  empty: () => ({ seen: [] }),

  step(state, activity) {
    const { detail, vcs, observed_at: at } = activity;
    const repository = vcs?.repository?.name;
    const revision = vcs?.ref?.head?.revision;
    const [definition] = definitionsIn(detail.paths?.added ?? []);
    // A fork that catches up with its origin gets many commits at once; this one is made to be pushed.
    if (repository === undefined || revision === undefined || definition === undefined || detail.commits > 1)
      return { state };
    const account = actorId(activity) ?? '';
    const what = contentId(revision).slice(0, 16);
    const before = state.seen.find(
      ([other, first, last]) => other === what && at <= first + WINDOW && at >= last - WINDOW,
    );
    const [, first, last, repositories, accounts] = before ?? [what, at, at, [], []];
    if (repositories.includes(repository)) return { state };
    const after: Seen = [
      what,
      Math.min(first, at),
      Math.max(last, at),
      [...repositories, repository].slice(0, PLACES),
      [...new Set([...accounts, account])].slice(0, PLACES),
    ];
    const next = { seen: [...state.seen.filter((each) => each !== before), after].slice(-COMMITS) };
    const count = repositories.length + 1;
    if (count < LOW) return { state: next };
    const people = after[4].length;
    const severity = count >= MEDIUM ? 'medium' : 'low';
    return {
      state: next,
      raise: {
        severity,
        entity: { type: 'commit', id: revision },
        observed: `The same commit ${revision.slice(0, 8)} added ${definition.slice(0, 100)} to ${count} repositories, pushed by ${people} ${people === 1 ? 'account' : 'accounts'}: ${after[3].slice(-3).join(', ')}.`,
        expected: 'A commit belongs to one repository and its forks, and those get it together with others.',
        history: `First seen ${Math.round((at - after[1]) / 60_000)} minutes before in ${after[3][0]}.`,
        oddity: `spread ${severity}`,
      },
    };
  },
});
