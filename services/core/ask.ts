// One request to a system's API, its answer held to what was expected.
import type { Api, ApiRequest, ApiResponse } from './action.ts';
import { PipewardenError } from './errors.ts';

/** Throws API_REFUSED for any other status than those that are accepted. */
export async function ask(
  api: Api,
  request: ApiRequest,
  accepts: readonly number[],
  signal: AbortSignal,
): Promise<ApiResponse> {
  const response = await api(request, signal);
  if (accepts.includes(response.status)) return response;
  const { method, path } = request;
  const problem =
    response.status === 404
      ? 'it does not exist, or the credential may not see it'
      : `expected ${accepts.join(' or ')}`;
  throw new PipewardenError('API_REFUSED', { method, path, status: response.status, problem });
}
