// Which mapper reads which event. The lists:
// https://docs.gitlab.com/user/project/integrations/webhook_events/ and …/administration/system_hooks/
import { isObject, type JsonObject } from '../../../../core/json.ts';
import type { Mapper } from '../../../delivery.ts';
import { text } from '../../../fields.ts';
import {
  accessToken,
  failedLogin,
  featureFlag,
  group,
  key,
  member,
  memberApproval,
  project,
  release,
  user,
  vulnerability,
} from './administration.ts';
import { mergeRequest, note, talk } from './changes.ts';
import { job } from './jobs.ts';
import { deployment, pipeline } from './pipelines.ts';
import { push, repositoryUpdate } from './push.ts';

/** By `object_kind`, or by `event_name` where there is none. */
const EVENTS: ReadonlyMap<string, Mapper> = new Map([
  ['push', push],
  ['tag_push', push],
  ['repository_update', repositoryUpdate],

  ['pipeline', pipeline],
  ['build', job],
  ['deployment', deployment],
  ['release', release],

  ['merge_request', mergeRequest],
  ['note', note],
  ['emoji', note],
  ['issue', talk('issue')],
  ['work_item', talk('issue')],
  ['milestone', talk('issue')],
  ['wiki_page', talk('page')],

  ['access_token', accessToken],
  ['feature_flag', featureFlag],
  ['vulnerability', vulnerability],

  ['user_create', user],
  ['user_destroy', user],
  ['user_rename', user],
  ['user_failed_login', failedLogin],
  ['key_create', key],
  ['key_destroy', key],
  ['gitlab_subscription_member_approval', memberApproval],
  ['gitlab_subscription_member_approvals', memberApproval],
]);

/** Families of events that come in several, told by their names. */
const FAMILIES: readonly (readonly [RegExp, Mapper])[] = [
  [/^user_.*_(?:team|group|project)$/, member],
  [/^project_/, project],
  [/^(?:sub)?group_/, group],
];

export function mapperOf(event: string): Mapper | undefined {
  return EVENTS.get(event) ?? FAMILIES.find(([names]) => names.test(event))?.[1];
}

const HEADERS: ReadonlyMap<string, string> = new Map([['job', 'build']]);

/** What happened, as the body says it; else as the header `X-Gitlab-Event` does (`Merge Request Hook`). */
export function eventOf(body: JsonObject, header: string | undefined): string {
  const told = text(body, 'object_kind') ?? text(body, 'event_name');
  if (told !== undefined) return told;
  const named = (header ?? 'unnamed')
    .toLowerCase()
    .replace(/ hook$/, '')
    .replaceAll(' ', '_');
  return HEADERS.get(named) ?? named;
}

/** Of the event's object, or beside it. */
export function actionOf(body: JsonObject): string | undefined {
  return (
    (isObject(body.object_attributes) ? text(body, 'object_attributes', 'action') : undefined) ?? text(body, 'action')
  );
}
