// Paths of Kubernetes' API, built from names that an attacker may have chosen, and how a thing there is changed in part. A
// runner's name is for its owner to choose, so no pod is taken for it by its name: a sensor or the audit has to have told of
// the pod. https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
import type { Change, Target } from '../../../services/core/action.ts';
import type { JsonObject } from '../../../services/core/json.ts';
import { invalid } from '../target.ts';

const PART = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const NAMESPACE = new RegExp(`^${PART}$`);
const NAME = new RegExp(`^(?=.{1,253}$)${PART}(?:\\.${PART})*$`);

/** `/api/v1/namespaces/{namespace}/pods/{name}`. Throws TARGET_INVALID. */
export function podPath(action: string, target: Target): string {
  const { pod = '' } = target;
  if (!NAME.test(pod)) throw invalid(action, target, 'it is not known to be a pod of Kubernetes');
  return `/api/v1/namespaces/${namespaceOf(action, target)}/pods/${pod}`;
}

/** Throws TARGET_INVALID. */
export function namespaceOf(action: string, target: Target): string {
  const { namespace = '' } = target;
  if (!NAMESPACE.test(namespace)) throw invalid(action, target, 'the namespace of its pod is not known');
  return namespace;
}

/** `/api/v1/nodes/{name}`. Throws TARGET_INVALID. */
export function nodePath(action: string, target: Target): string {
  const { node = '' } = target;
  if (!NAME.test(node)) throw invalid(action, target, 'the node that its pod runs on is not known');
  return `/api/v1/nodes/${node}`;
}

/** Null takes a field away. https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/ */
export function patching(path: string, body: JsonObject): Change {
  const headers = { 'content-type': 'application/merge-patch+json' };
  return { method: 'PATCH', path, headers, body, accepts: [200] };
}
