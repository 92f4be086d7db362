// What the mappers of Buildkite's events share.
import type { Actor, Vcs } from '../../../../core/activity.ts';
import type { Json, JsonObject } from '../../../../core/json.ts';
import { anyKnown, identifier, known, text } from '../../../fields.ts';
import { repositoryName } from '../../../repository-name.ts';
import type { Piece } from '../../../source.ts';

export interface Delivery {
  /** `build.finished`. */
  readonly event: string;
  readonly body: JsonObject;
}

export type Mapper = (delivery: Delivery) => Piece | undefined;

/** `build.finished` → `finished`. */
export function actionOf({ event }: Delivery): string {
  return event.slice(event.indexOf('.') + 1);
}

/** Of the addresses that objects carry: `https://api.buildkite.com/v2/organizations/acme/pipelines/shop`. */
export function organizationOf(body: JsonObject): string | undefined {
  const named = text(body, 'organization', 'slug');
  const addresses = ['pipeline', 'build', 'agent', 'cluster_token'].map((key) => text(body, key, 'url'));
  return named ?? /\/organizations\/([^/]+)/.exec(addresses.find((url) => url !== undefined) ?? '')?.[1];
}

/** A user of Buildkite; `sender` is none: that is who made the webhook. */
export function actorOf(user: Json | undefined): Actor | undefined {
  const found = anyKnown({
    name: text(user, 'name'),
    id: text(user, 'id'),
    email: text(user, 'email')?.toLowerCase(),
  });
  return found && { ...found, type: 'unknown' };
}

export function vcsOf({ body }: Delivery): Vcs | undefined {
  const { build, pipeline } = body;
  const address = text(pipeline, 'repository');
  const name = repositoryName(address);
  const pull = identifier(build, 'pull_request', 'id');
  const tag = text(build, 'tag');
  const head = anyKnown({
    name: tag ?? text(build, 'branch'),
    revision: revisionOf(text(build, 'commit')),
    type: tag === undefined ? undefined : ('tag' as const),
  });
  const base = text(build, 'pull_request', 'base');
  return anyKnown({
    repository: name === undefined ? undefined : { name },
    ref: anyKnown({ head, base: base === undefined ? undefined : { name: base } }),
    change: pull === undefined ? undefined : known({ id: pull }),
  });
}

/** A build may be asked for by `HEAD` or a name; its commit is known when it has run. */
function revisionOf(commit: string | undefined): string | undefined {
  return commit !== undefined && /^[0-9a-f]{7,64}$/.test(commit) ? commit : undefined;
}
