// Which actions a repository may use, as it is set and as it is written back.
// https://docs.github.com/en/rest/actions/permissions
import type { Api, Change, Target } from '../../../../services/core/action.ts';
import { ask } from '../../../../services/core/ask.ts';
import { PipewardenError } from '../../../../services/core/errors.ts';
import type { Json, JsonObject } from '../../../../services/core/json.ts';
import { entries, field, word } from '../../answer.ts';
import { repositoryPath } from '../paths.ts';

const MOST_LENGTH = 300;

export function permissionsPath(action: string, target: Target): string {
  return `${repositoryPath(action, target)}/actions/permissions`;
}

/**
 * `allowed`: `none` (GitHub Actions is off), `all`, `local_only`, or `selected` with the list; `pinned`: whether references
 * have to be commits.
 */
export async function lookAtAllowed(path: string, api: Api, signal: AbortSignal): Promise<JsonObject> {
  const { body } = await ask(api, { method: 'GET', path }, [200], signal);
  return field(body, 'enabled') === true ? await allowedIn(path, body, api, signal) : { allowed: 'none' };
}

/** The same of where GitHub Actions is on, from the answer of its permissions. */
export async function allowedIn(path: string, body: Json, api: Api, signal: AbortSignal): Promise<JsonObject> {
  const pinned = field(body, 'sha_pinning_required');
  const state = { allowed: word(field(body, 'allowed_actions')), pinned: typeof pinned === 'boolean' ? pinned : null };
  if (state.allowed !== 'selected') return state;
  const list = (await ask(api, { method: 'GET', path: `${path}/selected-actions` }, [200], signal)).body;
  return {
    ...state,
    github_owned_allowed: field(list, 'github_owned_allowed') === true,
    verified_allowed: field(list, 'verified_allowed') === true,
    patterns: patternsOf(list, path),
  };
}

/** Leads to `allowed`, with what else is set as it is in `state`; `on`: the word by which GitHub Actions is on there. */
export function allow(
  path: string,
  allowed: string,
  state: Json | undefined,
  on: JsonObject = { enabled: true },
): Change {
  const pinned = field(state ?? null, 'pinned');
  const more = typeof pinned === 'boolean' ? { sha_pinning_required: pinned } : {};
  return { method: 'PUT', path, body: { ...on, allowed_actions: allowed, ...more }, accepts: [204] };
}

/** Leads to these patterns, with the list's other fields as they are in `state`; without one there, to what `all` allowed. */
export function allowOnly(path: string, patterns_allowed: readonly Json[], state: Json | undefined): Change {
  const flag = (name: string) => !isSelected(state) || field(state ?? null, name) === true;
  const body = {
    github_owned_allowed: flag('github_owned_allowed'),
    verified_allowed: flag('verified_allowed'),
    patterns_allowed,
  };
  return { method: 'PUT', path: `${path}/selected-actions`, body, accepts: [204] };
}

export function isSelected(state: Json | undefined): boolean {
  return field(state ?? null, 'allowed') === 'selected';
}

/** The list is written whole, so one that cannot be kept whole is not touched. */
function patternsOf(list: Json, path: string): readonly string[] {
  const found = entries(field(list, 'patterns_allowed'));
  const patterns = found
    .filter((one) => typeof one === 'string')
    .filter((one) => one.length <= MOST_LENGTH && !/\p{C}/u.test(one));
  if (patterns.length === found.length) return patterns;
  throw new PipewardenError('API_UNEXPECTED', { method: 'GET', path, problem: 'a pattern of the list is none' });
}
