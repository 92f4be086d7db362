// Lets a runner of GitLab take no new job.
import { defineAction } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { field } from '../answer.ts';
import { runnerPath } from './paths.ts';
import { runnerTouches } from './runner-touches.ts';

const ID = 'gitlab.pause-runner';

export const pauseRunner = defineAction({
  id: ID,
  kind: 'pause-runner',
  title: 'Pause a runner of GitLab',
  system: 'gitlab',
  target: 'runner',
  permissions: ['scope manage_runner', 'Maintainer of its project, Owner of its group, or administrator'],
  reversible: true,
  undoing: 'Lets it take jobs again, if it took them before.',
  reference: 'https://docs.gitlab.com/api/runners/#pause-a-runner',
  proof: 'documentation',

  async look(target, api, signal) {
    const path = runnerPath(ID, target);
    const { body } = await ask(api, { method: 'GET', path }, [200], signal);
    const state = { paused: field(body, 'paused') === true };
    return state.paused ? { state } : { state, touches: await runnerTouches(path, body, api, signal) };
  },

  intend(target) {
    const path = runnerPath(ID, target);
    return {
      summary: `Pause runner ${target.runner_id}.`,
      changes: [{ method: 'PUT', path, body: { paused: true }, accepts: [200] }],
      blast_radius: [
        'It takes no new job; jobs that only it can take wait.',
        'What runs on it goes on, and so does what an attacker runs there: cancel that as well.',
      ],
    };
  },

  holds: (_target, state) => (field(state, 'paused') === true ? 'The runner is paused.' : undefined),

  undo(target, before, now) {
    if (field(before, 'paused') !== false || field(now, 'paused') !== true) return [];
    return [{ method: 'PUT', path: runnerPath(ID, target), body: { paused: false }, accepts: [200] }];
  },
});
