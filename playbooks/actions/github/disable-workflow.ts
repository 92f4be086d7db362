// Switches a workflow off: no event starts it any more.
import { defineAction, type Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { PipewardenError } from '../../../services/core/errors.ts';
import type { Json } from '../../../services/core/json.ts';
import { field, pathIn, word } from '../answer.ts';
import { runNumber, runPath, workflowPath, workflowsPath } from './paths.ts';

const ID = 'github.disable-workflow';
const BY_NUMBER = /^\/repos\/[\w-]+\/(?!\.{1,2}\/)[\w.-]+\/actions\/workflows\/\d+$/;

export const disableWorkflow = defineAction({
  id: ID,
  kind: 'disable-workflow',
  title: 'Disable a workflow of GitHub Actions',
  system: 'github',
  target: 'pipeline',
  permissions: ['actions: write'],
  reversible: true,
  undoing: 'Enables the workflow again, if it was enabled before.',
  reference: 'https://docs.github.com/en/rest/actions/workflows#disable-a-workflow',
  proof: 'schema',

  /** The workflow by its file, or by what GitHub says of a run of it. */
  async look(target, api, signal) {
    let path = target.run === undefined ? workflowPath(ID, target) : undefined;
    if (path === undefined) {
      const run = runPath(ID, target);
      const id = field((await ask(api, { method: 'GET', path: run }, [200], signal)).body, 'workflow_id');
      if (typeof id !== 'number' || !Number.isSafeInteger(id)) {
        throw new PipewardenError('API_UNEXPECTED', { method: 'GET', path: run, problem: 'it names no workflow' });
      }
      path = `${workflowsPath(ID, target)}/${id}`;
    }
    const { body } = await ask(api, { method: 'GET', path }, [200], signal);
    return { state: { path, state: word(field(body, 'state')) } };
  },

  intend(target, state) {
    const name = nameOf(target);
    return {
      summary: `Disable ${name}.`,
      changes: [{ method: 'PUT', path: `${pathOf(target, state)}/disable`, accepts: [204] }],
      blast_radius: [
        `Pushes, schedules and people no longer start ${name}; checks that branch protection requires of it stay open.`,
        'Runs that have begun go on.',
      ],
    };
  },

  holds(_target, state) {
    const is = word(field(state, 'state'));
    return is === 'active' ? undefined : `The workflow is ${is}.`;
  },

  undo(target, before, now) {
    const wasActive = field(before, 'state') === 'active';
    return wasActive ? [{ method: 'PUT', path: `${pathOf(target, now)}/enable`, accepts: [204] }] : [];
  },
});

/** A dry run without a credential cannot ask, and says `{workflow_id}`, as GitHub's documentation does. */
function pathOf(target: Target, state: Json | undefined): string {
  if (target.run === undefined) return workflowPath(ID, target);
  return pathIn(state, BY_NUMBER) ?? `${workflowsPath(ID, target)}/{workflow_id}`;
}

function nameOf(target: Target): string {
  const what =
    target.run === undefined ? `the workflow ${target.definition}` : `the workflow of run ${runNumber(ID, target)}`;
  return `${what} of ${target.repository}`;
}
