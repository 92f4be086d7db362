// The guard behind "dry": whatever an action tries, nothing that could change something leaves.
import type { Api, ApiRequest } from '../core/action.ts';
import { PipewardenError } from '../core/errors.ts';

const READING: ReadonlySet<ApiRequest['method']> = new Set(['GET', 'HEAD', 'LIST']);

/**
 * Questions that some systems want as POST. By the whole path, because what an action says of itself is no guard:
 * what a token may do in Vault (https://openbao.org/api-docs/system/capabilities-self/), and in Kubernetes
 * (https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/self-subject-access-review-v1/).
 */
const QUESTIONS: ReadonlySet<string> = new Set([
  '/v1/sys/capabilities-self',
  '/v1/auth/token/lookup-accessor',
  '/v1/sys/leases/lookup',
  '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
  // AWS takes POST for all that it can do: https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html
  '/iam/GetRole',
  '/iam/GetRolePolicy',
  '/iam/GetUser',
  '/iam/ListAccessKeys',
]);
const DESCRIBE_SECRET = /^\/secretsmanager\.[a-z0-9-]+\/DescribeSecret$/;

/** How an audit device of Vault would write a value down (https://openbao.org/api-docs/system/audit-hash/). */
const HASHING = /^\/v1\/sys\/audit-hash(?:\/[\w-]{1,100}){1,10}$/;

export function isReading({ method, path }: ApiRequest): boolean {
  if (READING.has(method)) return true;
  return method === 'POST' && (QUESTIONS.has(path) || DESCRIBE_SECRET.test(path) || HASHING.test(path));
}

/** Refuses every request that could change something, with DRY_RUN. */
export function readOnly(api: Api): Api {
  return async (request, signal) => {
    const { method, path } = request;
    if (!isReading(request)) throw new PipewardenError('DRY_RUN', { method, path });
    return await api(request, signal);
  };
}
