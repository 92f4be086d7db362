// Stops a pipeline of GitLab with all its jobs.
import { defineAction } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { field, word } from '../answer.ts';
import { labels } from '../label.ts';
import { pipelineNumber, pipelinePath } from './paths.ts';
import { finished } from './status.ts';

const ID = 'gitlab.cancel-pipeline';

export const cancelPipeline = defineAction({
  id: ID,
  kind: 'cancel-run',
  title: 'Cancel a pipeline of GitLab',
  system: 'gitlab',
  target: 'run',
  permissions: ['scope api', 'Developer role in the project'],
  reversible: false,
  undoing: 'Cannot be undone; "Retry" on the pipeline\'s page starts its jobs again.',
  reference: 'https://docs.gitlab.com/api/pipelines/#cancel-a-pipelines-jobs',
  proof: 'documentation',

  async look(target, api, signal) {
    const path = pipelinePath(ID, target);
    const { body } = await ask(api, { method: 'GET', path }, [200], signal);
    const state = { status: word(field(body, 'status')) };
    if (finished('pipeline', state) !== undefined) return { state };
    const open = `${path}/jobs?scope[]=running&scope[]=pending&per_page=100`;
    const jobs = (await ask(api, { method: 'GET', path: open }, [200], signal)).body;
    if (!Array.isArray(jobs) || jobs.length === 0) return { state };
    return { state, touches: [`Run or wait at this moment: ${labels(jobs.map((job) => field(job, 'name')))}.`] };
  },

  intend(target) {
    const name = `pipeline ${pipelineNumber(ID, target)} of ${target.repository}`;
    return {
      summary: `Cancel ${name}.`,
      // Of one that has finished GitLab says 200 too, and does nothing.
      changes: [{ method: 'POST', path: `${pipelinePath(ID, target)}/cancel`, accepts: [200, 201] }],
      blast_radius: [
        `All jobs of ${name} stop, those of its child pipelines too; what they have not finished is lost.`,
        'A deployment in the middle of one of them is left half done; `after_script` still runs.',
      ],
    };
  },

  /** A runner that does not answer leaves its jobs `canceling`. */
  holds: (_target, state) => finished('pipeline', state),
});
