// GitLab's webhooks of projects and groups, and system hooks. The body says which event it is.
import { PipewardenError } from '../../../core/errors.ts';
import { isObject, type Json } from '../../../core/json.ts';
import type { Instant } from '../../../core/time.ts';
import { at, instant, known, object } from '../../fields.ts';
import { firstOf, standardWebhook, token } from '../../receiver/proofs.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';
import { actorOf } from './shared/actor.ts';
import { actionOf, eventOf, mapperOf } from './webhook/events.ts';
import { organizationOf, vcsOf } from './webhook/project.ts';

/** Every delivery carries at least one of these. */
const MARKS = ['object_kind', 'event_name', 'object_attributes', 'project_id', 'user_id', 'group_id'];

export const gitlabWebhook = defineSource({
  id: 'gitlab.webhook',
  title: 'GitLab webhooks',
  reference: 'https://docs.gitlab.com/user/project/integrations/webhook_events/',
  push: {
    path: '/hooks/gitlab',
    // https://docs.gitlab.com/user/project/integrations/webhooks/
    proof: firstOf(standardWebhook, token('X-Gitlab-Token')),
    event: 'X-Gitlab-Event',
    delivery: ['Idempotency-Key', 'X-Gitlab-Event-UUID'],
  },
  body: 'json',
  identifiers: [
    'id',
    'sha',
    'before',
    'after',
    'before_sha',
    'checkout_sha',
    'short_sha',
    'commit_id',
    'oldrev',
    'merge_commit_sha',
    'squash_commit_sha',
    'discussion_id',
    'line_code',
    'version_id',
    'external_id',
    // Names of variables, and public keys.
    'key',
  ],
  normalize,
  time,
});

function normalize(record: RedactedRecord): readonly ActivityDraft[] {
  const { body } = record;
  if (!isObject(body) || !MARKS.some((mark) => Object.hasOwn(body, mark))) {
    throw new PipewardenError('RECORD_INVALID', { source: record.source, problem: 'the body is not a delivery' });
  }
  const event = eventOf(body, record.event);
  const action = actionOf(body);
  const base = known({
    native_type: action === undefined ? event : `${event}.${action}`,
    actor: actorOf(object(body, 'user')),
    organization: organizationOf(body),
    vcs: at(body, 'project') ? vcsOf(body) : undefined,
  });
  const mapper = mapperOf(event);
  if (!mapper) return [{ ...base, kind: 'other', detail: { type: base.native_type } }];
  return mapper({ event, action, body }).map((piece) => ({ ...base, ...piece }));
}

const STAMPS = ['status_changed_at', 'build_finished_at', 'build_started_at', 'build_created_at'];

/** The newest stamp of the delivery or its object: no delivery can be older. */
function time(body: Json): Instant | undefined {
  const found = [
    ...STAMPS.map((stamp) => instant(body, stamp)),
    ...['created_at', 'updated_at', 'finished_at'].flatMap((stamp) => [
      instant(body, stamp),
      instant(body, 'object_attributes', stamp),
    ]),
  ].filter((each) => each !== undefined);
  return found.length === 0 ? undefined : Math.max(...found);
}
