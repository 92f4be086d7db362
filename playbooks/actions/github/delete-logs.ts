// Deletes the logs of a run in which a secret stands.
import { defineAction, type Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { field } from '../answer.ts';
import { runNumber, runPath } from './paths.ts';

const ID = 'github.delete-logs';

export const deleteLogs = defineAction({
  id: ID,
  kind: 'restore',
  title: 'Delete the logs of a run of GitHub Actions',
  system: 'github',
  target: 'run',
  byName: true,
  permissions: ['actions: write'],
  reversible: false,
  undoing:
    'Cannot be undone. Download first what is evidence; a secret that stood there has to be rotated all the same.',
  reference: 'https://docs.github.com/en/rest/actions/workflow-runs#delete-workflow-run-logs',
  proof: 'schema',

  /** 302 leads to them, and is not followed. */
  async look(target, api, signal) {
    const { status } = await ask(api, { method: 'GET', path: logsPath(target) }, [302, 404, 410], signal);
    return { state: { logs: status === 302 } };
  },

  intend(target) {
    const name = `run ${runNumber(ID, target)} of ${target.repository}`;
    return {
      summary: `Delete the logs of ${name}.`,
      changes: [{ method: 'DELETE', path: logsPath(target), accepts: [204, 404] }],
      blast_radius: [`Nobody can read any more what ${name} did.`],
    };
  },

  holds(_target, state) {
    return field(state, 'logs') === false ? 'The run has no logs.' : undefined;
  },
});

function logsPath(target: Target): string {
  return `${runPath(ID, target)}/logs`;
}
