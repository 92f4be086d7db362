// Stops a run of GitHub Actions that a cancellation did not stop: steps with `if: always()` are not waited for.
import { defineAction } from '../../../services/core/action.ts';
import { cancelRun } from './cancel-run.ts';
import { runNumber, runPath } from './paths.ts';

const ID = 'github.force-cancel-run';

export const forceCancelRun = defineAction({
  ...cancelRun,
  id: ID,
  title: 'Force a run of GitHub Actions to stop',
  byName: true,
  reference: 'https://docs.github.com/en/rest/actions/workflow-runs#force-cancel-a-workflow-run',

  intend(target) {
    const name = `run ${runNumber(ID, target)} of ${target.repository}`;
    return {
      summary: `Force ${name} to stop.`,
      // 409: it has finished meanwhile.
      changes: [{ method: 'POST', path: `${runPath(ID, target)}/force-cancel`, accepts: [202, 409] }],
      blast_radius: [
        `All jobs of ${name} stop at once, those too that would clean up (\`if: always()\`).`,
        'A deployment in the middle of one of them is left half done.',
      ],
    };
  },
});
