// Deletes the pod that a runner is, and ends with it what runs there.
// https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination
import { defineAction } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { PipewardenError } from '../../../services/core/errors.ts';
import { entries, field } from '../answer.ts';
import { labels } from '../label.ts';
import { podPath } from './paths.ts';

const ID = 'kubernetes.delete-pod';
/** None would forget the pod without asking whether its processes have ended. */
const GRACE_SECONDS = 1;

export const deletePod = defineAction({
  id: ID,
  kind: 'cancel-run',
  title: 'Delete a pod of Kubernetes',
  system: 'kubernetes',
  target: 'runner',
  // Nothing is left to look into.
  byName: true,
  permissions: ['pods: get, delete'],
  reversible: false,
  undoing: 'Cannot be undone; what made the pod makes another, if it is to.',
  reference: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#delete-delete-a-pod',
  proof: 'schema',

  async look(target, api, signal) {
    const request = { method: 'GET', path: podPath(ID, target) } as const;
    const { status, body } = await ask(api, request, [200, 404], signal);
    if (status === 404) return { state: { pod: null } };
    const metadata = field(body, 'metadata');
    const [uid, owners] = [field(metadata, 'uid'), entries(field(metadata, 'ownerReferences'))];
    if (typeof uid !== 'string') throw new PipewardenError('API_UNEXPECTED', { ...request, problem: 'it is no pod' });
    return {
      state: { pod: uid },
      touches: owners.length === 0 ? [] : [`Its owner: ${labels(owners.map((owner) => field(owner, 'kind')))}.`],
    };
  },

  intend(target, state) {
    const path = podPath(ID, target);
    const body = {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      gracePeriodSeconds: GRACE_SECONDS,
      // Never another of the same name.
      preconditions: { uid: field(state ?? null, 'pod') ?? '{uid}' },
    };
    return {
      summary: `Delete the pod ${target.pod} in ${target.namespace}.`,
      // 409: what is there now is another.
      changes: [{ method: 'DELETE', path, body, accepts: [200, 202, 404, 409] }],
      blast_radius: [
        'The job that runs in it fails, and a deployment in the middle of it is left half done.',
        'Its file system, its memory and what it alone logged are lost: capture them before.',
      ],
    };
  },

  holds: (_target, state) => (field(state, 'pod') === null ? 'There is no such pod.' : undefined),
});
