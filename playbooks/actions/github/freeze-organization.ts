// Holds the default branches of all repositories of an organization by a ruleset of its own that nobody may bypass.
import { defineAction, type Target } from '../../../services/core/action.ts';
import { field, idOf } from '../answer.ts';
import { organizationPath } from './paths.ts';
import { lookAtRuleset, ruleset } from './shared/ruleset.ts';

const ID = 'github.freeze-organization';
const NAME = 'Pipewarden holds all default branches';
const REF = '~DEFAULT_BRANCH';

export const freezeOrganization = defineAction({
  id: ID,
  kind: 'hold-deploy',
  title: 'Freeze the default branches of an organization',
  system: 'github',
  target: 'organization',
  byName: true,
  permissions: ['organization administration: write'],
  reversible: true,
  undoing: 'Deletes the ruleset again.',
  reference: 'https://docs.github.com/en/rest/orgs/rules#create-an-organization-repository-ruleset',
  proof: 'schema',

  async look(target, api, signal) {
    const wanted = { name: NAME, ref: REF };
    return { state: await lookAtRuleset(api, rulesetsPath(target), 'per_page=100', wanted, signal) };
  },

  intend(target) {
    const everywhere = { repository_name: { include: ['~ALL'], exclude: [], protected: false } };
    return {
      summary: `Freeze the default branches of all repositories of ${target.id} by the ruleset "${NAME}".`,
      changes: [{ method: 'POST', path: rulesetsPath(target), body: ruleset(NAME, REF, everywhere), accepts: [201] }],
      blast_radius: [
        `Nobody, owners and apps included, can push to or merge into a default branch of ${target.id}.`,
        'Releases and deployments that start from such a push wait until it is released.',
      ],
    };
  },

  holds(_target, state) {
    return field(state, 'holds') === true ? `The ruleset "${NAME}" is there and active.` : undefined;
  },

  undo(target, before, now) {
    const id = idOf(now, 'ruleset');
    if (id === undefined || field(before, 'ruleset') !== null) return [];
    return [{ method: 'DELETE', path: `${rulesetsPath(target)}/${id}`, accepts: [204, 404] }];
  },
});

function rulesetsPath(target: Target): string {
  return `${organizationPath(ID, target)}/rulesets`;
}
