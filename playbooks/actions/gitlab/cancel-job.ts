// Stops one job of GitLab; the rest of its pipeline goes on.
import { defineAction } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { field, word } from '../answer.ts';
import { jobPath } from './paths.ts';
import { finished } from './status.ts';

const ID = 'gitlab.cancel-job';

export const cancelJob = defineAction({
  id: ID,
  kind: 'cancel-run',
  title: 'Cancel a job of GitLab',
  system: 'gitlab',
  target: 'job-run',
  permissions: ['scope api', 'Developer role in the project'],
  reversible: false,
  undoing: 'Cannot be undone; "Retry" on the job\'s page starts it again.',
  reference: 'https://docs.gitlab.com/api/jobs/#cancel-a-job',
  proof: 'documentation',

  async look(target, api, signal) {
    const { body } = await ask(api, { method: 'GET', path: jobPath(ID, target) }, [200], signal);
    return { state: { status: word(field(body, 'status')) } };
  },

  intend(target) {
    const path = jobPath(ID, target);
    return {
      summary: `Cancel job ${target.job} of ${target.repository}.`,
      changes: [{ method: 'POST', path: `${path}/cancel`, accepts: [200, 201] }],
      blast_radius: [
        'The job stops where it is; its `after_script` still runs.',
        'Jobs that need it are skipped, and what it deploys is left half done.',
      ],
    };
  },

  holds: (_target, state) => finished('job', state),
});
