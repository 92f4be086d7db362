// Erases the log and the artifacts of a job of GitLab that has ended: what leaked into them, or was put there.
import { defineAction } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { field } from '../answer.ts';
import { jobPath } from './paths.ts';
import { finished } from './status.ts';

const ID = 'gitlab.erase-job';

export const eraseJob = defineAction({
  id: ID,
  kind: 'restore',
  title: 'Erase the log and the artifacts of a job of GitLab',
  system: 'gitlab',
  target: 'job-run',
  byName: true,
  permissions: ['scope api', 'Maintainer role in the project'],
  reversible: false,
  undoing:
    'Cannot be undone; the job is started again where its artifacts are wanted. Download first what is evidence.',
  reference: 'https://docs.gitlab.com/api/jobs/#erase-a-job',
  proof: 'documentation',

  async look(target, api, signal) {
    const { body } = await ask(api, { method: 'GET', path: jobPath(ID, target) }, [200], signal);
    const touches = finished('job', body) === undefined ? ['It has not ended: GitLab refuses until it has.'] : [];
    return { state: { erased: typeof field(body, 'erased_at') === 'string' }, touches };
  },

  intend(target) {
    const path = jobPath(ID, target);
    return {
      summary: `Erase the log and the artifacts of job ${target.job} of ${target.repository}.`,
      // 403 for one that was erased before: what came of it is looked at.
      changes: [{ method: 'POST', path: `${path}/erase`, accepts: [201] }],
      blast_radius: [
        'Jobs and people that would take what the job made no longer find it.',
        'What the job did can no longer be read in GitLab.',
      ],
    };
  },

  holds: (_target, state) => (field(state, 'erased') === true ? 'The job was erased.' : undefined),
});
