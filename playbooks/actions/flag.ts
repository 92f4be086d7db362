// A yes or no that an action cannot do without.
import type { ApiRequest } from '../../services/core/action.ts';
import { PipewardenError } from '../../services/core/errors.ts';
import type { Json } from '../../services/core/json.ts';
import { field } from './answer.ts';

/** Throws API_UNEXPECTED where the answer to the request has none: a page of a proxy, or a thing of another kind. */
export function flag({ method, path }: ApiRequest, body: Json, name: string): boolean {
  const value = field(body, name);
  if (typeof value === 'boolean') return value;
  throw new PipewardenError('API_UNEXPECTED', { method, path, problem: `it does not say whether it is ${name}` });
}
