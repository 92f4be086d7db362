// Paths of Vault's API, built from names that an attacker may have chosen, and in which namespace they are asked for.
// https://openbao.org/api-docs/, https://openbao.org/docs/concepts/namespaces/
import type { ApiRequest, Target } from '../../../services/core/action.ts';
import type { Json } from '../../../services/core/json.ts';
import { field } from '../answer.ts';
import { invalid } from '../target.ts';

const PART = /^(?!\.{1,2}$)[\w.@:+-]{1,128}$/;
const MOST_PARTS = 12;

/** Each part encoded. Throws TARGET_INVALID, with the problem. */
export function pathOf(action: string, target: Target, path: string, problem: string): string {
  const parts = path.split('/');
  if (parts.length > MOST_PARTS || !parts.every((part) => PART.test(part))) throw invalid(action, target, problem);
  return parts.map(encodeURIComponent).join('/');
}

/** In the namespace that the target's feed names; without one, where the credential is known. Throws TARGET_INVALID. */
export function within<Request extends ApiRequest>(action: string, target: Target, request: Request): Request {
  const { organization = null } = target;
  if (organization !== null) namespacePath(action, target, organization);
  return inNamespace(request, organization);
}

export function inNamespace<Request extends ApiRequest>(request: Request, namespace: string | null): Request {
  return namespace === null ? request : { ...request, headers: { 'x-vault-namespace': namespace } };
}

/** Throws TARGET_INVALID. */
export function namespacePath(action: string, target: Target, namespace: string): string {
  return pathOf(action, target, namespace, 'Vault has no namespace of such a name');
}

/** What is below a path; a method of its own, `LIST`, does not pass every proxy. https://openbao.org/api-docs/#api-operations */
export function listing(path: string): ApiRequest {
  return { method: 'GET', path: `${path}?list=true` };
}

/** Vault wraps what it answers. */
export function dataOf(body: Json): Json {
  return field(body, 'data');
}
