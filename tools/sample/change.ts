// One change from its branch to its merge, as acts: pushes, the pull request, a colleague's review, the merge.
import { type Instant, MINUTE, SECOND } from '../../services/core/time.ts';
import type { AnyAct, CommitPlan } from './acts.ts';
import { type Account, type Person, personOf } from './people.ts';
import type { Random } from './random.ts';
import { nextMoment } from './whereabouts.ts';

export interface ChangePlan {
  readonly author: Account;
  readonly reviewer: Person;
  /** Who presses the button. */
  readonly merger: Person;
  readonly repository: string;
  readonly branch: string;
  readonly title: string;
  /** Commits of each push; a push follows its last commit. */
  readonly pushes: readonly (readonly CommitPlan[])[];
}

export function changeActs(plan: ChangePlan, random: Random): AnyAct[] {
  const { author: by, repository, branch, title } = plan;
  const acts: AnyAct[] = [];
  let last: Instant = 0;
  for (const commits of plan.pushes) {
    last = Math.max(...commits.map((commit) => commit.at)) + random.int(20, 240) * SECOND;
    acts.push({ kind: 'push', at: last, by, repository, branch, commits });
    if (acts.length > 1) continue;
    acts.push({ kind: 'open', at: last + random.int(40, 200) * SECOND, by, repository, branch, title });
  }
  const reviewed = nextMoment(plan.reviewer, last + random.int(12, 70) * MINUTE, random);
  acts.push({ kind: 'review', at: reviewed, by: plan.reviewer, repository, branch });
  const merged = nextMoment(plan.merger, reviewed + random.int(2, 15) * MINUTE, random);
  acts.push({ kind: 'merge', at: merged, by: plan.merger, repository, branch });
  return acts;
}

/** A change that its author merges after the usual colleague has looked at it. */
export function ownChange(
  author: Person,
  plan: Pick<ChangePlan, 'repository' | 'branch' | 'title' | 'pushes'>,
  random: Random,
): AnyAct[] {
  return changeActs({ author, merger: author, reviewer: personOf(author.reviewer), ...plan }, random);
}
