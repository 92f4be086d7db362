// Puts a failing status on the commit that a run built: where branch protection requires it, the commit is not merged.
import { type Change, defineAction, type Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { entries, field } from '../answer.ts';
import { repositoryPath, revisionPart } from './paths.ts';

const ID = 'github.fail-check';
const CONTEXT = 'pipewarden';

export const failCheck = defineAction({
  id: ID,
  kind: 'hold-deploy',
  title: 'Put a failing status on a commit',
  system: 'github',
  target: 'run',
  byName: true,
  permissions: ['commit statuses: write'],
  reversible: true,
  undoing: `Sets the status "${CONTEXT}" to success: GitHub deletes none.`,
  reference: 'https://docs.github.com/en/rest/commits/statuses#create-a-commit-status',
  proof: 'schema',

  /** The latest status of each name; ours is at the top while nobody else writes a hundred. */
  async look(target, api, signal) {
    const path = `${repositoryPath(ID, target)}/commits/${revisionPart(ID, target)}/status?per_page=100`;
    const { body } = await ask(api, { method: 'GET', path }, [200], signal);
    const ours = entries(field(body, 'statuses')).find((one) => field(one, 'context') === CONTEXT) ?? null;
    return { state: { failed: field(ours, 'state') === 'failure' } };
  },

  intend(target) {
    const name = `the commit ${revisionPart(ID, target).slice(0, 12)} of ${target.repository}`;
    return {
      summary: `Put the failing status "${CONTEXT}" on ${name}.`,
      changes: [status(target, 'failure', 'Held by Pipewarden')],
      blast_radius: [`Where "${CONTEXT}" is a required status, nobody can merge ${name}; elsewhere it is only shown.`],
    };
  },

  holds(_target, state) {
    return field(state, 'failed') === true ? `The status "${CONTEXT}" of the commit fails.` : undefined;
  },

  undo(target, before, now) {
    const isOurs = field(before, 'failed') === false && field(now, 'failed') === true;
    return isOurs ? [status(target, 'success', 'Released by Pipewarden')] : [];
  },
});

function status(target: Target, state: 'failure' | 'success', description: string): Change {
  const path = `${repositoryPath(ID, target)}/statuses/${revisionPart(ID, target)}`;
  return { method: 'POST', path, body: { state, context: CONTEXT, description }, accepts: [201] };
}
