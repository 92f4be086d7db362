// Which kind of activity a call of Kubernetes' API is, by verb and resource.
// https://kubernetes.io/docs/reference/generated/kubernetes-api/, …/access-authn-authz/rbac/
import type { ActivityKind } from '../../../../core/activity.ts';

export type CallKind = Extract<
  ActivityKind,
  'access' | 'deployment' | 'grant' | 'process' | 'protection' | 'request' | 'secret' | 'setting'
>;

const READS = new Set(['get', 'list', 'watch']);
const WRITES = new Set(['create', 'update', 'patch', 'delete', 'deletecollection']);

const BINDINGS = new Set(['rolebindings', 'clusterrolebindings']);
const RIGHTS = new Set(['roles', 'clusterroles', 'serviceaccounts']);
const WORKLOADS = new Set([
  ...['pods', 'deployments', 'statefulsets', 'daemonsets', 'replicasets', 'replicationcontrollers'],
  ...['jobs', 'cronjobs', 'pods/ephemeralcontainers', 'deployments/scale', 'statefulsets/scale', 'replicasets/scale'],
]);
/** Of the whole cluster. */
const GUARDS = new Set([
  ...['podsecuritypolicies', 'validatingwebhookconfigurations', 'mutatingwebhookconfigurations'],
  ...['validatingadmissionpolicies', 'validatingadmissionpolicybindings'],
  ...['mutatingadmissionpolicies', 'mutatingadmissionpolicybindings'],
]);

/**
 * What the cluster does by itself follows from what somebody asked it for: the controllers of the control plane, each under
 * an account of its own, and the nodes.
 */
const CLUSTER = /^system:(?:node:|kube-|apiserver$|serviceaccount:kube-system:[a-z0-9-]{1,64}-controller$)/;

/** `resource`: with its subresource, `pods/exec`. */
export function kindOf(verb: string, resource: string, user: string | undefined): CallKind {
  if (resource === 'secrets') return READS.has(verb) || WRITES.has(verb) ? 'secret' : 'request';
  if (resource === 'pods/exec') return 'process';
  const own = CLUSTER.test(user ?? '');
  // A node fetches the tokens of its pods' accounts.
  if (resource === 'serviceaccounts/token') return verb !== 'create' ? 'request' : own ? 'secret' : 'grant';
  if (!WRITES.has(verb)) return 'request';
  if (BINDINGS.has(resource)) return 'access';
  if (own) return 'request';
  if (GUARDS.has(resource)) return 'protection';
  // They come and go with what they guard, so that one is gone says little.
  if (resource === 'networkpolicies') return 'setting';
  if (RIGHTS.has(resource)) return 'access';
  if (resource === 'certificatesigningrequests/approval') return 'grant';
  return WORKLOADS.has(resource) ? 'deployment' : 'request';
}
