// Leaves the token of a repository's workflows no right to write, unless a workflow asks for one.
import { defineAction, type Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { field, word } from '../answer.ts';
import { repositoryPath } from './paths.ts';

const ID = 'github.read-only-token';

export const readOnlyToken = defineAction({
  id: ID,
  kind: 'hold-deploy',
  title: 'Make the default token of workflows read-only',
  system: 'github',
  target: 'repository',
  byName: true,
  permissions: ['administration: write'],
  reversible: true,
  undoing: 'Sets the default back to what it was.',
  reference: 'https://docs.github.com/en/rest/actions/permissions#set-default-workflow-permissions-for-a-repository',
  proof: 'schema',

  async look(target, api, signal) {
    const { body } = await ask(api, { method: 'GET', path: workflowPermissions(target) }, [200], signal);
    return {
      state: {
        rights: word(field(body, 'default_workflow_permissions')),
        approves: field(body, 'can_approve_pull_request_reviews') === true,
      },
    };
  },

  intend(target) {
    return {
      summary: `Make the default token of the workflows of ${target.repository} read-only.`,
      changes: [
        {
          method: 'PUT',
          path: workflowPermissions(target),
          body: { default_workflow_permissions: 'read', can_approve_pull_request_reviews: false },
          accepts: [204],
        },
      ],
      blast_radius: [
        'Jobs that push, release, publish or comment by the default fail; those whose workflow names its permissions do not.',
        'Workflows can no longer approve pull requests. Runs that have begun keep their token.',
      ],
    };
  },

  holds(_target, state) {
    const isNarrow = field(state, 'rights') === 'read' && field(state, 'approves') === false;
    return isNarrow ? 'The default token only reads.' : undefined;
  },

  undo(target, before) {
    const rights = field(before, 'rights');
    if (rights !== 'read' && rights !== 'write') return [];
    const body = { default_workflow_permissions: rights, can_approve_pull_request_reviews: field(before, 'approves') };
    return [{ method: 'PUT', path: workflowPermissions(target), body, accepts: [204] }];
  },
});

function workflowPermissions(target: Target): string {
  return `${repositoryPath(ID, target)}/actions/permissions/workflow`;
}
