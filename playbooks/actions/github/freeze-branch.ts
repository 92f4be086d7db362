// Holds a branch by a ruleset of its own that nobody may bypass: no push, no merge, no rewriting, no deleting.
import { defineAction, type Target } from '../../../services/core/action.ts';
import { field } from '../answer.ts';
import { branchRef, repositoryPath } from './paths.ts';
import { lookAtRuleset, ruleset } from './shared/ruleset.ts';

const ID = 'github.freeze-branch';

export const freezeBranch = defineAction({
  id: ID,
  kind: 'hold-deploy',
  title: 'Freeze a branch on GitHub',
  system: 'github',
  target: 'repository',
  permissions: ['administration: write'],
  reversible: true,
  undoing: 'Deletes the ruleset again.',
  reference: 'https://docs.github.com/en/rest/repos/rules#create-a-repository-ruleset',
  proof: 'schema',

  /** The repository's own ruleset of that name. */
  async look(target, api, signal) {
    const wanted = { name: rulesetName(target), ref: branchRef(ID, target) };
    const query = 'includes_parents=false&per_page=100';
    return { state: await lookAtRuleset(api, rulesetsPath(target), query, wanted, signal) };
  },

  intend(target) {
    const name = branchName(target);
    return {
      summary: `Freeze ${name} of ${target.repository} by the ruleset "${rulesetName(target)}".`,
      changes: [
        {
          method: 'POST',
          path: rulesetsPath(target),
          body: ruleset(rulesetName(target), branchRef(ID, target)),
          accepts: [201],
        },
      ],
      blast_radius: [
        `Nobody, administrators and apps included, can push to, merge into, rewrite or delete ${name}.`,
        'Releases and deployments that start from a push to it wait until it is released.',
      ],
    };
  },

  holds(target, state) {
    return field(state, 'holds') === true ? `The ruleset "${rulesetName(target)}" is there and active.` : undefined;
  },

  undo(target, before, now) {
    const id = field(now, 'ruleset');
    if (typeof id !== 'number' || field(before, 'ruleset') !== null) return [];
    return [{ method: 'DELETE', path: `${rulesetsPath(target)}/${id}`, accepts: [204, 404] }];
  },
});

function rulesetsPath(target: Target): string {
  return `${repositoryPath(ID, target)}/rulesets`;
}

function branchName(target: Target): string {
  return target.branch === undefined ? 'the default branch' : `the branch ${target.branch}`;
}

function rulesetName(target: Target): string {
  return `Pipewarden holds ${target.branch ?? 'the default branch'}`;
}
