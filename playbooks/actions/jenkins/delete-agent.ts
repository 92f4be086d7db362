// Deletes an agent: Jenkins disconnects it, and lets it connect no more.
import { defineAction, type Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { PipewardenError } from '../../../services/core/errors.ts';
import { field } from '../answer.ts';
import { invalid } from '../target.ts';
import { agentPath, isOwnNode, reading, TAKEN } from './paths.ts';

const ID = 'jenkins.delete-agent';

export const deleteAgent = defineAction({
  id: ID,
  kind: 'isolate-runner',
  title: 'Delete an agent of Jenkins',
  system: 'jenkins',
  target: 'runner',
  byName: true,
  permissions: ['Agent/Delete'],
  reversible: false,
  undoing: 'Cannot be undone; create an agent of another name, for Jenkins makes the secret of an agent from its name.',
  reference: 'https://javadoc.jenkins.io/hudson/model/Computer.html#doDoDelete()',
  proof: 'real',

  async look(target, api, signal) {
    const request = reading('/computer', 'computer[displayName,idle]');
    const all = field((await ask(api, request, [200], signal)).body, 'computer');
    if (!Array.isArray(all)) {
      const { method, path } = request;
      throw new PipewardenError('API_UNEXPECTED', { method, path, problem: 'it lists no agents' });
    }
    const found = all.find((one) => field(one, 'displayName') === target.id) ?? null;
    const touches = field(found, 'idle') === false ? ['Builds run on it at this moment.'] : [];
    return { state: { exists: found !== null }, touches };
  },

  intend(target) {
    return {
      summary: `Delete the agent ${target.id} of Jenkins.`,
      changes: [{ method: 'POST', path: `${pathOf(target)}/doDelete`, accepts: [...TAKEN, 404] }],
      blast_radius: [
        `Builds that run on ${target.id} fail; builds that need it wait, if no other agent fits them.`,
        'The machine itself stays on the network with whatever runs there: keep it from there too, and keep it as evidence.',
      ],
    };
  },

  holds: (_target, state) => (field(state, 'exists') === false ? 'Jenkins has no such agent.' : undefined),
});

function pathOf(target: Target): string {
  if (isOwnNode(target)) throw invalid(ID, target, "it is Jenkins' own node");
  return agentPath(ID, target);
}
