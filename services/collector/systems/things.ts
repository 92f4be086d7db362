// What sections of inventories are made of: lists of things, each with the few fields that somebody sets.
import type { Json, JsonObject } from '../../core/json.ts';
import { anyKnown, identifier, known, list, scalar, text } from '../fields.ts';
import type { Section, Thing } from './inventory.ts';

/** One thing whose fields are switches. */
export function settings(what: string, path: string, fields: readonly string[]): Section {
  return {
    kind: 'setting',
    what,
    path,
    things: (body) => thing(what, what, Object.fromEntries(fields.map((field) => [field, scalar(body, field)]))),
  };
}

/** `field`: where the list stands in the answer, if it is not all of it. */
export function each(
  field: string | undefined,
  map: (one: Json) => readonly Thing[],
): (page: Json) => readonly Thing[] {
  return (page) => (field === undefined ? list(page) : list(page, field)).flatMap(map);
}

/** A list whose things have an `id`, and a name that people gave them in `field`. */
export function listed(
  { kind, what, path }: Pick<Section, 'kind' | 'what' | 'path'>,
  field: string,
  state: (one: Json) => Readonly<Record<string, Json | undefined>>,
): Section {
  return {
    kind,
    what,
    path,
    things: each(undefined, (one) => thing(identifier(one, 'id'), text(one, field), state(one))),
  };
}

/** By a field that is its name and its id. */
export function named(one: Json, field: string, fields: readonly string[]): readonly Thing[] {
  return thing(text(one, field), text(one, field), Object.fromEntries(fields.map((each) => [each, scalar(one, each)])));
}

/** None where it has no id. */
export function thing(
  id: string | undefined,
  name: string | undefined,
  state: Readonly<Record<string, Json | undefined>>,
): readonly Thing[] {
  if (id === undefined) return [];
  const told: JsonObject = anyKnown(known({ ...state })) ?? {};
  return [{ id, name: name ?? id, state: told }];
}
