// Whether something of a project is there. CircleCI says "not found" of what a credential may not see, too.
import type { Api, Look } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import type { Json } from '../../../services/core/json.ts';
import { field } from '../answer.ts';

/** Throws API_REFUSED when the project itself is not to be seen. */
export async function lookFor(project: string, path: string, api: Api, signal: AbortSignal): Promise<Look> {
  const { status } = await ask(api, { method: 'GET', path }, [200, 404], signal);
  if (status === 404) await ask(api, { method: 'GET', path: project }, [200], signal);
  return { state: { exists: status === 200 } };
}

export function isGone(state: Json): boolean {
  return field(state, 'exists') === false;
}
