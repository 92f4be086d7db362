// Stops one job of CircleCI; the rest of its workflow goes on.
import { defineAction } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { field, word } from '../answer.ts';
import { jobPath } from './paths.ts';

const ID = 'circleci.cancel-job';
const FINISHED: ReadonlySet<string> = new Set(
  'success failed canceled timedout infrastructure_fail not_run retried unauthorized'.split(' '),
);

export const cancelJob = defineAction({
  id: ID,
  kind: 'cancel-run',
  title: 'Cancel a job of CircleCI',
  system: 'circleci',
  target: 'job-run',
  permissions: ['personal API token of somebody who may write to the project'],
  reversible: false,
  undoing: 'Cannot be undone; "Rerun" on the page of its workflow starts it again.',
  reference: 'https://circleci.com/docs/api/v2/#operation/cancelJobByJobNumber',
  proof: 'documentation',

  async look(target, api, signal) {
    const { body } = await ask(api, { method: 'GET', path: jobPath(ID, target) }, [200], signal);
    return { state: { status: word(field(body, 'status')) } };
  },

  intend(target) {
    return {
      summary: `Cancel job ${target.job} of ${target.repository} at CircleCI.`,
      changes: [{ method: 'POST', path: `${jobPath(ID, target)}/cancel`, accepts: [200, 202] }],
      blast_radius: [
        'The job stops where it is; jobs that require it do not run, and what it deploys is left half done.',
      ],
    };
  },

  holds(_target, state) {
    const status = word(field(state, 'status'));
    return FINISHED.has(status) ? `The job has already finished (${status}).` : undefined;
  },
});
