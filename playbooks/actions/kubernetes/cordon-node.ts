// Cordons the node that a runner's pod is on: no new pod is placed there.
// https://kubernetes.io/docs/concepts/architecture/nodes/#manual-node-administration
import { type Change, defineAction, type Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { PipewardenError } from '../../../services/core/errors.ts';
import { field } from '../answer.ts';
import { nodePath, patching } from './paths.ts';

const ID = 'kubernetes.cordon-node';

export const cordonNode = defineAction({
  id: ID,
  kind: 'pause-runner',
  title: 'Cordon a node of Kubernetes',
  system: 'kubernetes',
  target: 'runner',
  // Others than runners are placed there too.
  byName: true,
  permissions: ['nodes: get, patch'],
  reversible: true,
  undoing: 'Uncordons the node, if it was not cordoned before.',
  reference:
    'https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/node-v1/#patch-partially-update-the-specified-node',
  proof: 'schema',

  async look(target, api, signal) {
    const request = { method: 'GET', path: nodePath(ID, target) } as const;
    const { body } = await ask(api, request, [200], signal);
    // What is not so is left out.
    if (field(body, 'kind') === 'Node')
      return { state: { cordoned: field(field(body, 'spec'), 'unschedulable') === true } };
    throw new PipewardenError('API_UNEXPECTED', { ...request, problem: 'it is no node' });
  },

  intend(target) {
    return {
      summary: `Cordon the node ${target.node}.`,
      changes: [change(target, true)],
      blast_radius: [
        'No new pod is placed on the node, whatever it is for: in a small cluster they wait.',
        'Pods that are on it go on, and so does what an attacker runs there.',
      ],
    };
  },

  holds: (_target, state) => (field(state, 'cordoned') === true ? 'The node is cordoned.' : undefined),

  undo(target, before, now) {
    if (field(before, 'cordoned') !== false || field(now, 'cordoned') !== true) return [];
    return [change(target, false)];
  },
});

function change(target: Target, unschedulable: boolean): Change {
  return patching(nodePath(ID, target), { spec: { unschedulable } });
}
