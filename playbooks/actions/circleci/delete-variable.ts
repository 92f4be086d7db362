// Deletes an environment variable of a project of CircleCI.
import { defineAction, type Target } from '../../../services/core/action.ts';
import { isGone, lookFor } from './look-for.ts';
import { projectPath, variableName } from './paths.ts';

const ID = 'circleci.delete-variable';

export const deleteVariable = defineAction({
  id: ID,
  kind: 'rotate-secret',
  title: 'Delete an environment variable of a project of CircleCI',
  system: 'circleci',
  target: 'repository',
  permissions: ['personal API token of an administrator of the project'],
  reversible: false,
  undoing: 'Cannot be undone: the value is not kept here. Make a new secret where it is used, and the variable again.',
  reference: 'https://circleci.com/docs/api/v2/#operation/deleteEnvVar',
  proof: 'documentation',

  look: (target, api, signal) => lookFor(projectPath(ID, target), variablePath(target), api, signal),

  intend(target) {
    const name = variableName(ID, target);
    return {
      summary: `Delete the variable ${name} of ${target.repository} at CircleCI.`,
      changes: [{ method: 'DELETE', path: variablePath(target), accepts: [200, 404] }],
      blast_radius: [
        `Jobs of ${target.repository} that need ${name} fail from then on; those that run have it already.`,
        'The secret itself is still good wherever it leaked to: revoke it at its issuer as well.',
      ],
    };
  },

  holds: (_target, state) => (isGone(state) ? 'The project has no such variable.' : undefined),
});

function variablePath(target: Target): string {
  return `${projectPath(ID, target)}/envvar/${variableName(ID, target)}`;
}
