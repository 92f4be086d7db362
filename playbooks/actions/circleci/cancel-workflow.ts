// Stops a workflow of CircleCI with all its jobs.
import { defineAction } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { field, word } from '../answer.ts';
import { labels } from '../label.ts';
import { workflowPath } from './paths.ts';

const ID = 'circleci.cancel-workflow';
const FINISHED: ReadonlySet<string> = new Set(['success', 'not_run', 'failed', 'error', 'canceled', 'unauthorized']);
const OPEN: ReadonlySet<string> = new Set(['running', 'queued', 'blocked', 'on_hold', 'not_running']);

export const cancelWorkflow = defineAction({
  id: ID,
  kind: 'cancel-run',
  title: 'Cancel a workflow of CircleCI',
  system: 'circleci',
  target: 'run',
  permissions: ['personal API token of somebody who may write to the project'],
  reversible: false,
  undoing: 'Cannot be undone; "Rerun" on the workflow\'s page starts it again.',
  reference: 'https://circleci.com/docs/api/v2/#operation/cancelWorkflow',
  proof: 'documentation',

  async look(target, api, signal) {
    const path = workflowPath(ID, target);
    const { body } = await ask(api, { method: 'GET', path }, [200], signal);
    const state = { status: word(field(body, 'status')) };
    if (FINISHED.has(state.status)) return { state };
    const items = field((await ask(api, { method: 'GET', path: `${path}/job` }, [200], signal)).body, 'items');
    const open = (Array.isArray(items) ? items : []).filter((job) => OPEN.has(word(field(job, 'status'))));
    if (open.length === 0) return { state };
    return { state, touches: [`Run or wait at this moment: ${labels(open.map((job) => field(job, 'name')))}.`] };
  },

  intend(target) {
    const path = workflowPath(ID, target);
    return {
      summary: `Cancel the workflow ${path.slice(path.lastIndexOf('/') + 1)} of CircleCI.`,
      changes: [{ method: 'POST', path: `${path}/cancel`, accepts: [200, 202] }],
      blast_radius: [
        'All jobs of the workflow stop; what they have not finished is lost. Other workflows of its pipeline go on.',
        'A deployment in the middle of one of them is left half done.',
      ],
    };
  },

  /** `failing`: one job has failed, and others still run. */
  holds(_target, state) {
    const status = word(field(state, 'status'));
    return FINISHED.has(status) ? `The workflow has already finished (${status}).` : undefined;
  },
});
