// Holds a branch by a ruleset of its own that nobody may bypass: no push, no merge, no rewriting, no deleting.
import { defineAction, type Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import type { Json } from '../../../services/core/json.ts';
import { field } from '../answer.ts';
import { branchRef, repositoryPath } from './paths.ts';

const ID = 'github.freeze-branch';
const RULES = ['update', 'deletion', 'non_fast_forward'] as const;

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

  /** The repository's own ruleset of that name. A repository holds at most 75, so one page has them all. */
  async look(target, api, signal) {
    const path = rulesetsPath(target);
    const query = `${path}?includes_parents=false&per_page=100`;
    const { body } = await ask(api, { method: 'GET', path: query }, [200], signal);
    const all: readonly Json[] = Array.isArray(body) ? body : [];
    const id = field(all.find((one) => field(one, 'name') === rulesetName(target)) ?? null, 'id');
    if (typeof id !== 'number' || !Number.isSafeInteger(id)) return { state: { ruleset: null } };
    const found = await ask(api, { method: 'GET', path: `${path}/${id}` }, [200, 404], signal);
    return { state: { ruleset: id, holds: found.status === 200 && isHeld(target, found.body) } };
  },

  intend(target) {
    const name = branchName(target);
    return {
      summary: `Freeze ${name} of ${target.repository} by the ruleset "${rulesetName(target)}".`,
      changes: [{ method: 'POST', path: rulesetsPath(target), body: ruleset(target), accepts: [201] }],
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

function ruleset(target: Target): Json {
  return {
    name: rulesetName(target),
    target: 'branch',
    enforcement: 'active',
    conditions: { ref_name: { include: [branchRef(ID, target)], exclude: [] } },
    rules: RULES.map((type) => ({ type })),
  };
}

function isHeld(target: Target, found: Json): boolean {
  const include = field(field(field(found, 'conditions'), 'ref_name'), 'include');
  const rules = field(found, 'rules');
  if (field(found, 'enforcement') !== 'active' || !Array.isArray(include) || !Array.isArray(rules)) return false;
  const types = rules.map((rule) => field(rule, 'type'));
  return include.includes(branchRef(ID, target)) && RULES.every((type) => types.includes(type));
}
