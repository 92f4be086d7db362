// A webhook of Harbor, in the payload format "Default".
// https://goharbor.io/docs/main/working-with-projects/project-configuration/configure-webhooks/
import type { Actor } from '../../../../core/activity.ts';
import { isObject, type Json, type JsonObject } from '../../../../core/json.ts';
import { instant, known, list, text } from '../../../fields.ts';
import type { ActivityDraft } from '../../../source.ts';

export function isHarborEvent(event: Json): event is JsonObject {
  return isObject(event) && typeof event.type === 'string' && isObject(event.event_data);
}

const ACTIONS: ReadonlyMap<string, string> = new Map([
  ['PUSH_ARTIFACT', 'published'],
  ['PULL_ARTIFACT', 'downloaded'],
  ['DELETE_ARTIFACT', 'deleted'],
]);

/** One for each artifact; scans, quotas and replications are other tools' business. */
export function harborDrafts(event: JsonObject): readonly ActivityDraft[] {
  const type = text(event, 'type') ?? 'unnamed';
  const base = known({ native_type: type, observed_at: instant(event, 'occur_at'), actor: actorOf(event) });
  const action = ACTIONS.get(type);
  if (action === undefined) return [{ ...base, kind: 'other', detail: { type } }];
  const name = text(event, 'event_data', 'repository', 'repo_full_name');
  return list(event, 'event_data', 'resources').map((resource) => ({
    ...base,
    kind: 'artifact',
    detail: known({
      action,
      name,
      version: tagOf(text(resource, 'tag')),
      digest: text(resource, 'digest'),
      location: text(resource, 'resource_url'),
    }),
  }));
}

/** Robots' names begin with a prefix: https://goharbor.io/docs/main/administration/robot-accounts/ */
function actorOf(event: JsonObject): Actor | undefined {
  const name = text(event, 'operator');
  if (name === undefined) return undefined;
  return { name, type: name.startsWith('robot$') ? 'bot' : 'unknown' };
}

/** Of what is fetched by its digest, that stands in the tag's place. */
function tagOf(tag: string | undefined): string | undefined {
  return tag?.startsWith('sha256:') ? undefined : tag;
}
