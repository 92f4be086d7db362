// Users of Jenkins. Where there is none of an id, it takes who is called so in full.
import type { Api, ApiRequest } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { PipewardenError } from '../../../services/core/errors.ts';
import type { Json } from '../../../services/core/json.ts';
import { field } from '../answer.ts';
import { reading, userPath } from './paths.ts';

/** Throws API_REFUSED where there is no such user, API_UNEXPECTED where another is meant. */
export async function findUser(name: string, api: Api, signal: AbortSignal): Promise<void> {
  const request = reading(userPath(name), 'id');
  const { body } = await ask(api, request, [200], signal);
  if (!isSameUser(userIn(request, body), name)) throw unexpected(request, 'it is another user');
}

/** The id in an answer. Throws API_UNEXPECTED. */
export function userIn(request: ApiRequest, body: Json): string {
  const id = field(body, 'id');
  if (typeof id === 'string') return id;
  throw unexpected(request, 'it is no user');
}

/** Jenkins takes large letters for small ones, if it is not told otherwise. */
export function isSameUser(id: string, other: string): boolean {
  return id.toLowerCase() === other.toLowerCase();
}

function unexpected({ method, path }: ApiRequest, problem: string): PipewardenError {
  return new PipewardenError('API_UNEXPECTED', { method, path, problem });
}
