// Revokes a deploy token of a project of GitLab.
import { defineAction, type Target } from '../../../services/core/action.ts';
import { field } from '../answer.ts';
import { projectPath } from './paths.ts';
import { numberTitled, titleOf } from './titled.ts';

const ID = 'gitlab.delete-deploy-token';

export const deleteDeployToken = defineAction({
  id: ID,
  kind: 'revoke-credential',
  title: 'Delete a deploy token of a project of GitLab',
  system: 'gitlab',
  target: 'credential',
  permissions: ['scope api', 'Maintainer role in the project'],
  reversible: false,
  undoing: 'Cannot be undone: make a new token under Settings → Repository → Deploy tokens.',
  reference: 'https://docs.gitlab.com/api/deploy_tokens/#delete-a-project-deploy-token',
  proof: 'documentation',

  async look(target, api, signal) {
    const title = titleOf(ID, target, 'DeployToken');
    return { state: { token: await numberTitled(tokensPath(target), 'name', title, api, signal) } };
  },

  intend(target, state) {
    titleOf(ID, target, 'DeployToken');
    const token = state === undefined ? null : field(state, 'token');
    return {
      summary: `Delete the deploy token of ${target.repository} that acted.`,
      changes: [
        {
          method: 'DELETE',
          path: `${tokensPath(target)}/${typeof token === 'number' ? token : '{token_id}'}`,
          accepts: [204, 404],
        },
      ],
      blast_radius: ['Servers that fetch the repository, packages or images with the token are refused from then on.'],
    };
  },

  holds: (_target, state) => (field(state, 'token') === null ? 'The project has no such deploy token.' : undefined),
});

function tokensPath(target: Target): string {
  return `${projectPath(ID, target)}/deploy_tokens`;
}
