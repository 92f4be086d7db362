// Stops a run of GitHub Actions with all its jobs.
import { defineAction } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { field, word } from '../answer.ts';
import { runNumber, runPath } from './paths.ts';

const ID = 'github.cancel-run';

export const cancelRun = defineAction({
  id: ID,
  kind: 'cancel-run',
  title: 'Cancel a run of GitHub Actions',
  system: 'github',
  target: 'run',
  permissions: ['actions: write'],
  reversible: false,
  undoing: 'Cannot be undone; "Re-run all jobs" on the run\'s page starts it again.',
  reference: 'https://docs.github.com/en/rest/actions/workflow-runs#cancel-a-workflow-run',
  proof: 'schema',

  async look(target, api, signal) {
    const { body } = await ask(api, { method: 'GET', path: runPath(ID, target) }, [200], signal);
    return { state: { status: word(field(body, 'status')), conclusion: word(field(body, 'conclusion')) } };
  },

  intend(target) {
    const name = `run ${runNumber(ID, target)} of ${target.repository}`;
    return {
      summary: `Cancel ${name}.`,
      // 409: it has finished meanwhile, or is being cancelled.
      changes: [{ method: 'POST', path: `${runPath(ID, target)}/cancel`, accepts: [202, 409] }],
      blast_radius: [
        `All jobs of ${name} stop; what they have not finished is lost.`,
        'A deployment in the middle of one of them is left half done.',
      ],
    };
  },

  /** GitHub takes seconds to minutes to stop the jobs. */
  holds(_target, state) {
    if (field(state, 'status') !== 'completed') return undefined;
    return `The run has already finished (${word(field(state, 'conclusion'))}).`;
  },
});
