// GitHub webhook deliveries: the body, and the event's name from its header.

import type { Actor } from '../../../core/activity.ts';
import { PipewardenError } from '../../../core/errors.ts';
import { isObject, type JsonObject } from '../../../core/json.ts';
import { at, known, text } from '../../fields.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';
import { actorOf } from './shared/actor.ts';
import { organizationOf, vcsOf } from './webhook/delivery.ts';
import { EVENTS, guessEvent } from './webhook/events.ts';
import { eventTime, newestTime } from './webhook/time.ts';

/** Every delivery carries at least one of these. */
const MARKS = ['action', 'sender', 'repository', 'organization', 'installation', 'enterprise', 'hook', 'zen'];

export const githubWebhook = defineSource({
  id: 'github.webhook',
  title: 'GitHub webhooks',
  reference: 'https://docs.github.com/en/webhooks/webhook-events-and-payloads',
  body: 'json',
  identifiers: [
    'id',
    'node_id',
    'sha',
    'tree_id',
    'head_sha',
    'base_sha',
    'before',
    'after',
    'commit_id',
    'original_commit_id',
    'commit_oid',
    'merge_commit_sha',
    'check_suite_node_id',
    'digest',
    'secret_type',
    'secret_type_display_name',
  ],
  normalize,
  time: (body) => (isObject(body) ? newestTime(body) : undefined),
});

function normalize(record: RedactedRecord): readonly ActivityDraft[] {
  const { body } = record;
  if (!isObject(body) || !MARKS.some((mark) => Object.hasOwn(body, mark))) {
    throw new PipewardenError('RECORD_INVALID', { source: record.source, problem: 'the body is not a delivery' });
  }
  const named = record.event === 'unknown' ? undefined : record.event;
  const event = named ?? guessEvent(body) ?? 'unnamed';
  const action = text(body, 'action');
  const base = known({
    native_type: action === undefined ? event : `${event}.${action}`,
    observed_at: eventTime(event, action, body),
    actor: senderOf(body),
    organization: organizationOf(body),
    vcs: at(body, 'repository') ? vcsOf(body) : undefined,
  });
  const mapper = EVENTS.get(event);
  if (!mapper) return [{ ...base, kind: 'other', detail: { type: base.native_type } }];
  return mapper({ event, action, body }).map((piece) => ({ ...base, ...piece }));
}

/** The sender, or whom a cut-down delivery names instead. */
function senderOf(body: JsonObject): Actor | undefined {
  const said = ['review', 'comment', 'pull_request', 'issue'].map((key) => actorOf(at(body, key, 'user')));
  const pusher = text(body, 'pusher', 'name');
  const known = [actorOf(body.sender), ...said].find((actor) => actor !== undefined);
  return known ?? (pusher === undefined ? undefined : { name: pusher, type: 'unknown' });
}
