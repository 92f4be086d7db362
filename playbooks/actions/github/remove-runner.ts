// Takes a self-hosted runner off GitHub: no job reaches it any more.
import { defineAction } from '../../../services/core/action.ts';
import { field, pathIn } from '../answer.ts';
import { findRunner, NO_RUNNER, RUNNER_PATH, runnerPath } from './shared/runner.ts';

const ID = 'github.remove-runner';

export const removeRunner = defineAction({
  id: ID,
  kind: 'isolate-runner',
  title: 'Remove a self-hosted runner of GitHub Actions',
  system: 'github',
  target: 'runner',
  byName: true,
  permissions: ['organization self-hosted runners: write', 'administration: write (a runner of one repository)'],
  reversible: false,
  undoing: 'Cannot be undone; whoever runs the machine registers it again with a new token.',
  reference:
    'https://docs.github.com/en/rest/actions/self-hosted-runners#delete-a-self-hosted-runner-from-an-organization',
  proof: 'schema',

  async look(target, api, signal) {
    const found = await findRunner(ID, target, api, signal);
    if (!found) return { state: { path: null } };
    // GitHub answers 422 for a runner that works.
    const busy = field(found.runner, 'busy') === true;
    return {
      state: { path: found.path },
      touches: busy ? ['It runs a job at this moment: GitHub refuses until that has been stopped.'] : [],
    };
  },

  intend(target, state) {
    const path = pathIn(state, RUNNER_PATH) ?? runnerPath(ID, target);
    return {
      summary: `Remove the runner ${target.id} from GitHub.`,
      changes: [{ method: 'DELETE', path, accepts: [204, 404] }],
      blast_radius: ['Jobs that only this runner can take wait until another one is there.'],
    };
  },

  holds(_target, state) {
    return field(state, 'path') === null ? NO_RUNNER : undefined;
  },
});
