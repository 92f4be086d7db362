// Takes a runner away from GitLab: what is left of it on its host can fetch no job and report nothing.
import { defineAction } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { field } from '../answer.ts';
import { runnerPath } from './paths.ts';
import { runnerTouches } from './runner-touches.ts';

const ID = 'gitlab.remove-runner';

export const removeRunner = defineAction({
  id: ID,
  kind: 'isolate-runner',
  title: 'Remove a runner from GitLab',
  system: 'gitlab',
  target: 'runner',
  byName: true,
  permissions: ['scope manage_runner', 'Maintainer of its only project, Owner of its group, or administrator'],
  reversible: false,
  undoing: 'Cannot be undone: create a runner in GitLab, and register a host that was made anew with it.',
  reference: 'https://docs.gitlab.com/api/runners/#delete-a-runner',
  proof: 'documentation',

  async look(target, api, signal) {
    const path = runnerPath(ID, target);
    const { status, body } = await ask(api, { method: 'GET', path }, [200, 404], signal);
    if (status === 404) return { state: { exists: false } };
    return { state: { exists: true }, touches: await runnerTouches(path, body, api, signal) };
  },

  intend(target) {
    return {
      summary: `Remove runner ${target.runner_id}.`,
      changes: [{ method: 'DELETE', path: runnerPath(ID, target), accepts: [204, 404] }],
      blast_radius: [
        'Its jobs lose their connection to GitLab and fail; jobs that only it can take wait.',
        'The host itself stays on the network with whatever runs there: keep it from there too, and keep it as evidence.',
      ],
    };
  },

  holds: (_target, state) => (field(state, 'exists') === false ? 'GitLab has no such runner.' : undefined),
});
