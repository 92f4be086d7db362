// Cuts a pod off the network: a label that it alone has, and a network policy that allows nothing to what has the label.
// https://kubernetes.io/docs/concepts/services-networking/network-policies/
import { defineAction, type Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { PipewardenError } from '../../../services/core/errors.ts';
import { canonicalJson, type Json } from '../../../services/core/json.ts';
import { entries, field } from '../answer.ts';
import { invalid } from '../target.ts';
import { namespaceOf, patching, podPath } from './paths.ts';

const ID = 'kubernetes.deny-network';
const LABEL = 'pipewarden/isolated';
/** A label's value may be no longer. */
const LONGEST = 63;
const GONE = { pod: null, labelled: false, policy: false };

export const denyNetwork = defineAction({
  id: ID,
  kind: 'isolate-runner',
  title: 'Cut a pod of Kubernetes off the network',
  system: 'kubernetes',
  target: 'runner',
  permissions: ['pods: get, patch', 'networkpolicies.networking.k8s.io: list, create; delete, to undo it'],
  reversible: true,
  undoing: 'Deletes the network policy and takes the label away, while the pod is the same.',
  reference:
    'https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/#create-create-a-networkpolicy',
  proof: 'schema',

  async look(target, api, signal) {
    const { status, body } = await ask(api, { method: 'GET', path: podPath(ID, target) }, [200, 404], signal);
    if (status === 404) return { state: GONE };
    const [metadata, spec] = [field(body, 'metadata'), field(body, 'spec')];
    if (field(spec, 'hostNetwork') === true) {
      throw invalid(ID, target, "its pod uses the node's own network, which no network policy holds");
    }
    const path = policiesPath(target);
    const { body: list } = await ask(api, { method: 'GET', path }, [200], signal);
    const policies = entries(field(list, 'items'));
    const ours = policies.find((one) => field(field(one, 'metadata'), 'name') === policyName(target));
    const others = policies.length - (ours === undefined ? 0 : 1);
    return {
      state: {
        pod: uidIn(metadata, target),
        labelled: field(field(metadata, 'labels'), LABEL) === target.pod,
        policy: ours !== undefined && deniesAll(ours, target),
      },
      touches: others === 0 ? [] : [`Other network policies in its namespace, whose rules stay good: ${others}.`],
    };
  },

  intend(target, state) {
    const path = podPath(ID, target);
    const name = policyName(target);
    const pod = field(state ?? null, 'pod');
    const owner = { apiVersion: 'v1', kind: 'Pod', name: target.pod ?? '', uid: pod ?? '{uid}' };
    const policy = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      // It goes when the pod goes.
      metadata: { name, ownerReferences: [owner] },
      spec: denial(target),
    };
    return {
      summary: `Cut the pod ${target.pod} in ${target.namespace} off the network.`,
      changes: [
        // 409: it is there.
        { method: 'POST', path: policiesPath(target), body: policy, accepts: [201, 409] },
        patching(path, labelled(target.pod ?? '')),
      ],
      blast_radius: [
        'The pod opens no connection and takes none, names are not resolved either: what runs in it fails.',
        "Connections that are open may go on, and nothing is cut where the cluster's network plug-in knows no network policies.",
        'What another network policy allows the pod stays allowed: their rules add up.',
        'A second pod of the runner (RUNNER-workflow, of a job with a container of its own) is not cut off with it.',
      ],
    };
  },

  holds(_target, state) {
    if (field(state, 'pod') === null) return 'There is no such pod.';
    return field(state, 'labelled') === true && field(state, 'policy') === true ? 'The pod is cut off.' : undefined;
  },

  undo(target, before, now) {
    const isOurs = (name: string) => field(before, name) === false && field(now, name) === true;
    if (field(before, 'pod') !== field(now, 'pod')) return [];
    const path = `${policiesPath(target)}/${policyName(target)}`;
    return [
      ...(isOurs('policy') ? [{ method: 'DELETE', path, accepts: [200, 202, 404] } as const] : []),
      ...(isOurs('labelled') ? [patching(podPath(ID, target), labelled(null))] : []),
    ];
  },
});

function policiesPath(target: Target): string {
  return `/apis/networking.k8s.io/v1/namespaces/${namespaceOf(ID, target)}/networkpolicies`;
}

/** Throws TARGET_INVALID. */
function policyName(target: Target): string {
  const { pod = '' } = target;
  if (pod.length > LONGEST) throw invalid(ID, target, 'the name of its pod is longer than the value of a label');
  return `pipewarden-${pod}`;
}

function labelled(value: string | null) {
  return { metadata: { labels: { [LABEL]: value } } };
}

function denial({ pod = '' }: Target) {
  return { podSelector: { matchLabels: { [LABEL]: pod } }, policyTypes: ['Ingress', 'Egress'] };
}

function deniesAll(policy: Json, target: Target): boolean {
  return canonicalJson(field(policy, 'spec')) === canonicalJson(denial(target));
}

function uidIn(metadata: Json, target: Target): string {
  const uid = field(metadata, 'uid');
  if (typeof uid === 'string' && /^[\w-]{1,64}$/.test(uid)) return uid;
  throw new PipewardenError('API_UNEXPECTED', { method: 'GET', path: podPath(ID, target), problem: 'it is no pod' });
}
