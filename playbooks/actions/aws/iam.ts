// Requests to IAM, and the documents of policies in its answers.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html
import type { ApiRequest, Change } from '../../../services/core/action.ts';
import { PipewardenError } from '../../../services/core/errors.ts';
import { isObject, type Json, type JsonObject } from '../../../services/core/json.ts';
import { field } from '../answer.ts';

type Form = Readonly<Record<string, string>>;

export function iam(action: string, form: Form): ApiRequest {
  return { method: 'POST', path: `/iam/${action}`, form };
}

export function iamChange(action: string, form: Form, accepts: readonly number[] = [200]): Change {
  return { ...iam(action, form), accepts };
}

/** Documents are URL-encoded: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html. Throws API_UNEXPECTED. */
export function documentIn({ method, path }: ApiRequest, answer: Json, name: string): JsonObject {
  const found = parsed(field(answer, name));
  if (found) return found;
  throw new PipewardenError('API_UNEXPECTED', { method, path, problem: `it has no policy as ${name}` });
}

function parsed(text: Json): JsonObject | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    const found: Json = JSON.parse(decodeURIComponent(text));
    return isObject(found) ? found : undefined;
  } catch {
    return undefined;
  }
}
