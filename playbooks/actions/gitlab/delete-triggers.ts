// Deletes all trigger tokens of a project of GitLab: nobody starts its pipelines from outside any more.
import { defineAction, type Target } from '../../../services/core/action.ts';
import { deletions, idsState, noneLeft } from '../deleting.ts';
import { listed } from '../listed.ts';
import { projectPath } from './paths.ts';

const ID = 'gitlab.delete-triggers';

export const deleteTriggers = defineAction({
  id: ID,
  kind: 'revoke-credential',
  title: 'Delete the trigger tokens of a project of GitLab',
  system: 'gitlab',
  target: 'repository',
  byName: true,
  permissions: ['scope api', 'Maintainer role in the project'],
  reversible: false,
  undoing: 'Cannot be undone: make new tokens under Settings → CI/CD → Pipeline trigger tokens.',
  reference: 'https://docs.gitlab.com/api/pipeline_triggers/#delete-a-trigger-token',
  proof: 'documentation',

  /** Only their numbers: the answer shows tokens, and nothing of them is taken. */
  async look(target, api, signal) {
    const found = await listed(triggersPath(target), api, signal);
    return { state: idsState(found), touches: [`${found.length} trigger tokens.`] };
  },

  intend(target, state) {
    return {
      summary: `Delete the trigger tokens of ${target.repository}.`,
      changes: deletions(triggersPath(target), 'trigger_id', state),
      blast_radius: [
        `Whatever starts pipelines of ${target.repository} with one of them is refused from then on.`,
        'Pipelines that have begun go on; pushes, schedules and other projects start them as before.',
      ],
    };
  },

  holds: (_target, state) => (noneLeft(state) ? 'The project has no trigger token.' : undefined),
});

function triggersPath(target: Target): string {
  return `${projectPath(ID, target)}/triggers`;
}
