// Turns GitHub Actions off for all repositories of an organization, and on again for those that had it.
import { type Change, defineAction, type Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { entries, field, word } from '../answer.ts';
import { idsState } from '../deleting.ts';
import { listed } from '../listed.ts';
import { organizationPath } from './paths.ts';
import { allow, allowedIn, allowOnly, isSelected } from './shared/allowed.ts';

const ID = 'github.disable-organization-actions';

export const disableOrganizationActions = defineAction({
  id: ID,
  kind: 'disable-workflow',
  title: 'Disable GitHub Actions for an organization',
  system: 'github',
  target: 'organization',
  byName: true,
  permissions: ['organization administration: write'],
  reversible: true,
  undoing: 'Enables GitHub Actions again for the repositories that had it, with what was allowed.',
  reference: 'https://docs.github.com/en/rest/actions/permissions#set-github-actions-permissions-for-an-organization',
  proof: 'schema',

  async look(target, api, signal) {
    const path = permissionsPath(target);
    const { body } = await ask(api, { method: 'GET', path }, [200], signal);
    const repositories = word(field(body, 'enabled_repositories'));
    if (repositories === 'none') return { state: { repositories } };
    const allowed = await allowedIn(path, body, api, signal);
    if (repositories !== 'selected') return { state: { repositories, ...allowed } };
    const selected = await listed(`${path}/repositories`, api, signal, { name: 'repositories' });
    const state = { repositories, ...allowed, ...idsState(selected) };
    return { state, touches: [`${selected.length} repositories have it.`] };
  },

  intend(target) {
    return {
      summary: `Disable GitHub Actions for all repositories of ${target.id}.`,
      changes: [
        { method: 'PUT', path: permissionsPath(target), body: { enabled_repositories: 'none' }, accepts: [204] },
      ],
      blast_radius: [
        `No workflow of any repository of ${target.id} starts any more; checks that branch protection requires stay open.`,
        'Runs that have begun go on.',
      ],
    };
  },

  holds(_target, state) {
    return field(state, 'repositories') === 'none' ? 'GitHub Actions is off.' : undefined;
  },

  undo(target, before, now) {
    const enabled_repositories = word(field(before, 'repositories'));
    if (enabled_repositories === 'none' || field(now, 'repositories') !== 'none') return [];
    const path = permissionsPath(target);
    const which: Change = {
      method: 'PUT',
      path: `${path}/repositories`,
      body: { selected_repository_ids: entries(field(before, 'ids')) },
      accepts: [204],
    };
    return [
      allow(path, word(field(before, 'allowed')), before, { enabled_repositories }),
      ...(enabled_repositories === 'selected' ? [which] : []),
      ...(isSelected(before) ? [allowOnly(path, entries(field(before, 'patterns')), before)] : []),
    ];
  },
});

function permissionsPath(target: Target): string {
  return `${organizationPath(ID, target)}/actions/permissions`;
}
