// Groups and projects that are watched, in the order of their ids.
// https://docs.gitlab.com/api/groups/#list-projects and …/api/projects/#list-all-projects
import type { Json } from '../../../core/json.ts';
import { identifier, list, text } from '../../fields.ts';
import type { Client } from '../client.ts';
import { pages } from '../pages.ts';

/** Projects may be out of reach for the token, or go while they are listed. */
export const OUT_OF_REACH = [403, 404];

export interface Place {
  readonly id: number;
  /** Of the API: `/groups/12`. */
  readonly path: string;
  /** `group/subgroup/project`. */
  readonly name: string;
  readonly told: Json;
}

/** The group with all groups below it, which may be older: groups can be moved. */
export async function* groupsOf(group: string, api: Client, signal: AbortSignal): AsyncGenerator<Place> {
  const path = `/groups/${encodeURIComponent(group)}`;
  const { body } = await api.get(`${path}?with_projects=false`, signal);
  let [own] = placeOf(body, '/groups', 'full_path');
  const below = `${path}/descendant_groups?order_by=id&sort=asc&per_page=100`;
  for await (const place of placesAt(below, '/groups', 'full_path', api, signal)) {
    if (own && own.id < place.id) {
      yield own;
      own = undefined;
    }
    yield place;
  }
  if (own) yield own;
}

/** Undefined: of the whole instance. Archived ones do nothing. */
export function projectsOf(group: string | undefined, api: Client, signal: AbortSignal): AsyncGenerator<Place> {
  const common = 'archived=false&order_by=id&sort=asc&per_page=100';
  const path =
    group === undefined
      ? `/projects?pagination=keyset&${common}`
      : `/groups/${encodeURIComponent(group)}/projects?include_subgroups=true&with_shared=false&${common}`;
  return placesAt(path, '/projects', 'path_with_namespace', api, signal);
}

async function* placesAt(
  first: string,
  root: string,
  name: string,
  api: Client,
  signal: AbortSignal,
): AsyncGenerator<Place> {
  for await (const page of pages(api, first, signal)) {
    for (const each of list(page)) yield* placeOf(each, root, name);
  }
}

function placeOf(told: Json, root: string, name: string): readonly Place[] {
  const id = identifier(told, 'id');
  const called = text(told, name);
  return id === undefined || called === undefined
    ? []
    : [{ id: Number(id), path: `${root}/${id}`, name: called, told }];
}

export type Watches = (repository: string) => boolean;

/** Paths are the same in any case. */
export function watching(groups: readonly string[], instance: boolean): Watches {
  const roots = groups.map((group) => `${group.toLowerCase()}/`);
  return (repository) => instance || roots.some((root) => repository.toLowerCase().startsWith(root));
}
