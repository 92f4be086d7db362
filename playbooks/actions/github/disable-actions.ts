// Switches GitHub Actions off for a repository: no workflow of it starts any more.
import { defineAction } from '../../../services/core/action.ts';
import { entries, field, word } from '../answer.ts';
import { allow, allowOnly, isSelected, lookAtAllowed, permissionsPath } from './shared/allowed.ts';

const ID = 'github.disable-actions';

export const disableActions = defineAction({
  id: ID,
  kind: 'disable-workflow',
  title: 'Disable GitHub Actions for a repository',
  system: 'github',
  target: 'repository',
  byName: true,
  permissions: ['administration: write'],
  reversible: true,
  undoing: 'Enables GitHub Actions again.',
  reference: 'https://docs.github.com/en/rest/actions/permissions#set-github-actions-permissions-for-a-repository',
  proof: 'schema',

  async look(target, api, signal) {
    return { state: await lookAtAllowed(permissionsPath(ID, target), api, signal) };
  },

  intend(target) {
    return {
      summary: `Disable GitHub Actions for ${target.repository}.`,
      changes: [{ method: 'PUT', path: permissionsPath(ID, target), body: { enabled: false }, accepts: [204] }],
      blast_radius: [
        `No workflow of ${target.repository} starts any more; checks that branch protection requires stay open.`,
        'Runs that have begun go on.',
      ],
    };
  },

  holds(_target, state) {
    return field(state, 'allowed') === 'none' ? 'GitHub Actions is off.' : undefined;
  },

  /** With what was allowed: what GitHub makes of that when it is left out is not documented. */
  undo(target, before, now) {
    const allowed = word(field(before, 'allowed'));
    if (allowed === 'none' || field(now, 'allowed') !== 'none') return [];
    const path = permissionsPath(ID, target);
    const list = isSelected(before) ? [allowOnly(path, entries(field(before, 'patterns')), before)] : [];
    return [allow(path, allowed, before), ...list];
  },
});
