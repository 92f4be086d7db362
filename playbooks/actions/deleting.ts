// Actions that delete what a list names: their state is the ids of what is there.
import type { Change } from '../../services/core/action.ts';
import type { Json, JsonObject } from '../../services/core/json.ts';
import { entries, field, idOf } from './answer.ts';

/** `{ ids }`, sorted; `id`: the field that tells one. */
export function idsState(found: readonly Json[], id = 'id'): JsonObject {
  return { ids: found.flatMap((one) => idOf(one, id) ?? []).toSorted((a, b) => a - b) };
}

/** One request for each; a dry run without a credential shows one, with the documentation's word for the id. */
export function deletions(path: string, word: string, state: Json | undefined): readonly Change[] {
  const ids = state === undefined ? [`{${word}}`] : entries(field(state, 'ids'));
  return ids.map((id) => ({ method: 'DELETE', path: `${path}/${id}`, accepts: [204, 404] }));
}

export function noneLeft(state: Json): boolean {
  return entries(field(state, 'ids')).length === 0;
}
