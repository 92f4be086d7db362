// Deletes a secret of a repository: no job gets it any more. That it is worth nothing to who has read it takes a rotation.
import { defineAction, type Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { field } from '../answer.ts';
import { repositoryPath, secretPart } from './paths.ts';

const ID = 'github.delete-secret';

export const deleteSecret = defineAction({
  id: ID,
  kind: 'rotate-secret',
  title: 'Delete a secret of a repository',
  system: 'github',
  target: 'repository',
  byName: true,
  permissions: ['secrets: write'],
  reversible: false,
  undoing: 'Cannot be undone: GitHub gives no value out. Set it again, to the new value, when it has been rotated.',
  reference: 'https://docs.github.com/en/rest/actions/secrets#delete-a-repository-secret',
  proof: 'schema',

  async look(target, api, signal) {
    const { status } = await ask(api, { method: 'GET', path: secretPath(target) }, [200, 404], signal);
    return { state: { there: status === 200 } };
  },

  intend(target) {
    return {
      summary: `Delete the secret ${secretPart(ID, target)} of ${target.repository}.`,
      changes: [{ method: 'DELETE', path: secretPath(target), accepts: [204, 404] }],
      blast_radius: [
        'Jobs that start from now on get an empty value for it, or that of the organization where it has one of that name.',
      ],
    };
  },

  holds(_target, state) {
    return field(state, 'there') === false ? 'The repository has no secret of that name.' : undefined;
  },
});

function secretPath(target: Target): string {
  return `${repositoryPath(ID, target)}/actions/secrets/${secretPart(ID, target)}`;
}
