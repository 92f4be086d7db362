// Takes a secret of the organization away from all repositories, without deleting it.
import { type Change, defineAction, type Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import type { Json } from '../../../services/core/json.ts';
import { entries, field } from '../answer.ts';
import { idsState, noneLeft } from '../deleting.ts';
import { listed } from '../listed.ts';
import { invalid } from '../target.ts';
import { organizationPath, secretPart } from './paths.ts';

const ID = 'github.narrow-secret';

export const narrowSecret = defineAction({
  id: ID,
  kind: 'rotate-secret',
  title: 'Take a secret of the organization away from all repositories',
  system: 'github',
  target: 'organization',
  byName: true,
  permissions: ['organization secrets: write'],
  reversible: true,
  undoing: 'Gives it back to the same repositories.',
  reference: 'https://docs.github.com/en/rest/actions/secrets#set-selected-repositories-for-an-organization-secret',
  proof: 'schema',

  async look(target, api, signal) {
    const path = secretPath(target);
    const { status, body } = await ask(api, { method: 'GET', path }, [200, 404], signal);
    if (status === 404) return { state: { ids: [] } };
    if (field(body, 'visibility') !== 'selected') {
      throw invalid(
        ID,
        target,
        'the secret is for all repositories, which GitHub changes together with its value alone',
      );
    }
    const found = await listed(`${path}/repositories`, api, signal, { name: 'repositories' });
    return { state: idsState(found), touches: [`${found.length} repositories have it.`] };
  },

  intend(target) {
    return {
      summary: `Take the secret ${secretPart(ID, target)} of ${target.id} away from all repositories.`,
      changes: [selected(target, [])],
      blast_radius: ['Jobs that start from now on get an empty value for it, and fail where they need it.'],
    };
  },

  holds(_target, state) {
    return noneLeft(state) ? 'No repository has the secret.' : undefined;
  },

  undo(target, before, now) {
    return noneLeft(now) ? [selected(target, entries(field(before, 'ids')))] : [];
  },
});

function secretPath(target: Target): string {
  return `${organizationPath(ID, target)}/actions/secrets/${secretPart(ID, target)}`;
}

function selected(target: Target, ids: readonly Json[]): Change {
  const path = `${secretPath(target)}/repositories`;
  return { method: 'PUT', path, body: { selected_repository_ids: ids }, accepts: [204] };
}
