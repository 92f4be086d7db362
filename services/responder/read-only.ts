// The guard behind "dry": whatever an action tries, nothing but a GET leaves.
import type { Api } from '../core/action.ts';
import { PipewardenError } from '../core/errors.ts';

/** Refuses every request that could change something, with DRY_RUN. */
export function readOnly(api: Api): Api {
  return async (request, signal) => {
    const { method, path } = request;
    if (method !== 'GET') throw new PipewardenError('DRY_RUN', { method, path });
    return await api(request, signal);
  };
}
