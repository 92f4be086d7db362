// A ruleset of Pipewarden's own that holds branches: no push, no merge, no rewriting, no deleting, and nobody may bypass it.
// https://docs.github.com/en/rest/repos/rules and /orgs/rules
import type { Api } from '../../../../services/core/action.ts';
import { ask } from '../../../../services/core/ask.ts';
import type { Json, JsonObject } from '../../../../services/core/json.ts';
import { entries, field, idOf } from '../../answer.ts';

const RULES = ['update', 'deletion', 'non_fast_forward'] as const;

/** `more`: further conditions, of which repositories. */
export function ruleset(name: string, ref: string, more: JsonObject = {}): Json {
  return {
    name,
    target: 'branch',
    enforcement: 'active',
    conditions: { ref_name: { include: [ref], exclude: [] }, ...more },
    rules: RULES.map((type) => ({ type })),
  };
}

/** The one of that name as `{ ruleset, holds }`, `ruleset` null where there is none. At most 75 are there, so one page has all. */
export async function lookAtRuleset(
  api: Api,
  path: string,
  query: string,
  { name, ref }: { readonly name: string; readonly ref: string },
  signal: AbortSignal,
): Promise<JsonObject> {
  const { body } = await ask(api, { method: 'GET', path: `${path}?${query}` }, [200], signal);
  const id = idOf(entries(body).find((one) => field(one, 'name') === name) ?? null);
  if (id === undefined) return { ruleset: null };
  const found = await ask(api, { method: 'GET', path: `${path}/${id}` }, [200, 404], signal);
  return { ruleset: id, holds: found.status === 200 && isHeld(found.body, ref) };
}

function isHeld(found: Json, ref: string): boolean {
  const include = entries(field(field(field(found, 'conditions'), 'ref_name'), 'include'));
  const types = entries(field(found, 'rules')).map((rule) => field(rule, 'type'));
  return (
    field(found, 'enforcement') === 'active' && include.includes(ref) && RULES.every((type) => types.includes(type))
  );
}
