// Stops a run of GitHub Actions with all its jobs.
import { defineAction } from '../../../services/core/action.ts';
import { field, runNumber, runPath, STATE_NOT_READ, send, word } from '../github-api.ts';

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

  async plan(target, read, signal) {
    const path = runPath(ID, target);
    const name = `run ${runNumber(ID, target)} of ${target.repository}`;
    const plan = {
      summary: `Cancel ${name}.`,
      requests: [{ method: 'POST', path: `${path}/cancel` }],
    } as const;
    const radius = [
      `All jobs of ${name} stop; what they have not finished is lost.`,
      'A deployment in the middle of one of them is left half done.',
    ];
    if (!read) return { ...plan, blast_radius: [...radius, STATE_NOT_READ], before: null };
    const { body } = await send(read, { method: 'GET', path }, [200], signal);
    const before = { status: word(field(body, 'status')) };
    if (before.status !== 'completed') return { ...plan, blast_radius: radius, before };
    const already_done = `The run has already finished (${word(field(body, 'conclusion'))}).`;
    return { ...plan, requests: [], blast_radius: [], before, already_done };
  },

  /** Cancelling twice, or a run that has finished meanwhile, is answered 409: nothing is left to do. */
  async execute(plan, api, signal) {
    const statuses: number[] = [];
    for (const request of plan.requests) statuses.push((await send(api, request, [202, 409], signal)).status);
    return { statuses };
  },

  /** GitHub takes seconds to minutes to stop the jobs. */
  async verify(target, _plan, _result, read, signal) {
    const { body } = await send(read, { method: 'GET', path: runPath(ID, target) }, [200], signal);
    return field(body, 'status') === 'completed';
  },
});
