// Takes a deploy key away from a project of GitLab.
import { defineAction, type Target } from '../../../services/core/action.ts';
import { field } from '../answer.ts';
import { projectPath } from './paths.ts';
import { numberTitled, titleOf } from './titled.ts';

const ID = 'gitlab.delete-deploy-key';

export const deleteDeployKey = defineAction({
  id: ID,
  kind: 'revoke-credential',
  title: 'Delete a deploy key of a project of GitLab',
  system: 'gitlab',
  target: 'credential',
  permissions: ['scope api', 'Maintainer role in the project'],
  reversible: false,
  undoing: 'Cannot be undone: make a new key pair, and add its public key under Settings → Repository → Deploy keys.',
  reference: 'https://docs.gitlab.com/api/deploy_keys/#delete-a-deploy-key',
  proof: 'documentation',

  async look(target, api, signal) {
    const title = titleOf(ID, target, 'DeployKey');
    return { state: { key: await numberTitled(keysPath(target), 'title', title, api, signal) } };
  },

  intend(target, state) {
    titleOf(ID, target, 'DeployKey');
    const key = state === undefined ? null : field(state, 'key');
    return {
      summary: `Delete the deploy key of ${target.repository} that acted.`,
      changes: [
        {
          method: 'DELETE',
          path: `${keysPath(target)}/${typeof key === 'number' ? key : '{key_id}'}`,
          accepts: [204, 404],
        },
      ],
      blast_radius: ['Servers and pipelines that fetch or push with the key are refused from then on.'],
    };
  },

  holds: (_target, state) => (field(state, 'key') === null ? 'The project has no such deploy key.' : undefined),
});

function keysPath(target: Target): string {
  return `${projectPath(ID, target)}/deploy_keys`;
}
