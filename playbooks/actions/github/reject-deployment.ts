// Says no to the deployments of a run that wait for somebody's approval.
import { defineAction } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { entries, field, idOf } from '../answer.ts';
import { runNumber, runPath } from './paths.ts';

const ID = 'github.reject-deployment';

export const rejectDeployment = defineAction({
  id: ID,
  kind: 'hold-deploy',
  title: 'Reject the deployments of a run that wait for approval',
  system: 'github',
  target: 'run',
  permissions: ['deployments: write, and a required reviewer of the environment'],
  reversible: false,
  undoing: 'Cannot be undone; the run is started again, and asks again.',
  reference: 'https://docs.github.com/en/rest/actions/workflow-runs#review-pending-deployments-for-a-workflow-run',
  proof: 'schema',

  async look(target, api, signal) {
    const path = `${runPath(ID, target)}/pending_deployments`;
    const { body } = await ask(api, { method: 'GET', path }, [200], signal);
    const pending = entries(body);
    const environments = pending.flatMap((one) => idOf(field(one, 'environment')) ?? []);
    const closed = pending.filter((one) => field(one, 'current_user_can_approve') !== true).length;
    return {
      state: { environments: environments.toSorted((a, b) => a - b) },
      touches: [
        `${environments.length} environments wait for an answer.`,
        ...(closed > 0 ? [`Of ${closed} of them the credential is no reviewer: GitHub will refuse.`] : []),
      ],
    };
  },

  intend(target, state) {
    const environment_ids = entries(field(state ?? null, 'environments'));
    const comment = 'Rejected by Pipewarden';
    return {
      summary: `Reject what run ${runNumber(ID, target)} of ${target.repository} would deploy.`,
      changes: [
        {
          method: 'POST',
          path: `${runPath(ID, target)}/pending_deployments`,
          body: { environment_ids, state: 'rejected', comment },
          accepts: [200],
        },
      ],
      blast_radius: ['The jobs that wait fail, and with them the run.'],
    };
  },

  holds(_target, state) {
    return entries(field(state, 'environments')).length === 0 ? 'No deployment of the run waits.' : undefined;
  },
});
