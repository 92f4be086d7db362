// What the mappers of service hooks share.
import type { Vcs } from '../../../../core/activity.ts';
import type { Json, JsonObject } from '../../../../core/json.ts';
import { known, text } from '../../../fields.ts';
import { repositoryName } from '../../../repository-name.ts';
import type { Piece } from '../../../source.ts';

export interface Hook {
  readonly event: string;
  readonly body: JsonObject;
  readonly resource: JsonObject;
}

export type Mapper = (hook: Hook) => readonly Piece[];

/** `https://dev.azure.com/fabrikam/…` and, of old, `https://fabrikam.visualstudio.com/…`. */
export function organizationOf(body: JsonObject): string | undefined {
  const addresses = [
    text(body, 'resourceContainers', 'account', 'baseUrl'),
    text(body, 'resourceContainers', 'collection', 'baseUrl'),
    text(body, 'resource', 'url'),
    text(body, 'resource', 'repository', 'remoteUrl'),
    text(body, 'resource', 'run', 'url'),
  ];
  for (const address of addresses) {
    const [, current, old] =
      /^https:\/\/(?:[^/@]+@)?(?:dev\.azure\.com\/([^/]+)|([^/.]+)\.visualstudio\.com)/.exec(address ?? '') ?? [];
    const name = current ?? old;
    if (name !== undefined) return name;
  }
  return undefined;
}

/** A repository is named within its project. */
export function repositoryOf(repository: Json | undefined): Vcs['repository'] {
  const name = text(repository, 'name');
  const project = text(repository, 'project', 'name');
  const full = name !== undefined && project !== undefined ? `${project}/${name}` : undefined;
  const address = text(repository, 'remoteUrl') ?? text(repository, 'url');
  const found = full ?? repositoryName(address) ?? name;
  return found === undefined ? undefined : { name: found };
}

/** Provider and repository with the ref and change that a mapper found. */
export function vcsOf(
  repository: Json | undefined,
  more: { readonly ref?: Vcs['ref'] | undefined; readonly change?: Vcs['change'] | undefined } = {},
): Vcs {
  return known({
    provider: { name: 'azure-devops' },
    repository: repositoryOf(repository),
    ref: more.ref,
    change: more.change,
  });
}

/** `ms.vss-pipelines.run-state-changed-event` → `run-state-changed`. */
export function actionOf(event: string): string {
  return event.slice(event.lastIndexOf('.') + 1).replace(/-event$/, '');
}
