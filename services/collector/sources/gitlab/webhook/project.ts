// Which project and group a delivery is about. Events differ in where they say so.
import type { Vcs } from '../../../../core/activity.ts';
import type { JsonObject } from '../../../../core/json.ts';
import { at, known, number, text } from '../../../fields.ts';
import { repositoryOf } from '../../../repository-url.ts';

/** `group/subgroup/project`. */
export function projectPath(body: JsonObject): string | undefined {
  return (
    text(body, 'project', 'path_with_namespace') ??
    text(body, 'path_with_namespace') ??
    text(body, 'project_path_with_namespace') ??
    // Job events of old versions carry addresses alone.
    repositoryOf(text(body, 'repository', 'git_http_url') ?? text(body, 'repository', 'homepage'))?.repository?.name
  );
}

/** The namespace at the top: a group's, or a person's own. */
export function organizationOf(body: JsonObject): string | undefined {
  const path =
    projectPath(body) ??
    text(body, 'full_path') ??
    text(body, 'group', 'full_path') ??
    text(body, 'group', 'group_path') ??
    text(body, 'group_path') ??
    (text(body, 'event_name')?.startsWith('group_') ? text(body, 'path') : undefined);
  return path?.split('/', 1)[0];
}

const LEVELS: ReadonlyMap<string, 'public' | 'private'> = new Map([
  ['public', 'public'],
  ['internal', 'private'],
  ['private', 'private'],
]);

/** By number from 0 to 20, or by word; old versions write `visibilitylevel|private`. */
function visibility(body: JsonObject): 'public' | 'private' | undefined {
  const level = number(body, 'project', 'visibility_level') ?? number(body, 'repository', 'visibility_level');
  if (level !== undefined) return level === 20 ? 'public' : 'private';
  const word = text(body, 'project_visibility') ?? '';
  return LEVELS.get(word.slice(word.indexOf('|') + 1));
}

/** Provider and project of the delivery, with the refs and the merge request that a mapper found. */
export function vcsOf(
  body: JsonObject,
  more: { readonly ref?: Vcs['ref'] | undefined; readonly change?: Vcs['change'] | undefined } = {},
): Vcs {
  const name = projectPath(body);
  return known({
    provider: { name: 'gitlab' },
    repository: name === undefined ? undefined : known({ name, visibility: visibility(body) }),
    ref: more.ref,
    change: more.change,
  });
}

/** The pipeline's definition: `.gitlab-ci.yml` unless the project says otherwise; unknown where it says nothing. */
export function definitionOf(body: JsonObject): string | undefined {
  const project = at(body, 'project');
  if (at(project, 'ci_config_path') === undefined) return undefined;
  return text(project, 'ci_config_path') ?? '.gitlab-ci.yml';
}
